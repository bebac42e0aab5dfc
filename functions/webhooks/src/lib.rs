//! An organisation's webhook endpoints: where they are, what they are told, with which secret, and what became of it (contract,
//! I-10 and section 4).

use axum::{Extension, Router};
use domain::webhook::target::Loopback;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod attempts;
mod create;
mod endpoint;
mod list;
mod replay;
mod rotate_secret;
mod view;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(create::create_webhook, list::list_webhooks))
        .routes(routes!(endpoint::get_webhook, endpoint::change_webhook, endpoint::delete_webhook))
        .routes(routes!(rotate_secret::rotate_webhook_secret))
        .routes(routes!(attempts::list_webhook_attempts))
        .routes(routes!(replay::replay_webhook))
}

/// The function as it is served; endpoints on this machine are taken where that is allowed.
pub fn service(api: &Api, loopback: Loopback) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::InterpreterVisits, router.layer(Extension(loopback)))
}
