//! Starts the `uploads` function on Lambda.

use std::process::ExitCode;

use platform::App;
use platform::drive::Drive;
use web::{Api, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let drive = Drive::from_settings(&settings)?;
    lambda::serve(uploads::service(&Api::started(app, &settings).await?, drive)).await
}
