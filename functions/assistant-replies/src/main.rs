//! Starts the `assistant-replies` function on Lambda.

use std::process::ExitCode;

use assistant::Assistant;
use assistant_replies::Worker;
use platform::App;
use web::{batch, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let model = platform::model::start(&settings).await?;
    let worker = Worker { assistant: Assistant { app, model } };
    batch::serve(|event| worker.work(event)).await
}
