//! `POST /ai-processing/upload-url/`: a form with which a browser puts a file of up to 100 MB straight into the bucket.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::ids::UploadId;
use domain::upload::{Announcement, PRESIGNED_FOR, Upload, UploadEntry, UploadState};
use platform::App;
use platform::files::{Form, FormWish};
use platform::identity::CareTeam;
use platform::store::rate::{self, Class};
use platform::store::uploads::{self, Kept};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

use crate::upload_file::kept;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UploadUrlBody {
    /// The name that the recipient of a document sees.
    #[schema(example = "care-plan.pdf")]
    filename: Option<String>,
    /// The file's type; its bytes must be of it.
    #[schema(example = "application/pdf", required = true, nullable = false)]
    mime_type: Option<String>,
    /// The file's exact size in bytes.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 52_428_800, required = true, nullable = false)]
    size: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadUrlView {
    success: bool,
    unique_id: String,
    /// Where the file will be, once it is complete.
    s3_url: String,
    /// Where the form goes, as `multipart/form-data` by POST.
    upload_url: String,
    /// To be sent as they are, before the file, whose field is `file`.
    fields: BTreeMap<&'static str, String>,
    /// Seconds in which the upload must begin.
    #[schema(example = 300)]
    expires_in: u64,
}

/// Ask for a form that uploads one file straight to the bucket. The file can be used after `complete`.
#[utoipa::path(
    post,
    path = "/ai-processing/upload-url/",
    tag = "files",
    operation_id = "upload_url",
    request_body = UploadUrlBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The form.", body = UploadUrlView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn upload_url(
    State(api): State<Api>,
    Caller(uploader): Caller<CareTeam>,
    command: Command<UploadUrlBody>,
) -> Reply {
    rate::count(&api.app, uploader.identity(), Class::Upload).await?;
    let body = &command.body;
    let announced = Announcement::parse(body.filename.as_deref(), body.mime_type.as_deref(), body.size)?;
    let guard = command.guard(&api, uploader.identity());
    let upload = expected(&api.app, &uploader, announced.clone());
    let (upload, again) = match kept(&api.app, &upload, &guard).await? {
        Kept::Now => (upload, false),
        Kept::Before(before) => (uploads::load(&api.app, &uploader, before).await?, true),
    };
    let wish = FormWish {
        key: &upload.incoming_key(),
        file_type: announced.file_type,
        size: upload.size,
        lasts: PRESIGNED_FOR,
    };
    let form = api.app.files.form(wish).await?;
    Ok(replayed(Json(view(&api.app, &upload, form)).into_response(), again))
}

fn expected(app: &App, uploader: &CareTeam, announced: Announcement) -> Upload {
    let entry = UploadEntry {
        organization_id: uploader.organization(),
        uploaded_by: Some(uploader.provider()),
        file_type: announced.file_type,
        size: announced.size,
        filename: announced.filename,
    };
    Upload::new(UploadId::from_random(app.random.wide()), entry, UploadState::Expected, app.now())
}

fn view(app: &App, upload: &Upload, form: Form) -> UploadUrlView {
    UploadUrlView {
        success: true,
        unique_id: upload.id.to_string(),
        s3_url: app.files.url(&upload.key()),
        upload_url: form.url,
        fields: form.fields.into_iter().collect(),
        expires_in: PRESIGNED_FOR.as_secs(),
    }
}
