//! The copy of a file at Google: an id first, which is kept, then the bytes under it. Whoever dies in between, or does it twice,
//! leaves one copy.

use std::time::Duration;

use domain::error::{Error, Result};
use domain::ids::UploadId;
use domain::upload::{Mirror, Upload};

use crate::App;
use crate::drive::{Copy, Drive, DriveFault};
use crate::identity::Machine;
use crate::metrics::Count;
use crate::points::Point;
use crate::store::retry::Attempts;
use crate::store::uploads;

/// What a copy takes beside its bytes.
const MARGIN: Duration = Duration::from_mins(1);

/// Makes the copy that a file owes, within so much time for its bytes; answers the file afterwards. Without a service it owes
/// none any more.
///
/// # Errors
/// [`Error::NotFound`] when there is no such file; [`Error::Busy`], [`Error::Internal`] or [`Error::Unconfirmed`] when the
/// tables or the bucket do not answer: then the copy is still owed.
pub async fn copy(app: &App, drive: Option<&Drive>, id: UploadId, limit: Duration) -> Result<Upload> {
    let machine = Machine::of_invocation();
    let Some(drive) = drive else {
        return changed(app, machine, id, |upload| upload.with_mirror(Mirror::Off)).await;
    };
    match made(app, machine, drive, (id, limit)).await {
        Ok(upload) => Ok(upload),
        Err(Fault::Ours(error)) => Err(error),
        Err(Fault::Googles(fault)) => {
            if fault == DriveFault::Account {
                app.count(Count::MirrorRefused);
            }
            changed(app, machine, id, |upload| upload.with_mirror_failed(app.now())).await
        }
    }
}

/// Makes the copy that a file owes, as told by a hint: of a hint that came twice the second finds that it is not due.
///
/// # Errors
/// As [`copy`].
pub async fn copy_when_due(app: &App, drive: Option<&Drive>, id: UploadId, limit: Duration) -> Result<()> {
    let upload = uploads::load_for_machine(app, Machine::of_invocation(), id).await?.ok_or(Error::NotFound)?;
    if upload.mirror.due().is_some_and(|due| due <= app.now()) {
        copy(app, drive, id, limit).await?;
    }
    Ok(())
}

/// Whose fault it is that there is no copy.
enum Fault {
    Ours(Error),
    Googles(DriveFault),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<DriveFault> for Fault {
    fn from(fault: DriveFault) -> Self {
        Self::Googles(fault)
    }
}

async fn made(
    app: &App,
    machine: Machine,
    drive: &Drive,
    (id, limit): (UploadId, Duration),
) -> std::result::Result<Upload, Fault> {
    let upload = begun(app, machine, drive, (id, limit)).await?;
    let Mirror::Owed { file_id: Some(file_id), .. } = &upload.mirror else { return Ok(upload) };
    app.points.reach(Point::MirrorBegun).await;
    let file_type = upload.file_type().ok_or(Error::Internal)?;
    let (size, body) = app.files.body(&upload.key()).await?.ok_or(Error::Internal)?;
    // The name at Google is the object's: what a person called the file may name a patient.
    let name = format!("{}.{}", upload.id, upload.extension);
    drive.copy(Copy { file_id, name: &name, file_type, size, body, limit }).await?;
    app.points.reach(Point::MirrorMade).await;
    Ok(changed(app, machine, id, |upload| upload.with_mirror_done(file_id)).await?)
}

/// The file with the id of its copy, when it owes one. For as long as the copy may take nobody else is told to make it.
async fn begun(
    app: &App,
    machine: Machine,
    drive: &Drive,
    (id, limit): (UploadId, Duration),
) -> std::result::Result<Upload, Fault> {
    let upload = uploads::load_for_machine(app, machine, id).await?.ok_or(Error::NotFound)?;
    let Mirror::Owed { file_id, .. } = &upload.mirror else { return Ok(upload) };
    let file_id = match file_id {
        Some(known) => known.clone(),
        None => drive.file_id().await?,
    };
    app.points.reach(Point::MirrorNamed).await;
    let until = app.now().plus(limit + MARGIN);
    Ok(changed(app, machine, id, |upload| upload.with_mirror_begun(&file_id, until)).await?)
}

/// Changes a file whose copy is owed; one whose copy is not owed any more stays as it is.
async fn changed(app: &App, machine: Machine, id: UploadId, change: impl Fn(&Upload) -> Upload) -> Result<Upload> {
    let mut attempts = Attempts::default();
    loop {
        let read = uploads::load_for_machine(app, machine, id).await?.ok_or(Error::NotFound)?;
        let changed = change(&read);
        if read.mirror.due().is_none() || changed == read || uploads::keep(app, &read, &changed).await? {
            return Ok(if read.mirror.due().is_none() { read } else { changed });
        }
        attempts.again(app).await?;
    }
}
