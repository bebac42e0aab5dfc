//! What a doctor's inbox does: lists, one thread, templates and messages (document 000, first half, PM-2 and PM-3).

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod send_message;
mod template;
mod thread;
mod threads;
mod view;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(threads::own_threads))
        .routes(routes!(threads::organization_threads))
        .routes(routes!(thread::one_thread))
        .routes(routes!(template::preview_template_message))
        .routes(routes!(template::send_template_message))
        .routes(routes!(send_message::send_message))
}

/// The function as it is served.
pub fn service(api: &Api) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::ProviderMessages, router)
}
