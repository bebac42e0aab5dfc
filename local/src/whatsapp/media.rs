//! Files of the simulated Graph API (external contracts, section 1.3): uploads, descriptions with an address for five minutes, and
//! downloads with the token.

use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::media::content::{FileType, WEBP, recognise};
use domain::upload::limit;
use futures_util::stream;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, StatusCode};
use multer::Multipart;
use serde::Deserialize;
use serde_json::json;

use super::errors::GraphError;
use super::ledger::StoredMedia;
use super::media_faults::{MediaFault, Step};
use super::{Meta, checks, graph};
use crate::settings::PHONE_NUMBER_ID;

/// How long an address leads to its file.
const ADDRESS_LASTS: Duration = Duration::from_mins(5);
/// How long a file that we uploaded is kept, and one that a patient sent.
pub(super) const OURS_LASTS: Duration = Duration::from_hours(30 * 24);
pub(super) const PATIENTS_LASTS: Duration = Duration::from_hours(7 * 24);
const LARGEST_STICKER: usize = 500 * 1024;

/// `POST /{version}/{phone_number_id}/media`.
pub(super) async fn upload(
    State(meta): State<Meta>,
    Path((_, phone_number_id)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if let Err(refused) = checks::sender(&meta.0, &headers, &phone_number_id) {
        return refused.into_response();
    }
    let fault = meta.0.media_faults.next(Step::Upload);
    if let Some(code) = fault.code {
        return GraphError::new(code, "A fault was asked for").into_response();
    }
    let form = match Form::read(request).await {
        Ok(form) => form,
        Err(refused) => return refused.into_response(),
    };
    if let Some(broken) = fault.broken() {
        return broken;
    }
    let file = StoredMedia { mime_type: form.mime_type, bytes: form.bytes, until: meta.0.clock.now().plus(OURS_LASTS) };
    match meta.keep_media(&file) {
        Some(id) => Json(json!({ "id": id })).into_response(),
        None => GraphError::new(131_016, "The simulator's ledger failed").into_response(),
    }
}

/// What an upload must say.
struct Form {
    mime_type: String,
    bytes: Bytes,
}

impl Form {
    async fn read(request: Request) -> Result<Self, GraphError> {
        let invalid = |_| GraphError::new(100, "The body is not multipart/form-data.");
        let content_type =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(content_type).map_err(invalid)?;
        let mut multipart = Multipart::new(request.into_body().into_data_stream(), boundary);
        let (mut product, mut named, mut file) = (None, None, None);
        while let Some(field) = multipart.next_field().await.map_err(invalid)? {
            match field.name() {
                Some("messaging_product") => product = field.text().await.ok(),
                Some("type") => named = field.text().await.ok(),
                Some("file") => {
                    let claimed = field.content_type().map(ToString::to_string).unwrap_or_default();
                    file = Some((claimed, field.bytes().await.map_err(invalid)?));
                }
                _ => {}
            }
        }
        if product.as_deref() != Some("whatsapp") {
            return Err(GraphError::new(100, "The parameter messaging_product is required."));
        }
        let (claimed, bytes) = file.ok_or_else(|| GraphError::new(100, "The parameter file is required."))?;
        let file_type = accepted(named.as_deref().unwrap_or(&claimed), &claimed, &bytes)?;
        Ok(Self { mime_type: file_type.mime_type.to_owned(), bytes })
    }
}

/// The type must be one that WhatsApp takes, the same in both places, and what the bytes are.
fn accepted(named: &str, claimed: &str, bytes: &Bytes) -> Result<FileType, GraphError> {
    let refused = |why| GraphError::new(131_053, why);
    let file_type = FileType::of_mime_type(named).ok_or_else(|| refused("The type is not supported."))?;
    if FileType::of_mime_type(claimed) != Some(file_type) || recognise(bytes) != Some(file_type) {
        return Err(refused("The file is not of the type that was named."));
    }
    let is_too_large = u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit(file_type.category)
        || (file_type == WEBP && bytes.len() > LARGEST_STICKER);
    if is_too_large { Err(refused("The file is too large for its type.")) } else { Ok(file_type) }
}

#[derive(Debug, Deserialize)]
pub(super) struct DescribeQuery {
    phone_number_id: Option<String>,
}

/// `GET /{version}/{media_id}`.
pub(super) async fn describe(
    State(meta): State<Meta>,
    Path((_, media_id)): Path<(String, String)>,
    Query(query): Query<DescribeQuery>,
    headers: HeaderMap,
) -> Response {
    let sender = query.phone_number_id.as_deref().unwrap_or(PHONE_NUMBER_ID);
    if let Err(refused) = checks::sender(&meta.0, &headers, sender) {
        return refused.into_response();
    }
    let fault = meta.0.media_faults.next(Step::Describe);
    if let Some(code) = fault.code {
        return GraphError::new(code, "A fault was asked for").into_response();
    }
    if let Some(broken) = fault.broken() {
        return broken;
    }
    let Some(media) = meta.media(&media_id) else {
        return GraphError::new(100, "Object with this ID does not exist").into_response();
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let ticket = meta.0.media_faults.ticket(&media_id, (meta.0.random.hex(), meta.0.clock.now().plus(ADDRESS_LASTS)));
    let url = fault.url.unwrap_or_else(|| format!("http://{host}/files/{ticket}"));
    Json(json!({
        "messaging_product": "whatsapp",
        "url": url,
        "mime_type": media.mime_type,
        "sha256": media.sha256_hexadecimal(),
        "file_size": fault.size.map_or(media.bytes.len().to_string(), |size| size.to_string()),
        "id": media_id,
    }))
    .into_response()
}

/// `GET /files/{ticket}`.
pub(super) async fn download(State(meta): State<Meta>, Path(ticket): Path<String>, headers: HeaderMap) -> Response {
    if checks::sender(&meta.0, &headers, PHONE_NUMBER_ID).is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let fault = meta.0.media_faults.next(Step::Download);
    if let Some(broken) = fault.broken() {
        return broken;
    }
    let named = meta.0.media_faults.named(&ticket, meta.0.clock.now());
    match named.and_then(|media_id| meta.media(&media_id)) {
        Some(media) => ([(CONTENT_TYPE, media.mime_type.clone())], bytes_of(media.bytes, &fault)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The bytes, or what a fault makes of them.
fn bytes_of(bytes: Bytes, fault: &MediaFault) -> Body {
    if fault.corrupt {
        return Body::from(bytes.iter().map(|byte| !byte).collect::<Vec<_>>());
    }
    if fault.cut {
        let half = bytes.slice(..bytes.len() / 2);
        return Body::from_stream(stream::iter([Ok(half), Err(std::io::Error::other("broken off"))]));
    }
    Body::from(bytes)
}

impl MediaFault {
    /// The answer of a request that breaks.
    fn broken(&self) -> Option<Response> {
        (self.status.is_some() || self.timeout).then(|| graph::breaks(self.status, self.timeout))
    }
}
