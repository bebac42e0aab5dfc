//! `POST /ai-processing/upload-file/` (PM-3.4, A-19 to A-21): a file of up to 4 MB, kept and copied.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use domain::error::{Error, Result};
use domain::ids::UploadId;
use domain::media::content::{FileType, recognise};
use domain::upload::{Upload, UploadEntry, UploadState, checked};
use platform::App;
use platform::drive::Drive;
use platform::identity::CareTeam;
use platform::store::guards::Guard;
use platform::store::rate::{self, Class};
use platform::store::retry::{Attempt, Attempts};
use platform::store::uploads::{self, Kept};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::replayed;
use web::file_upload::FileUpload;
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

use crate::mirrored::{mirrored, owed};
use crate::view::UploadView;

/// The form, for the OpenAPI document.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it is read as a stream")]
pub(crate) struct UploadForm {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a file of up to 4 MB. Larger ones go by `upload-url`.
#[utoipa::path(
    post,
    path = "/ai-processing/upload-file/",
    tag = "files",
    operation_id = "upload_file",
    request_body(content = inline(UploadForm), content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The file is kept.", body = UploadView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn upload_file(
    State(api): State<Api>,
    Extension(drive): Extension<Option<Drive>>,
    Caller(uploader): Caller<CareTeam>,
    file: FileUpload,
) -> Reply {
    rate::count(&api.app, uploader.identity(), Class::Upload).await?;
    let file_type = checked(recognise(&file.bytes), size(&file))?;
    let guard = file.guard(&api, uploader.identity());
    if let Some(before) = uploads::kept_before(&api.app, &guard).await? {
        return answer(&api.app, &uploads::load(&api.app, &uploader, before).await?, true);
    }
    let upload =
        upload(&api.app, &uploader, (&file, file_type)).with_mirror(owed(&api.app, drive.as_ref(), size(&file)));
    api.app.files.put(&upload.key(), file_type, file.bytes.clone()).await?;
    match kept(&api.app, &upload, &guard).await {
        Ok(Kept::Now) => answer(&api.app, &mirrored(&api.app, drive.as_ref(), upload).await, false),
        Ok(Kept::Before(before)) => {
            forget(&api.app, &upload).await;
            answer(&api.app, &uploads::load(&api.app, &uploader, before).await?, true)
        }
        Err(error) => {
            // What is not confirmed may be kept, and then its bytes are needed.
            if error != Error::Unconfirmed {
                forget(&api.app, &upload).await;
            }
            Err(error.into())
        }
    }
}

fn size(file: &FileUpload) -> u64 {
    u64::try_from(file.bytes.len()).unwrap_or(u64::MAX)
}

fn upload(app: &App, uploader: &CareTeam, (file, file_type): (&FileUpload, FileType)) -> Upload {
    let entry = UploadEntry {
        organization_id: uploader.organization(),
        uploaded_by: Some(uploader.provider()),
        file_type,
        size: size(file),
        filename: file.filename.as_deref().and_then(domain::media::received_filename),
    };
    Upload::new(UploadId::from_random(app.random.wide()), entry, UploadState::Ready, app.now())
}

/// Keeps a new file.
pub(crate) async fn kept(app: &App, upload: &Upload, guard: &Guard) -> Result<Kept> {
    let mut attempts = Attempts::default();
    loop {
        match uploads::keep_new(app, upload, guard).await? {
            Attempt::Done(kept) => return Ok(kept),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}

/// The bytes of a file that nobody knows of.
async fn forget(app: &App, upload: &Upload) {
    if app.files.delete(&upload.key()).await.is_err() {
        tracing::warn!(upload = %upload.id, "an object that belongs to no file stays in the bucket");
    }
}

fn answer(app: &App, upload: &Upload, again: bool) -> Reply {
    Ok(replayed(Json(UploadView::of(app, upload)).into_response(), again))
}
