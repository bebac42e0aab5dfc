//! `Records`: `pk = ORG#<organization>`, `sk = UPLOAD#<id>` for a file; `pk = UPLOAD#<id>`, `sk = OWNER` for its organisation.

use domain::error::{Error, Result};
use domain::ids::{OrganizationId, UploadId};
use domain::message::Message;
use domain::time::Timestamp;
use domain::upload::Upload;
use serde::{Deserialize, Serialize};

use super::guards::{self, Guard, KeptBy, Pointer};
use super::messages::message_key;
use super::retry::Attempt;
use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, attribute, item, jobs, key, text};
use crate::App;
use crate::identity::{CareTeam, Machine};

#[derive(Debug, Serialize, Deserialize)]
struct Owner {
    organization_id: OrganizationId,
}

fn upload_key(organization: OrganizationId, id: UploadId) -> Item {
    key(format!("ORG#{organization}"), format!("UPLOAD#{id}"))
}

fn owner_key(id: UploadId) -> Item {
    key(format!("UPLOAD#{id}"), "OWNER")
}

/// A file of the caller's organisation.
///
/// # Errors
/// [`Error::NotFound`] when the organisation has no such file.
pub async fn load(app: &App, caller: &CareTeam, id: UploadId) -> Result<Upload> {
    find(app, caller.organization(), id).await?.ok_or(Error::NotFound)
}

/// A file that a job or a message is about; nothing when there is none.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn load_for_machine(app: &App, _: Machine, id: UploadId) -> Result<Option<Upload>> {
    let owner: Option<Owner> = app.store.get(&app.store.tables.records, owner_key(id)).await?;
    match owner {
        Some(owner) => find(app, owner.organization_id, id).await,
        None => Ok(None),
    }
}

async fn find(app: &App, organization: OrganizationId, id: UploadId) -> Result<Option<Upload>> {
    app.store.get(&app.store.tables.records, upload_key(organization, id)).await
}

/// How a new file came to be kept.
#[derive(Debug)]
pub enum Kept {
    /// By this request.
    Now,
    /// By an earlier request with the same key, as this file.
    Before(UploadId),
}

/// Keeps a new file, once, with the job of its copy.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`], [`Error::Unconfirmed`] as in [`super::append::keep`].
pub async fn keep_new(app: &App, upload: &Upload, guard: &Guard) -> Result<Attempt<Kept>> {
    let mut transaction = Transaction::default();
    put_new(app, &mut transaction, upload)?;
    let guard = guard.remembering(&upload.id.to_string());
    Ok(match guards::keep(app, transaction, (&guard, guard.pointer(0, true))).await? {
        Attempt::Done(KeptBy::Us) => Attempt::Done(Kept::Now),
        Attempt::Done(KeptBy::Earlier(pointer)) => {
            Attempt::Done(Kept::Before(upload_of(&pointer).ok_or(Error::Internal)?))
        }
        Attempt::Raced => Attempt::Raced,
    })
}

/// The file that a guard names.
fn upload_of(pointer: &Pointer) -> Option<UploadId> {
    pointer.memo.as_deref()?.parse().ok()
}

/// The file that an earlier request with the same key kept, if there was one.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body.
pub async fn kept_before(app: &App, guard: &Guard) -> Result<Option<UploadId>> {
    Ok(match guards::kept_before(app, guard).await? {
        Some(KeptBy::Earlier(pointer)) => upload_of(&pointer),
        Some(KeptBy::Us) | None => None,
    })
}

fn put_new(app: &App, transaction: &mut Transaction, upload: &Upload) -> Result<()> {
    let table = &app.store.tables.records;
    let (organization, id) = (upload.organization_id, upload.id);
    transaction.put_new(Mark::Row, table, item(upload_key(organization, id), upload)?)?;
    transaction.put_new(Mark::Row, table, item(owner_key(id), &Owner { organization_id: organization })?)?;
    match upload.mirror.due() {
        Some(due) => jobs::mirror(transaction, &app.store.tables.threads, id, Some(due)),
        None => Ok(()),
    }
}

/// Keeps a change of a file, with the job of its copy. `false` when the file is no longer as it was read.
///
/// # Errors
/// [`Error::Unconfirmed`] when no answer came.
pub async fn keep(app: &App, read: &Upload, upload: &Upload) -> Result<bool> {
    let mut transaction = Transaction::default();
    let row = item(upload_key(upload.organization_id, upload.id), upload)?;
    transaction.put_over(&app.store.tables.records, row, read.version)?;
    if read.mirror.due() != upload.mirror.due() {
        jobs::mirror(&mut transaction, &app.store.tables.threads, upload.id, upload.mirror.due())?;
    }
    transaction.happens(app).await
}

/// What became of a patient's media: the message that readers see, the file when there is one, and the end of the job.
pub(super) fn put_fetched(
    app: &App,
    transaction: &mut Transaction,
    message: &Message,
    upload: Option<&Upload>,
) -> Result<()> {
    let tables = &app.store.tables;
    let media = message.media.as_ref().ok_or(Error::Internal)?;
    let update = Update::of(&tables.messages, message_key(message.id()))
        .when(Condition::Equals("media.state", text("pending")))
        .set("media", attribute(media)?);
    transaction.update(update)?;
    jobs::fetch(transaction, &tables.threads, message.id(), None)?;
    match upload {
        Some(upload) => put_new(app, transaction, upload),
        None => Ok(()),
    }
}

/// Puts the fetching of a message's media off from the moment at which it was read to be due. `false` when somebody else did so, or
/// nothing is to be fetched any more.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Unconfirmed`] when it cannot be kept; then the job is as it was.
pub async fn fetch_later(
    app: &App,
    _: Machine,
    message: &Message,
    (read, due): (Timestamp, Timestamp),
) -> Result<bool> {
    let mut transaction = Transaction::default();
    jobs::put_fetch_off(&mut transaction, &app.store.tables.threads, message.id(), (read, due))?;
    transaction.happens(app).await
}
