//! `GET /ai-processing/files/{unique_id}/`: a short address for a file of the caller's organisation.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Error;
use domain::ids::UploadId;
use domain::upload::UploadState;
use http::header::CACHE_CONTROL;
use platform::identity::CareTeam;
use platform::store::uploads;
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileView {
    unique_id: String,
    /// Saves the file under its name, for as long as `expires_in` says.
    url: String,
    /// Seconds.
    #[schema(example = 300)]
    expires_in: u64,
    #[schema(example = "application/pdf")]
    mime_type: &'static str,
    #[schema(example = 245_760)]
    size: u64,
    filename: String,
}

/// Get an address under which a file can be read for five minutes.
#[utoipa::path(
    get,
    path = "/ai-processing/files/{unique_id}/",
    tag = "files",
    operation_id = "file_address",
    params(("unique_id" = String, Path, description = "The file's id.")),
    responses((status = 200, description = "The address.", body = FileView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn file_address(
    State(api): State<Api>,
    Caller(reader): Caller<CareTeam>,
    PathId(id): PathId<UploadId>,
) -> Reply {
    let upload = uploads::load(&api.app, &reader, id).await?;
    if upload.state != UploadState::Ready {
        return Err(Error::NotFound.into());
    }
    let file_type = upload.file_type().ok_or(Error::Internal)?;
    let filename = file_type.named(upload.filename.as_deref().unwrap_or(&id.to_string()));
    let (url, lasts) = api.app.files.read_address(&upload.key(), file_type, &filename).await?;
    let view = FileView {
        unique_id: id.to_string(),
        url,
        expires_in: lasts.as_secs(),
        mime_type: file_type.mime_type,
        size: upload.size,
        filename,
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(view)).into_response())
}
