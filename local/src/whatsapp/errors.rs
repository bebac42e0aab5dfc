//! Errors as the Graph API answers them.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// An error with its code and what Meta would add for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GraphError {
    pub(super) code: u32,
    pub(super) details: String,
}

impl GraphError {
    pub(super) fn new(code: u32, details: impl Into<String>) -> Self {
        Self { code, details: details.into() }
    }

    /// HTTP statuses differ between copies of Meta's table; these are the most common.
    fn status(&self) -> StatusCode {
        match self.code {
            190 => StatusCode::UNAUTHORIZED,
            4 | 80_007 | 130_429 | 131_056 => StatusCode::TOO_MANY_REQUESTS,
            1 | 2 | 131_000 | 131_016 => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let error = json!({
            "message": format!("(#{}) {}", self.code, self.details),
            "type": "OAuthException",
            "code": self.code,
            "error_data": { "messaging_product": "whatsapp", "details": self.details },
            "fbtrace_id": "simulated",
        });
        (self.status(), Json(json!({ "error": error }))).into_response()
    }
}
