//! `Threads`: `pk = T#<thread>`, `sk = ALERT#<number>`. The alerts of a thread.

use domain::alert::{Acknowledged, Alert};
use domain::error::{Error, Result};
use domain::ids::{AlertId, Seq};
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, Query, attribute, item, key, row, text};
use crate::App;
use crate::identity::Reader;

fn alert_key(id: AlertId) -> Item {
    key(format!("T#{}", id.thread), format!("ALERT#{:07}", id.seq.get()))
}

/// Puts a new alert; its number must be free.
pub(super) fn put(transaction: &mut Transaction, table: &str, alert: &Alert) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(alert_key(alert.id), alert)?)
}

/// Notes that an alert was dealt with, if it was open.
pub(super) fn acknowledge(transaction: &mut Transaction, table: &str, (id, by): (AlertId, Acknowledged)) -> Result<()> {
    let update = Update::of(table, alert_key(id))
        .when(Condition::Present("pk"))
        .when(Condition::Absent("acknowledged"))
        .set("acknowledged", attribute(&by)?);
    transaction.update(update)
}

/// One alert of a thread that its reader was given.
///
/// # Errors
/// [`Error::NotFound`] when the thread has no such alert.
pub async fn load(app: &App, reader: impl Into<Reader<'_>>, id: AlertId) -> Result<Alert> {
    let found: Option<Alert> = app.store.get(&app.store.tables.threads, alert_key(id)).await?;
    let alert = found.ok_or(Error::NotFound)?;
    reader.into().may_see(alert.organization_id)?;
    Ok(alert)
}

/// The newest alerts of a thread that its reader was given, newest first.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn newest(app: &App, thread: &Thread, limit: u32) -> Result<Vec<Alert>> {
    page(app, thread, None, limit).await.map(|(alerts, _)| alerts)
}

/// The alerts before one of a thread that its reader was given, newest first, and whether there are more. Nothing is read for a
/// thread that has none.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn page(app: &App, thread: &Thread, before: Option<AlertId>, limit: u32) -> Result<(Vec<Alert>, bool)> {
    if thread.care.alerts.last == Seq::START {
        return Ok((Vec::new(), false));
    }
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("T#{}", thread.thread))),
        between: Some(("sk", text("ALERT#"), text("ALERT#~"))),
        ascending: false,
        limit,
        after: before.map(|before| alert_key(AlertId { thread: thread.thread, ..before })),
    });
    let page = page.await?;
    let alerts = page.items.into_iter().map(row).collect::<Result<_>>()?;
    Ok((alerts, page.next.is_some()))
}
