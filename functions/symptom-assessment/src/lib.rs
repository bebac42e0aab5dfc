//! The assessment of symptoms (document 003): a turn of the conversation, its record in FHIR R4, and whether the service is there.

use axum::{Extension, Router};
use platform::model::Model;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod assess;
mod conversation;
mod fhir;
mod health;
mod place;
mod record;
mod resources;
mod session;
mod speech;
mod view;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(health::health, assess::assess_symptoms))
        .routes(routes!(record::symptom_record))
}

/// The function as it is served; with the model that may phrase replies.
pub fn service(api: &Api, model: Model) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::SymptomAssessment, router.layer(Extension(model)))
}
