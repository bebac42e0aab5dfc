//! Starts the `therapy-chat` function on Lambda.

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
    let api = Api::new(app, &settings)?;
    api.verifier.preload(api.app.now()).await;
    let model = platform::model::start(&settings).await?;
    lambda::serve(therapy_chat::service(&api, model)).await
}
