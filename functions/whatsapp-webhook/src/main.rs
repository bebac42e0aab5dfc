//! Starts the `whatsapp-webhook` function on Lambda.

use std::process::ExitCode;

use platform::App;
use platform::config::WhatsappWebhook;
use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    lambda::log();
    lambda::ended(run().await)
}

async fn run() -> Result<(), lambda::Error> {
    let (app, settings) = App::start().await?;
    let whatsapp = WhatsappWebhook::from_settings(&settings)?;
    lambda::serve(whatsapp_webhook::service(&app, whatsapp)).await
}
