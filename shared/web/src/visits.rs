//! How document 004 writes an answer (MI-ok): `{"success": true, "data", "meta"?}`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, LINK};
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::Rest;
use crate::parameters::Parameters;

/// An answer of document 004.
#[derive(Debug, Serialize, ToSchema)]
pub struct Enveloped<T> {
    /// Always true.
    #[schema(example = true)]
    success: bool,
    data: T,
    /// Of a page of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    meta: Option<PageMeta>,
}

/// Where a page of a list ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PageMeta {
    /// Entries in a page at most.
    #[schema(example = 50)]
    pub limit: u32,
    /// Whether there is more.
    #[serde(rename = "hasMore")]
    pub has_more: bool,
    /// What `cursor` of the next page must be; absent at the end.
    #[serde(rename = "nextCursor", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_cursor: Option<String>,
}

/// The answer with one thing. It is patient data: nobody keeps it on the way.
pub fn answered<T: Serialize>(data: T) -> Response {
    private(Json(Enveloped { success: true, data, meta: None }).into_response())
}

/// The answer with a page of a list; `X-Next-Cursor` and `Link` lead on.
pub fn page<T: Serialize>(data: Vec<T>, (limit, next): (u32, Option<String>), way: (&Rest, &Parameters)) -> Response {
    let cursor = next.as_deref().and_then(|next| HeaderValue::from_str(next).ok());
    let (rest, parameters) = way;
    let link = next.as_deref().map(|next| rest.link(parameters, ("cursor", next), "next"));
    let meta = PageMeta { limit, has_more: next.is_some(), next_cursor: next };
    let mut response = private(Json(Enveloped { success: true, data, meta: Some(meta) }).into_response());
    if let (Some(cursor), Some(link)) = (cursor, link.and_then(|link| HeaderValue::from_str(&link).ok())) {
        response.headers_mut().insert("x-next-cursor", cursor);
        response.headers_mut().insert(LINK, link);
    }
    response
}

fn private(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
