//! Starts the `symptom-assessment` function on Lambda.

use std::process::ExitCode;

use platform::App;
use web::{Api, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let model = platform::model::start(&settings).await?;
    lambda::serve(symptom_assessment::service(&Api::started(app, &settings).await?, model)).await
}
