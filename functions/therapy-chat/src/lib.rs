//! The chat of a subject (document 001, TC): sending, reading, and calling for a therapist.

use assistant::Assistant;
use axum::{Extension, Router};
use platform::model::Model;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod conversation;
mod messages;
mod place;
mod send;
mod tag;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(send::send))
        .routes(routes!(messages::get_messages))
        .routes(routes!(tag::tag_therapist))
        .routes(routes!(conversation::get_conversation))
}

/// The function as it is served.
pub fn service(api: &Api, model: Model) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    let assistant = Assistant { app: api.app.clone(), model };
    serve(&api.app.random, Surface::TherapyChat, router.layer(Extension(assistant)))
}
