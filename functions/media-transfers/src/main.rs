//! Starts the `media-transfers` function on Lambda.

use std::process::ExitCode;

use media_transfers::Worker;
use platform::App;
use platform::config::WhatsappApi;
use platform::drive::Drive;
use platform::whatsapp::graph::Graph;
use web::{batch, lambda};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let graph = Graph::new(WhatsappApi::from_settings(&settings)?)?;
    let drive = Drive::from_settings(&settings)?;
    let worker = Worker { app, graph, drive };
    batch::serve(|event| worker.work(event)).await
}
