//! Starts the `unmatched-routes` function on Lambda.

use platform::random::Random;
use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    lambda::log();
    lambda::serve(unmatched_routes::service(&Random::System)?).await
}
