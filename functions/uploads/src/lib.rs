//! Files of providers: uploaded through the function or straight to the bucket, and read by short addresses (document 000,
//! first half, PM-3.4; contract ).

use axum::{Extension, Router};
use platform::drive::Drive;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Api;
use web::surface::{Surface, serve};

mod complete;
mod file;
mod mirrored;
mod upload_file;
mod upload_url;
mod view;

/// The operations of this function.
#[must_use]
pub fn router() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(upload_file::upload_file))
        .routes(routes!(upload_url::upload_url))
        .routes(routes!(complete::complete_upload))
        .routes(routes!(file::file_address))
}

/// The function as it is served; with a service that takes copies, or none.
pub fn service(api: &Api, drive: Option<Drive>) -> Router {
    let (router, _) = router().with_state(api.clone()).split_for_parts();
    serve(&api.app.random, Surface::ProviderMessages, router.layer(Extension(drive)))
}
