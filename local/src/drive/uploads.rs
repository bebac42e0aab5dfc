//! Drive v3: ids beforehand, and resumable uploads under them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_RANGE, LOCATION, RANGE};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;

use super::errors::DriveError;
use super::faults::Step;
use super::sessions::{Place, Progress, Wanted};
use super::{FOLDER, Google, Inner};

/// `GET /drive/v3/files/generateIds`.
pub(super) async fn generate_ids(State(google): State<Google>, headers: HeaderMap) -> Result<Response, DriveError> {
    let inner = &google.0;
    inner.tokens.check(&headers)?;
    refuse(inner, Step::Ids)?;
    let id = inner.shelf.give_id().ok_or_else(|| DriveError::asked_for(500, "internalError"))?;
    Ok(Json(json!({ "kind": "drive#generatedIds", "space": "drive", "ids": [id] })).into_response())
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UploadQuery {
    upload_type: String,
    #[serde(default)]
    supports_all_drives: bool,
    #[serde(rename = "upload_id")]
    upload_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct About {
    id: String,
    name: String,
    mime_type: String,
    parents: Vec<String>,
}

/// `POST /upload/drive/v3/files?uploadType=resumable`.
pub(super) async fn begin(
    State(google): State<Google>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    Json(about): Json<About>,
) -> Result<Response, DriveError> {
    let inner = &google.0;
    inner.tokens.check(&headers)?;
    refuse(inner, Step::Begin)?;
    let size = headers.get("x-upload-content-length").and_then(|value| value.to_str().ok()?.parse().ok());
    let size = size.ok_or_else(|| DriveError::invalid("X-Upload-Content-Length is required."))?;
    if query.upload_type != "resumable" || !inner.shelf.knows(&about.id) {
        return Err(DriveError::invalid("The provided file ID is not usable."));
    }
    // A folder of a shared drive is not seen by a request that does not ask for shared drives.
    let folder = about.parents.into_iter().next().filter(|folder| folder == FOLDER && query.supports_all_drives);
    let folder = folder.ok_or_else(DriveError::not_found)?;
    if !inner.faults.has_quota() {
        return Err(DriveError::no_quota());
    }
    if inner.shelf.has(&about.id) {
        return Err(DriveError::id_in_use());
    }
    let wanted = Wanted { id: about.id, name: about.name, mime_type: about.mime_type, folder, size };
    let upload_id = inner.sessions.begin(wanted);
    let base = inner.base.get().map(String::as_str).unwrap_or_default();
    let place = format!("{base}/upload/drive/v3/files?uploadType=resumable&upload_id={upload_id}");
    Ok((StatusCode::OK, [(LOCATION, place)]).into_response())
}

/// `PUT` of all bytes, of a chunk (`Content-Range: bytes 0-262143/300000`), or of none to ask how far it is (`bytes */300000`). The
/// address is the permission.
pub(super) async fn put(
    State(google): State<Google>,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, DriveError> {
    let inner = &google.0;
    let upload_id = query.upload_id.unwrap_or_default();
    let wanted = inner.sessions.wanted(&upload_id).ok_or_else(DriveError::not_found)?;
    let fault = inner.faults.next(Step::Put);
    if let Some(fault) = fault.as_ref().filter(|fault| !fault.after_accept) {
        return Err(fault.error());
    }
    let range = headers.get(CONTENT_RANGE).and_then(|value| value.to_str().ok());
    let place = match range {
        None => Place { start: 0, total: wanted.size },
        Some(range) if range.starts_with("bytes */") => {
            return Ok(incomplete(inner.sessions.received(&upload_id).unwrap_or_default()));
        }
        Some(range) => place(range).ok_or_else(|| DriveError::invalid("Content-Range is not valid."))?,
    };
    match inner.sessions.take(&upload_id, place, &bytes) {
        Progress::More(received) => Ok(incomplete(received)),
        Progress::Refused => Err(DriveError::invalid("The bytes do not fit what was announced.")),
        Progress::Whole(file, sha256) if inner.shelf.keep(&file, &sha256) => match fault {
            Some(fault) => Err(fault.error()),
            None => Ok(Json(json!({ "id": file.id })).into_response()),
        },
        Progress::Whole(..) => Err(DriveError::id_in_use()),
    }
}

fn refuse(inner: &Inner, step: Step) -> Result<(), DriveError> {
    inner.faults.next(step).map_or(Ok(()), |fault| Err(fault.error()))
}

/// 308: so many bytes are there.
fn incomplete(received: u64) -> Response {
    let status = StatusCode::PERMANENT_REDIRECT;
    match received.checked_sub(1) {
        Some(last) => (status, [(RANGE, format!("bytes=0-{last}"))]).into_response(),
        None => status.into_response(),
    }
}

/// `bytes 0-262143/300000`.
fn place(range: &str) -> Option<Place> {
    let (span, total) = range.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = span.split_once('-')?;
    Some(Place { start: start.parse().ok()?, total: total.parse().ok()? })
}
