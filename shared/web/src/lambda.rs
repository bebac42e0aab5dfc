//! Starting and serving on Lambda.

use std::process::ExitCode;

use axum::Router;
pub use lambda_http::Error;

/// Starts the log: JSON lines where the function is set up for them, as the template does.
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

/// How a function ends: a fault is logged as people read it, because Rust would print its debug form.
#[must_use]
pub fn ended(result: Result<(), Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the function cannot run");
            ExitCode::FAILURE
        }
    }
}
