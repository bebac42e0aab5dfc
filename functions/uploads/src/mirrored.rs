//! The copy at Google of a file that was just kept: made at once when that is quick, else left to the job.

use std::time::Duration;

use domain::upload::{Mirror, Upload};
use platform::App;
use platform::drive::Drive;
use platform::mirror::copy;
use platform::queue::TransferHint;
use web::file_upload::LARGEST_FILE;

/// The most that a client waits for a copy: the gateway cuts a request off after 30 s, and the upload has taken its time.
const BUDGET: Duration = Duration::from_secs(8);
/// Until then the job leaves the copy to this request.
const HEAD_START: Duration = Duration::from_secs(60);

/// What a new file owes: its copy, when copies are wanted.
pub(crate) fn owed(app: &App, drive: Option<&Drive>, size: u64) -> Mirror {
    match drive {
        // What this request does not copy itself is due for the job at once.
        Some(_) if size > LARGEST_FILE => Mirror::owed(app.now()),
        Some(_) => Mirror::owed(app.now().plus(HEAD_START)),
        None => Mirror::Off,
    }
}

/// The file after its copy was tried. A failure is not the client's: the file is kept, and the copy stays owed.
pub(crate) async fn mirrored(app: &App, drive: Option<&Drive>, upload: Upload) -> Upload {
    if upload.mirror.due().is_none() {
        return upload;
    }
    if upload.size > LARGEST_FILE {
        app.hints.tell_transfer(app, TransferHint::Mirror { upload: upload.id }, Duration::ZERO).await;
        return upload;
    }
    match tokio::time::timeout(BUDGET, copy(app, drive, upload.id, BUDGET)).await {
        Ok(Ok(copied)) => copied,
        Ok(Err(error)) => {
            tracing::warn!(%error, upload = %upload.id, "the copy of a file is left to the job");
            upload
        }
        Err(_) => upload,
    }
}
