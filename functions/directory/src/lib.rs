//! What other systems of the operator keep here: providers, members of sections, subscriptions and templates (contract, section 4).

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod members;
mod providers;
mod subscriptions;
mod templates;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(providers::put_provider))
        .routes(routes!(subscriptions::put_subscription))
        .routes(routes!(templates::put_template))
        .routes(routes!(members::put_member))
        .routes(routes!(members::delete_member))
}

/// The function as it is served.
pub fn service(api: &Api) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::ProviderMessages, router)
}
