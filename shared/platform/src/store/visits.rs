//! `Threads`: `pk = V#<visit>`, `sk = VISIT` for a visit; `pk = VISITS#<organization>` and `pk = VISITS#<organization>#<status>`,
//! `sk = <moment>#<visit>` for the lists in which it stands; `pk = V#<visit>`, `sk = ALERT#<number>` for its alerts and
//! `sk = TRANSCRIPT` for what its client wrote down of it.

use domain::error::{Error, Result};
use domain::ids::{OrganizationId, VisitNo};
use domain::page::bad_cursor;
use domain::time::Timestamp;
use domain::visit::alert::VisitAlert;
use domain::visit::{NOT_FOUND, Status, Visit};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde::Deserialize;

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::{Clinician, Machine};

mod keep;

pub use keep::{Change, Kept, keep, keep_nothing, kept_before};

/// Visits that are read at the same time for a page.
const SIDE_BY_SIDE: usize = 25;

pub(super) fn partition(visit: VisitNo) -> String {
    format!("V#{}", visit.get())
}

fn visit_key(visit: VisitNo) -> Item {
    key(partition(visit), "VISIT")
}

fn list(organization: OrganizationId, status: Option<Status>) -> String {
    match status {
        Some(status) => format!("VISITS#{organization}#{}", status.name()),
        None => format!("VISITS#{organization}"),
    }
}

/// The place of a visit in a list: by when it began.
fn place(started: Timestamp, visit: VisitNo) -> String {
    format!("{:013}#{}", started.millis(), visit.get())
}

fn alert_key(alert: &VisitAlert) -> Item {
    key(partition(alert.visit), format!("ALERT#{:07}", alert.seq.get()))
}

/// A visit of the caller's organisation.
///
/// # Errors
/// [`Error::Missing`] when the organisation has no such visit.
pub async fn load(app: &App, caller: &Clinician, visit: VisitNo) -> Result<Visit> {
    let found = find(app, visit).await?.ok_or(Error::Missing(NOT_FOUND))?;
    caller.may_see(found.organization_id).map_err(|error| error.or_missing(NOT_FOUND))?;
    Ok(found)
}

/// A visit that a job is about; nothing when there is none.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn load_for_machine(app: &App, _: Machine, visit: VisitNo) -> Result<Option<Visit>> {
    find(app, visit).await
}

async fn find(app: &App, visit: VisitNo) -> Result<Option<Visit>> {
    app.store.get(&app.store.tables.threads, visit_key(visit)).await
}

/// A page of the organisation's visits, the newest first, and the cursor of the next.
///
/// # Errors
/// [`Error::Invalid`] for a cursor that is none.
pub async fn page(
    app: &App,
    caller: &Clinician,
    (status, cursor): (Option<Status>, Option<&str>),
    limit: u32,
) -> Result<(Vec<Visit>, Option<String>)> {
    let list = list(caller.organization(), status);
    let is_place = |raw: &&str| raw.split_once('#').is_some_and(|(moment, visit)| digits(moment) && digits(visit));
    let after = cursor.map(|raw| Some(raw).filter(is_place).ok_or_else(bad_cursor)).transpose()?;
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(list.clone())),
        between: None,
        ascending: false,
        limit,
        after: after.map(|place| key(list, place)),
    });
    let page = page.await?;
    let entries = page.items.into_iter().map(row::<Entry>).collect::<Result<Vec<_>>>()?;
    let next = page.next.and_then(|_| entries.last().map(|entry| entry.sk.clone()));
    let numbers: Vec<VisitNo> = entries.iter().filter_map(Entry::visit).collect();
    let found: Vec<Option<Visit>> =
        stream::iter(numbers).map(|visit| find(app, visit)).buffered(SIDE_BY_SIDE).try_collect().await?;
    Ok((found.into_iter().flatten().collect(), next))
}

#[derive(Debug, Deserialize)]
struct Entry {
    sk: String,
}

impl Entry {
    fn visit(&self) -> Option<VisitNo> {
        VisitNo::new(self.sk.split_once('#')?.1.parse().ok()?)
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= 13 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The newest alerts of a visit that its reader was given, newest first. Nothing is read for one that has none.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn alerts(app: &App, visit: &Visit, limit: u32) -> Result<Vec<VisitAlert>> {
    if visit.alerts == domain::ids::Seq::START {
        return Ok(Vec::new());
    }
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(partition(visit.visit))),
        between: Some(("sk", text("ALERT#"), text("ALERT#~"))),
        ascending: false,
        limit,
        after: None,
    });
    page.await?.items.into_iter().map(row).collect()
}

/// Puts a visit over the version that was read, or a new one; and where it stands in lists.
fn write(transaction: &mut Transaction, table: &str, (read, visit): (Option<&Visit>, &Visit)) -> Result<()> {
    let row = item(visit_key(visit.visit), visit)?;
    match read {
        Some(read) => transaction.put_over(table, row, read.version)?,
        None => transaction.put_new(Mark::Row, table, row)?,
    }
    let place = place(visit.started, visit.visit);
    let of = |status: Option<Status>| key(list(visit.organization_id, status), place.clone());
    match read {
        Some(read) if read.status() == visit.status() => Ok(()),
        Some(read) => {
            transaction.delete(table, of(Some(read.status())))?;
            transaction.put(table, of(Some(visit.status())))
        }
        None => {
            transaction.put(table, of(None))?;
            transaction.put(table, of(Some(visit.status())))
        }
    }
}

fn put_alert(transaction: &mut Transaction, table: &str, alert: &VisitAlert) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(alert_key(alert), alert)?)
}

fn put_transcript(transaction: &mut Transaction, table: &str, visit: VisitNo, transcript: &str) -> Result<()> {
    let mut row = key(partition(visit), "TRANSCRIPT");
    row.insert("text".to_owned(), text(transcript));
    transaction.put(table, row)
}

/// What the client of a visit wrote down of it; nothing when it wrote nothing.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn transcript(app: &App, visit: &Visit) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Transcript {
        text: String,
    }
    let key = key(partition(visit.visit), "TRANSCRIPT");
    let found: Option<Transcript> = app.store.get(&app.store.tables.threads, key).await?;
    Ok(found.map(|transcript| transcript.text))
}

/// Whether the table answers, asked for a row that nobody has.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when it does not.
pub async fn answers(app: &App) -> Result<()> {
    let found: Option<Entry> = app.store.get(&app.store.tables.threads, key("HEALTH", "HEALTH")).await?;
    found.map_or(Ok(()), |_| Err(Error::Internal))
}
