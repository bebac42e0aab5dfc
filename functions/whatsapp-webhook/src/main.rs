//! Starts the `whatsapp-webhook` function on Lambda.

use platform::App;
use platform::config::WhatsappWebhook;
use web::lambda;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    lambda::log();
    let (app, settings) = App::start().await?;
    let whatsapp = WhatsappWebhook::from_settings(&settings)?;
    lambda::serve(whatsapp_webhook::service(&app, whatsapp)).await
}
