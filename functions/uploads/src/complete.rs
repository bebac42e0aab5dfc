//! `POST /ai-processing/upload-url/{unique_id}/complete/`: looks at the bytes that arrived, and makes the file usable.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use domain::error::Result;
use domain::ids::UploadId;
use domain::upload::{Upload, UploadState};
use platform::App;
use platform::drive::Drive;
use platform::identity::CareTeam;
use platform::points::Point;
use platform::store::retry::{Attempt, Attempts};
use platform::store::uploads;
use web::caller::Caller;
use web::command::replayed;
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

use crate::mirrored::{mirrored, owed};
use crate::view::UploadView;

/// Complete an upload whose bytes are in the bucket. Completing it again answers the same.
#[utoipa::path(
    post,
    path = "/ai-processing/upload-url/{unique_id}/complete/",
    tag = "files",
    operation_id = "complete_upload",
    params(("unique_id" = String, Path, description = "The upload's id.")),
    responses((status = 200, description = "The file can be used.", body = UploadView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn complete_upload(
    State(api): State<Api>,
    Extension(drive): Extension<Option<Drive>>,
    Caller(uploader): Caller<CareTeam>,
    PathId(id): PathId<UploadId>,
) -> Reply {
    let app = &api.app;
    let mut attempts = Attempts::default();
    let (upload, again) = loop {
        let read = uploads::load(app, &uploader, id).await?;
        read.may_be_completed_by(uploader.provider())?;
        if read.state == UploadState::Ready {
            break (read, true);
        }
        match examined(app, &read, drive.as_ref()).await {
            Ok(Attempt::Done(upload)) => break (upload, false),
            Ok(Attempt::Raced) => attempts.again(app).await?,
            // Another request may have completed it meanwhile, and what arrived lies where files are.
            Err(_) if uploads::load(app, &uploader, id).await?.version != read.version => attempts.again(app).await?,
            Err(refusal) => return Err(refusal.into()),
        }
    };
    let upload = if again { upload } else { mirrored(app, drive.as_ref(), upload).await };
    Ok(replayed(Json(UploadView::of(app, &upload)).into_response(), again))
}

/// Moves what arrived to where files are, if it is what was announced. Until then nothing reads it, and after that nothing
/// that arrives is read any more.
async fn examined(app: &App, read: &Upload, drive: Option<&Drive>) -> Result<Attempt<Upload>> {
    let incoming = read.incoming_key();
    let arrived = app.files.find(&incoming).await?.ok_or_else(|| read.not_arrived())?;
    let found = app.files.examine(&incoming, &arrived).await?;
    let mut upload = read.examined(found, arrived.size);
    if upload.state == UploadState::Ready {
        app.files.copy(&incoming, &arrived, &upload.key()).await?;
        app.points.reach(Point::UploadCopied).await;
        upload = upload.with_mirror(owed(app, drive, upload.size));
    }
    if !uploads::keep(app, read, &upload).await? {
        return Ok(Attempt::Raced);
    }
    if app.files.delete(&incoming).await.is_err() {
        tracing::warn!(upload = %upload.id, "an upload stays where it arrived until the bucket's rule removes it");
    }
    if upload.state == UploadState::Ready { Ok(Attempt::Done(upload)) } else { Err(upload.not_as_announced()) }
}
