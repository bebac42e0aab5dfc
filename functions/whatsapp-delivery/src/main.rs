//! Starts the `whatsapp-delivery` function on Lambda.

use std::process::ExitCode;

use platform::App;
use platform::config::WhatsappApi;
use platform::whatsapp::graph::Graph;
use web::{batch, lambda};
use whatsapp_delivery::Worker;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let graph = Graph::new(WhatsappApi::from_settings(&settings)?)?;
    let worker = Worker { app, graph };
    batch::serve(|event| worker.work(event)).await
}
