//! Starts the `webhooks` function on Lambda.

use std::process::ExitCode;

use platform::App;
use platform::config::loopback;
use web::{Api, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let loopback = loopback(&settings)?;
    lambda::serve(webhooks::service(&Api::started(app, &settings).await?, loopback)).await
}
