//! `Records`: `pk = SESSION#<id>`, `sk = SESSION`. The realtime sessions that were made here.

use domain::error::{Error, Result};
use domain::ids::SessionId;
use domain::visit::session::{NOT_FOUND, Session};

use super::transaction::{Mark, Transaction};
use super::{Item, item, key};
use crate::App;
use crate::identity::Clinician;

fn session_key(id: &SessionId) -> Item {
    key(format!("SESSION#{id}"), "SESSION")
}

/// A session of the caller's organisation; nothing when it was not made here.
///
/// # Errors
/// [`Error::Missing`] for another organisation's.
pub async fn find(app: &App, caller: &Clinician, id: &SessionId) -> Result<Option<Session>> {
    let found: Option<Session> = app.store.get(&app.store.tables.records, session_key(id)).await?;
    let is_own = |session: &Session| caller.may_see(session.organization_id);
    found.as_ref().map(is_own).transpose().map_err(|error| error.or_missing(NOT_FOUND))?;
    Ok(found)
}

/// Keeps a new session.
///
/// # Errors
/// [`Error::Unconfirmed`] when no answer came.
pub async fn keep_new(app: &App, session: &Session) -> Result<()> {
    let mut transaction = Transaction::default();
    let row = item(session_key(&session.id), session)?;
    transaction.put_new(Mark::Row, &app.store.tables.records, row)?;
    if transaction.happens(app).await? { Ok(()) } else { Err(Error::Busy) }
}

/// Keeps a change of a session. `false` when it is no longer as it was read.
///
/// # Errors
/// [`Error::Unconfirmed`] when no answer came.
pub async fn keep(app: &App, change: (&Session, &Session)) -> Result<bool> {
    let mut transaction = Transaction::default();
    write(&mut transaction, &app.store.tables.records, change)?;
    transaction.happens(app).await
}

/// Puts a changed session over the version that was read.
pub(super) fn write(transaction: &mut Transaction, table: &str, (read, session): (&Session, &Session)) -> Result<()> {
    transaction.put_over(table, item(session_key(&session.id), session)?, read.version)
}
