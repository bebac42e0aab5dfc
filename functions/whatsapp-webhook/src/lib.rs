//! What Meta tells us: messages of patients and statuses of ours (contract I-1, I-2).

use axum::Router;
use platform::App;
use platform::config::WhatsappWebhook;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::surface::{Surface, serve};

mod inbound;
mod receive;
mod status;
mod verify;

/// The state of this function: the app, and how Meta is known.
#[derive(Debug, Clone)]
pub struct Webhook {
    pub(crate) app: App,
    pub(crate) whatsapp: WhatsappWebhook,
}

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Webhook> {
    OpenApiRouter::new().routes(routes!(verify::verify, receive::receive))
}

/// The function as it is served.
pub fn service(app: &App, whatsapp: WhatsappWebhook) -> Router {
    let (router, _) = router().with_state(Webhook { app: app.clone(), whatsapp }).split_for_parts();
    serve(&app.random, Surface::Webhook, router)
}
