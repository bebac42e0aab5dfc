//! The dashboard of a section's therapists (document 001, TD, and contract, section 4).

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod acknowledge_tag;
mod alerts;
mod care;
mod conversations;
mod decided;
mod mark_all_read;
mod messages;
mod notes;
mod overview;
mod send;
mod settings;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(conversations::list_conversations))
        .routes(routes!(messages::get_messages))
        .routes(routes!(send::send))
        .routes(routes!(care::toggle_ai))
        .routes(routes!(care::set_risk))
        .routes(routes!(notes::add_note))
        .routes(routes!(notes::list_notes))
        .routes(routes!(acknowledge_tag::acknowledge_tag))
        .routes(routes!(alerts::list_alerts))
        .routes(routes!(alerts::mark_alert_read))
        .routes(routes!(mark_all_read::mark_all_read))
        .routes(routes!(overview::get_stats))
        .routes(routes!(overview::get_updates))
        .routes(routes!(settings::get_settings))
        .routes(routes!(settings::put_settings))
}

/// The function as it is served.
pub fn service(api: &Api) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::TherapyChat, router)
}
