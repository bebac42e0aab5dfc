//! Serving HTTP on Lambda.

use axum::Router;
pub use lambda_http::Error;

/// Starts the log: JSON lines, or what the environment says.
pub fn log() {
    lambda_http::tracing::init_default_subscriber();
}

/// Serves a router on Lambda until the environment ends.
///
/// # Errors
/// When the Runtime API cannot be reached.
pub async fn serve(router: Router) -> Result<(), Error> {
    lambda_http::run(router).await
}
