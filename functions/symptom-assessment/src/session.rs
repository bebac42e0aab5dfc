//! The session of a request: `X-Session-ID`, or a new one (TR-post).

use axum::extract::FromRequestParts;
use domain::triage::SessionId;
use http::request::Parts;
use web::{Api, Refusal};

/// The session in which a turn is said.
#[derive(Debug)]
pub(crate) struct Session(pub(crate) SessionId);

impl FromRequestParts<Api> for Session {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let Some(header) = parts.headers.get("x-session-id") else {
            return Ok(Self(SessionId::from_random(api.app.random.wide())));
        };
        // Bytes that are no text are no name either.
        let given = header.to_str().unwrap_or("\u{FFFD}").trim();
        Ok(Self(SessionId::parse(given)?))
    }
}
