//! What a handler answers when it does not do what was asked, before a surface gives it its document's shape.

use axum::response::{IntoResponse, Response};
use domain::Error;
use http::StatusCode;

/// A refusal, in the product's words or in HTTP's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The product refuses.
    Product(Error),
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The body is not of the content type that the operation takes.
    UnsupportedMediaType,
    /// The body is no `multipart/form-data`.
    NotMultipart,
    /// The body is larger than the operation takes.
    TooLarge,
    /// The file is larger than what comes through the gateway.
    TooLargeToUpload,
}

impl Refusal {
    /// The one place where a refusal gets its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnsupportedMediaType | Self::NotMultipart => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::TooLargeToUpload => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Product(error) => match error {
                Error::Invalid { .. } | Error::Documented(_) | Error::Refused { .. } | Error::WindowClosed { .. } => {
                    StatusCode::BAD_REQUEST
                }
                Error::Unauthenticated => StatusCode::UNAUTHORIZED,
                Error::Forbidden | Error::AssignedToColleague { .. } | Error::NotTheResponder => StatusCode::FORBIDDEN,
                Error::NotFound | Error::Missing(_) => StatusCode::NOT_FOUND,
                Error::Conflict(_) => StatusCode::CONFLICT,
                // A provider's overload passes like ours; everything else is its fault and not the caller's.
                Error::Busy | Error::Provider { status: 429, .. } => StatusCode::SERVICE_UNAVAILABLE,
                Error::Provider { .. } => StatusCode::BAD_GATEWAY,
                Error::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
                Error::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
                Error::Unconfirmed => StatusCode::GATEWAY_TIMEOUT,
                Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// What a caller may read.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Product(error) => error.to_string(),
            Self::MethodNotAllowed => "Method not allowed.".to_owned(),
            Self::UnsupportedMediaType => "Unsupported media type in request; send application/json.".to_owned(),
            Self::NotMultipart => "Unsupported media type in request; send multipart/form-data.".to_owned(),
            Self::TooLarge => "The request body is too large.".to_owned(),
            Self::TooLargeToUpload => {
                "The file is too large for this route; POST /ai-processing/upload-url/ takes files of up to 100 MB."
                    .to_owned()
            }
        }
    }

    /// Whole seconds after which the same request may succeed.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Product(Error::RateLimited { retry_after_s, .. }) => Some(*retry_after_s),
            Self::Product(Error::Busy) => Some(1),
            _ => None,
        }
    }

    /// The refusal behind a bare status that the router itself answered.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::Product(Error::NotFound)),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::MethodNotAllowed),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::UnsupportedMediaType),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            status if status.is_client_error() => Some(Self::Product(Error::malformed("The request is not valid."))),
            status if status.is_server_error() => Some(Self::Product(Error::Internal)),
            _ => None,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Product(error)
    }
}

/// What a handler answers.
pub type Reply = Result<Response, Refusal>;

impl IntoResponse for Refusal {
    /// A bare status that carries the refusal to the surface, which writes the body.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
