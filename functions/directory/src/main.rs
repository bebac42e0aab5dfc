//! Starts the `directory` function on Lambda.

use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    lambda::log();
    lambda::serve(directory::service(&web::Api::start().await?)).await
}
