//! Patients of an organisation: entering them and listing them (document 000, PM-1.1, PM-1.2, DP-1.1, DP-1.2).

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod all_patients;
mod create_patient;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(create_patient::create_patient))
        .routes(routes!(all_patients::all_patients))
        .routes(routes!(all_patients::all_patients_alias))
}

/// The function as it is served.
pub fn service(api: &Api) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::ProviderMessages, router)
}
