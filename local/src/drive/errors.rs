//! Errors as Google answers them.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// An error of the Drive API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DriveError {
    status: StatusCode,
    reason: String,
    message: &'static str,
}

impl DriveError {
    pub(super) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "authError", "Invalid Credentials")
    }

    pub(super) fn invalid(message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "badRequest", message)
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "notFound", "File not found.")
    }

    pub(super) fn id_in_use() -> Self {
        Self::new(StatusCode::CONFLICT, "fileIdInUse", "A file already exists with the provided ID.")
    }

    pub(super) fn no_quota() -> Self {
        let message =
            "Service Accounts do not have storage quota. Leverage shared drives, or use OAuth delegation instead.";
        Self::new(StatusCode::FORBIDDEN, "storageQuotaExceeded", message)
    }

    /// An error that was asked for.
    pub(super) fn asked_for(status: u16, reason: &str) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, reason: reason.to_owned(), message: "A fault was asked for." }
    }

    fn new(status: StatusCode, reason: &str, message: &'static str) -> Self {
        Self { status, reason: reason.to_owned(), message }
    }
}

impl IntoResponse for DriveError {
    fn into_response(self) -> Response {
        let one = json!({ "domain": "global", "reason": self.reason, "message": self.message });
        let error = json!({ "code": self.status.as_u16(), "message": self.message, "errors": [one] });
        (self.status, Json(json!({ "error": error }))).into_response()
    }
}
