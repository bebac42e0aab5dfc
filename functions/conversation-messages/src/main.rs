//! Starts the `conversation-messages` function on Lambda.

use std::process::ExitCode;

use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    lambda::serve(conversation_messages::service(&web::Api::start().await?)).await
}
