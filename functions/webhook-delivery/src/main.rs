//! Starts the `webhook-delivery` function on Lambda.

use std::process::ExitCode;

use platform::App;
use platform::config::loopback;
use platform::webhook::sender::Sender;
use web::{batch, lambda};
use webhook_delivery::Worker;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let sender = Sender::network(loopback(&settings)?)?;
    let worker = Worker { app, sender };
    batch::serve(|event| worker.work(event)).await
}
