//! `Threads`: `pk = T#<thread>`, `sk = ALERT#<number>`. The alerts of a thread; those of a section once more under
//! `pk = ALERTS#<section>`, `sk = <milliseconds>#<alert>`, so that its therapists find them all, and under `pk = ALERTS#<section>#OPEN`
//! while nobody has dealt with them, so that what is asked for every few seconds costs no more than there is to do.

use domain::alert::{Acknowledged, Alert};
use domain::error::{Error, Result};
use domain::escalation::Escalation;
use domain::ids::{AlertId, SectionId, Seq};
use domain::page::bad_cursor;
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, Query, attribute, item, key, row, text};
use crate::App;
use crate::identity::{Reader, Therapist};

fn alert_key(id: AlertId) -> Item {
    key(format!("T#{}", id.thread), format!("ALERT#{:07}", id.seq.get()))
}

fn partition(section: SectionId) -> String {
    format!("ALERTS#{section}")
}

fn open_partition(section: SectionId) -> String {
    format!("ALERTS#{section}#OPEN")
}

fn open_key(alert: &Alert) -> Option<Item> {
    alert.section.map(|section| key(open_partition(section), cursor(alert)))
}

/// Where a section's list goes on after an alert.
#[must_use]
pub fn cursor(alert: &Alert) -> String {
    format!("{:013}#{:016}", alert.created.millis(), alert.id.get())
}

/// The keys of the rows of an alert that stay.
fn keys(alert: &Alert) -> impl Iterator<Item = Item> {
    let of_section = alert.section.map(|section| key(partition(section), cursor(alert)));
    [alert_key(alert.id)].into_iter().chain(of_section)
}

/// Puts a new alert; its number must be free.
pub(super) fn put(transaction: &mut Transaction, table: &str, alert: &Alert) -> Result<()> {
    keys(alert).chain(open_key(alert)).try_for_each(|key| transaction.put_new(Mark::Row, table, item(key, alert)?))
}

/// Notes that an alert was dealt with, if it was open.
pub(super) fn acknowledge(
    transaction: &mut Transaction,
    table: &str,
    (alert, by): (&Alert, &Acknowledged),
) -> Result<()> {
    keys(alert).try_for_each(|key| {
        let update = Update::of(table, key).when(Condition::Present("pk")).when(Condition::Absent("acknowledged"));
        transaction.update(update.set("acknowledged", attribute(by)?))
    })?;
    open_key(alert).map_or(Ok(()), |key| transaction.delete(table, key))
}

/// Notes to whom an alert went on that nobody dealt with.
pub(super) fn escalate(transaction: &mut Transaction, table: &str, (alert, to): &(Alert, Escalation)) -> Result<()> {
    keys(alert).chain(open_key(alert)).try_for_each(|key| {
        let update = Update::of(table, key).when(Condition::Present("pk")).when(Condition::Absent("acknowledged"));
        transaction.update(update.set("escalation", attribute(to)?))
    })
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

/// An alert of a thread that its reader was given.
///
/// # Errors
/// [`Error::NotFound`] when the thread has no such alert.
pub async fn of_thread(app: &App, thread: &Thread, id: AlertId) -> Result<Alert> {
    let found: Option<Alert> = app.store.get(&app.store.tables.threads, alert_key(id)).await?;
    found.filter(|alert| alert.id.thread == thread.thread).ok_or(Error::NotFound)
}

/// The alerts of a therapist's section before a cursor, all or those that nobody has dealt with, newest first, and whether there
/// are more.
///
/// # Errors
/// [`Error::Invalid`] for a cursor that is none.
pub async fn of_section(
    app: &App,
    therapist: &Therapist,
    (is_open, before, limit): (bool, Option<&str>, u32),
) -> Result<(Vec<Alert>, bool)> {
    let is_key = |raw: &&str| raw.len() == 30 && raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'#');
    let before = before.map(|raw| Some(raw).filter(is_key).ok_or_else(bad_cursor)).transpose()?;
    let pk = if is_open { open_partition(therapist.section()) } else { partition(therapist.section()) };
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(pk.clone())),
        between: None,
        ascending: false,
        limit,
        after: before.map(|sort| key(pk, sort)),
    });
    let page = page.await?;
    Ok((page.items.into_iter().map(row).collect::<Result<_>>()?, page.next.is_some()))
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

#[cfg(test)]
mod tests {
    use domain::audit::Actor;
    use serde_json::json;

    use super::*;

    /// Rows of the time when only providers dealt with alerts, and of today.
    #[test]
    fn who_dealt_with_an_alert_is_read_from_every_row() {
        let read = |by: serde_json::Value| {
            let kept = json!({
                "id": 5_497_558_138_881_u64, "organization_id": 21, "kind": "abnormal_reading", "severity": "warning",
                "text": "x", "created": 1_000, "acknowledged": { "by": by, "at": 2_000 },
            });
            let alert: Alert = row(item(key("T#1", "ALERT#0000001"), &kept).unwrap()).unwrap();
            alert.acknowledged.unwrap().by
        };
        let provider = Actor::Provider { provider_id: domain::ids::ProviderId::new(9).unwrap() };
        let therapist = Actor::Therapist { user_id: domain::ids::UserId::new(20).unwrap() };
        assert_eq!(read(json!(9)), provider);
        assert_eq!(read(json!({ "kind": "provider", "provider_id": 9 })), provider);
        assert_eq!(read(json!({ "kind": "therapist", "user_id": 20 })), therapist);
    }
}
