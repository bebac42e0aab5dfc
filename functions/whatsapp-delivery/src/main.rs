//! Starts the `whatsapp-delivery` function on Lambda.

use platform::App;
use platform::config::WhatsappApi;
use platform::whatsapp::graph::Graph;
use web::{batch, lambda};
use whatsapp_delivery::Worker;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    lambda::log();
    let (app, settings) = App::start().await?;
    let graph = Graph::new(WhatsappApi::from_settings(&settings)?)?;
    let worker = Worker { app, graph };
    batch::serve(|event| worker.work(event)).await
}
