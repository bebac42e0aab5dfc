//! Starts the `provider-messages` function on Lambda.

use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    lambda::log();
    lambda::serve(provider_messages::service(&web::Api::start().await?)).await
}
