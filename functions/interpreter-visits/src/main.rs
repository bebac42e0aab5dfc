//! Starts the `interpreter-visits` function on Lambda.

use std::process::ExitCode;

use interpreter_visits::Visits;
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
    let visits = Visits::new(&app, &settings, model)?;
    lambda::serve(interpreter_visits::service(&Api::started(app, &settings).await?, visits)).await
}
