//! Conditional reads: an unchanged list or thread is answered with 304 after one small read (RFC 9110, section 13).

use std::convert::Infallible;
use std::fmt::Display;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use crate::Api;

/// The tag of a representation. Weak: two answers with the same tag say the same, not byte by byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag(String);

impl Tag {
    /// A tag from what the representation depends on beside its address.
    #[must_use]
    pub fn of(parts: &[&dyn Display]) -> Self {
        Self(parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"))
    }

    /// The answer 304.
    #[must_use]
    pub fn not_modified(&self) -> Response {
        self.on(StatusCode::NOT_MODIFIED.into_response())
    }

    /// An answer with this tag.
    #[must_use]
    pub fn on(&self, mut response: Response) -> Response {
        if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{}\"", self.0)) {
            response.headers_mut().insert(ETAG, tag);
        }
        // Patient data: nobody but the caller's own client may keep it, and it must ask before it uses it.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        response
    }
}

/// The tags that the caller already has.
#[derive(Debug, Clone, Default)]
pub struct Known(Vec<String>);

impl Known {
    /// Whether the caller has this representation.
    #[must_use]
    pub fn has(&self, tag: &Tag) -> bool {
        self.0.iter().any(|known| *known == tag.0 || known == "*")
    }
}

impl FromRequestParts<Api> for Known {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &Api) -> Result<Self, Infallible> {
        let values = parts.headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let tags = values.flat_map(|value| value.split(','));
        Ok(Self(tags.map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned()).collect()))
    }
}
