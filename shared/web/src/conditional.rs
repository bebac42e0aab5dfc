//! Conditional reads: an unchanged list or thread is answered with 304 after one small read (RFC 9110, section 13).

use std::convert::Infallible;
use std::fmt::Display;
use std::hash::{DefaultHasher, Hasher};

use axum::body::to_bytes;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use domain::Error;
use http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH, VARY};
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use crate::Api;

/// The tag of a representation. Weak: two answers with the same tag say the same, not byte by byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    text: String,
    /// Whether whoever reads now sees everything that the tag stands for.
    is_settled: bool,
}

impl Tag {
    /// A tag from what the representation depends on beside its address.
    #[must_use]
    pub fn of(parts: &[&dyn Display], is_settled: bool) -> Self {
        Self { text: parts.iter().map(ToString::to_string).collect::<Vec<_>>().join("-"), is_settled }
    }

    /// This tag for a representation that shows more, which no version counts.
    #[must_use]
    pub fn and(self, shown: &[u8]) -> Self {
        Self { is_settled: self.is_settled, ..self.of_body(shown) }
    }

    /// The answer 304.
    #[must_use]
    pub fn not_modified(&self) -> Response {
        self.on(StatusCode::NOT_MODIFIED.into_response())
    }

    fn on(&self, mut response: Response) -> Response {
        if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{}\"", self.text)) {
            response.headers_mut().insert(ETAG, tag);
        }
        // Patient data: nobody but the caller's own client may keep it, and it must ask before it uses it.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        response.headers_mut().insert(VARY, HeaderValue::from_static("authorization"));
        response
    }

    /// The tag of exactly this body, for what a version must not promise yet.
    fn of_body(&self, body: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(body);
        Self { text: format!("{}-{:016x}", self.text, hasher.finish()), is_settled: true }
    }
}

/// The tags that the caller already has.
#[derive(Debug, Clone, Default)]
pub struct Known(Vec<String>);

impl Known {
    /// Whether the caller has this representation, as far as its version can tell.
    #[must_use]
    pub fn has(&self, tag: &Tag) -> bool {
        tag.is_settled && self.0.iter().any(|known| *known == tag.text || known == "*")
    }

    /// An answer with its tag. While a version has not settled, or when the answer shows less than `is_whole`, the tag is
    /// that of the body: a row that becomes visible later makes another one.
    ///
    /// # Errors
    /// [`Error::Internal`] when the body cannot be read; bodies of ours are in memory.
    pub async fn answer(&self, tag: &Tag, is_whole: bool, response: Response) -> Result<Response, Error> {
        if tag.is_settled && is_whole {
            return Ok(tag.on(response));
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(|_| Error::Internal)?;
        let seen = tag.of_body(&body);
        if self.has(&seen) { Ok(seen.not_modified()) } else { Ok(seen.on(Response::from_parts(parts, body.into()))) }
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
