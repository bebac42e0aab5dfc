//! Starts the `summary-generation` function on Lambda.

use std::process::ExitCode;

use platform::App;
use summary_generation::Worker;
use web::{batch, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let model = platform::model::start(&settings).await?;
    let worker = Worker { app, model };
    batch::serve(|event| worker.work(event)).await
}
