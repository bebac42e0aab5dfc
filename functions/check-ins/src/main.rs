//! Starts the `check-ins` function on Lambda.

use std::process::ExitCode;

use platform::App;
use web::{batch, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, _) = App::start().await?;
    batch::serve_schedule(|machine| check_ins::tick(&app, machine)).await
}
