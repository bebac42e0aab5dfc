//! How document 000 spells an upload (PM-3.4).

use domain::upload::{Upload, UploadState};
use platform::App;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadView {
    success: bool,
    #[schema(example = "0b9f4f6e-6d0a-4c39-9c6b-0f0f5a4b7a11")]
    unique_id: String,
    /// Where it is, for good; what `media_url` of `send-message` takes. It opens nothing by itself.
    #[schema(
        example = "https://prestigehealth.s3.us-east-1.amazonaws.com/uploads/0b9f4f6e-6d0a-4c39-9c6b-0f0f5a4b7a11.jpg"
    )]
    s3_url: String,
    file_info: FileInfoView,
    upload_status: UploadStatusView,
    /// Present when the copy at Google is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    google_file_id: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileInfoView {
    /// `audio`, `document`, `video` or `image`, by the file's bytes.
    #[schema(example = "image")]
    category: &'static str,
    #[schema(example = "jpg")]
    extension: String,
    #[schema(example = 245_760)]
    size: u64,
    #[schema(example = "image/jpeg")]
    mime_type: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UploadStatusView {
    s3_success: bool,
    google_success: bool,
    /// Whether the file is in both places.
    overall_success: bool,
}

impl UploadView {
    pub(crate) fn of(app: &App, upload: &Upload) -> Self {
        let is_kept = upload.state == UploadState::Ready;
        let google_file_id = upload.mirror.file_id().map(ToOwned::to_owned);
        Self {
            success: is_kept,
            unique_id: upload.id.to_string(),
            s3_url: app.files.url(&upload.key()),
            file_info: FileInfoView {
                category: upload.category.name(),
                extension: upload.extension.clone(),
                size: upload.size,
                mime_type: upload.file_type().map_or("application/octet-stream", |file_type| file_type.mime_type),
            },
            upload_status: UploadStatusView {
                s3_success: is_kept,
                google_success: google_file_id.is_some(),
                overall_success: is_kept && google_file_id.is_some(),
            },
            google_file_id,
        }
    }
}
