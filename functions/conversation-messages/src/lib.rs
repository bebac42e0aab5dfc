//! Patients' own conversations (document 002, CM), and who read or changed a record (contract I-13).

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod audit;
mod conversations;
mod list;
mod message;
mod versions;
mod view;
mod write;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(conversations::list_conversations))
        .routes(routes!(conversations::create_conversation))
        .routes(routes!(conversations::get_conversation))
        .routes(routes!(list::list_messages))
        .routes(routes!(write::create_message))
        .routes(routes!(message::get_message))
        .routes(routes!(message::update_message))
        .routes(routes!(message::delete_message))
        .routes(routes!(versions::list_versions))
        .routes(routes!(audit::get_audit))
}

/// The function as it is served.
pub fn service(api: &Api) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::ConversationMessages, router)
}
