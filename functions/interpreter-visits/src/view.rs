//! How document 004 spells what it shows.

use axum::extract::{FromRequestParts, Path};
use domain::Error;
use http::request::Parts;
use web::{Api, Refusal};

pub(crate) mod action;
pub(crate) mod conversation;
pub(crate) mod details;
pub(crate) mod summary;
pub(crate) mod utterance;

/// The one id of a path, as it was written: what is none of ours is not there, in the words of what was looked for.
#[derive(Debug)]
pub(crate) struct VisitPath(pub(crate) String);

impl FromRequestParts<Api> for VisitPath {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refusal> {
        let path = Path::<String>::from_request_parts(parts, api).await;
        let Path(raw) = path.map_err(|_| Error::NotFound)?;
        Ok(Self(raw))
    }
}
