//! How document 004 writes a refusal (MI-err, MI-e).

use domain::Error;
use serde_json::{Value, json};

use crate::Refusal;

/// The body of a refusal of the request with this correlation id.
pub(super) fn envelope(refusal: &Refusal, id: &str) -> Value {
    let mut error = json!({ "message": message(refusal), "code": code(refusal) });
    if let (Some(error), Some(details)) = (error.as_object_mut(), details(refusal, id)) {
        error.insert("details".to_owned(), details);
    }
    json!({ "success": false, "error": error })
}

/// The texts that the document fixes; the others are the product's.
fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Product(Error::Invalid { .. }) => "Invalid request parameters".to_owned(),
        Refusal::Product(Error::Unauthenticated) => "Authentication required".to_owned(),
        Refusal::Product(Error::NotFound) => "Not found".to_owned(),
        Refusal::Product(Error::RateLimited { .. }) => "Rate limit exceeded".to_owned(),
        _ => refusal.text(),
    }
}

fn code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::MethodNotAllowed => "METHOD_NOT_ALLOWED",
        Refusal::UnsupportedMediaType | Refusal::NotMultipart => "UNSUPPORTED_MEDIA_TYPE",
        Refusal::TooLarge | Refusal::TooLargeToUpload => "PAYLOAD_TOO_LARGE",
        Refusal::Product(error) => match error {
            Error::Invalid { .. } | Error::Documented(_) | Error::WindowClosed { .. } => "VALIDATION_ERROR",
            Error::Refused { code, .. } => code,
            Error::Unauthenticated => "UNAUTHORIZED",
            Error::Forbidden | Error::AssignedToColleague { .. } | Error::NotTheResponder => "FORBIDDEN",
            Error::NotFound | Error::Missing(_) => "NOT_FOUND",
            Error::Conflict(_) | Error::IdempotencyKeyReused => "CONFLICT",
            Error::Provider { .. } => "OPENAI_ERROR",
            Error::RateLimited { .. } => "RATE_LIMITED",
            Error::Busy | Error::Unconfirmed => "DATABASE_ERROR",
            Error::Internal => "INTERNAL_ERROR",
        },
    }
}

fn details(refusal: &Refusal, id: &str) -> Option<Value> {
    let Refusal::Product(error) = refusal else { return None };
    match error {
        Error::Invalid { field, message } => {
            Some(json!([{ "field": field.as_deref().unwrap_or("body"), "message": message }]))
        }
        Error::Provider { provider, status, .. } => Some(json!({ "status": status, "provider": provider })),
        Error::RateLimited { limit, retry_after_s } => {
            Some(json!({ "limit": limit, "window": "1 minute", "retryAfter": retry_after_s }))
        }
        Error::Internal => Some(json!({ "requestId": id })),
        _ => None,
    }
}
