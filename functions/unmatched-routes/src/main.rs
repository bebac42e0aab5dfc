//! Starts the `unmatched-routes` function on Lambda.

use std::process::ExitCode;

use platform::random::Random;
use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    lambda::serve(unmatched_routes::service(&Random::System)?).await
}
