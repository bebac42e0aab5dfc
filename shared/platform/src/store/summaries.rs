//! `Threads`: `pk = V#<visit>`, `sk = SUMMARY#<number>` for a summary as it is now, `sk = REVISION#<number>#<version>` for each
//! version of it; `sk = JOB#SUMMARY#<number>`, in the index `due`, for one that a model is to write.

use domain::error::{Error, Result};
use domain::ids::{Seq, SummaryId, VisitNo};
use domain::time::Timestamp;
use domain::visit::Visit;
use domain::visit::summary::{NOT_FOUND, Summary};
use serde::Deserialize;

use super::jobs::{self, Job};
use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, item, key, number, visits};
use crate::App;
use crate::identity::{Clinician, Machine};

fn summary_key(id: SummaryId) -> Item {
    key(visits::partition(id.visit), format!("SUMMARY#{:07}", id.seq.get()))
}

fn revision_key(id: SummaryId, version: u32) -> Item {
    key(visits::partition(id.visit), format!("REVISION#{:07}#{version:07}", id.seq.get()))
}

fn job_key(id: SummaryId) -> Item {
    key(visits::partition(id.visit), format!("JOB#SUMMARY#{:07}", id.seq.get()))
}

/// A summary of the caller's organisation.
///
/// # Errors
/// [`Error::Missing`] when the organisation has no such summary.
pub async fn load(app: &App, caller: &Clinician, id: SummaryId) -> Result<Summary> {
    let summary = find(app, summary_key(id)).await?.ok_or(Error::Missing(NOT_FOUND))?;
    caller.may_see(summary.organization_id).map_err(|error| error.or_missing(NOT_FOUND))?;
    Ok(summary)
}

/// A summary that a job is about; nothing when there is none.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn load_for_machine(app: &App, _: Machine, id: SummaryId) -> Result<Option<Summary>> {
    find(app, summary_key(id)).await
}

/// A summary of a visit that its reader was given, as it was first written; nothing when it cannot be seen yet.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn first_version(app: &App, visit: &Visit, seq: Seq) -> Result<Option<Summary>> {
    find(app, revision_key(SummaryId { visit: visit.visit, seq }, 1)).await
}

async fn find(app: &App, key: Item) -> Result<Option<Summary>> {
    app.store.get(&app.store.tables.threads, key).await
}

/// Puts a summary, over the version that was read when there was one, and keeps the version.
pub(super) fn write(
    transaction: &mut Transaction,
    table: &str,
    (read, summary): (Option<&Summary>, &Summary),
) -> Result<()> {
    let row = item(summary_key(summary.id), summary)?;
    match read {
        Some(read) => transaction.put_over(table, row, read.version)?,
        None => transaction.put_new(Mark::Row, table, row)?,
    }
    transaction.put_new(Mark::Row, table, item(revision_key(summary.id, summary.version), summary)?)
}

/// Owes a summary to a model, or owes it no more.
pub(super) fn owe(
    transaction: &mut Transaction,
    table: &str,
    summary: SummaryId,
    due: Option<Timestamp>,
) -> Result<()> {
    match due {
        Some(due) => transaction.put(table, Job::Summary.entry(job_key(summary), summary.visit.get(), due)),
        None => transaction.delete(table, job_key(summary)),
    }
}

/// When a summary is owed to a model; nothing when it is not.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn due(app: &App, _: Machine, summary: SummaryId) -> Result<Option<Timestamp>> {
    #[derive(Deserialize)]
    struct Owed {
        due: i64,
    }
    let found: Option<Owed> = app.store.get(&app.store.tables.threads, job_key(summary)).await?;
    Ok(found.map(|owed| Timestamp::from_millis(owed.due)))
}

/// Puts a summary that is owed off from the moment at which it was read to be due. `false` when somebody else did so, or it is not
/// owed any more.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Unconfirmed`] when it cannot be kept; then the job is as it was.
pub async fn put_off(app: &App, _: Machine, summary: SummaryId, (read, due): (Timestamp, Timestamp)) -> Result<bool> {
    let mut transaction = Transaction::default();
    let job = Update::of(&app.store.tables.threads, job_key(summary));
    let job = job.when(Condition::Equals("due", number(&read.millis())));
    transaction.update(job.set("due", number(&due.millis())))?;
    transaction.happens(app).await
}

/// Owes a summary no more, whatever is written in it.
///
/// # Errors
/// As [`put_off`].
pub async fn give_up(app: &App, _: Machine, summary: SummaryId) -> Result<bool> {
    let mut transaction = Transaction::default();
    owe(&mut transaction, &app.store.tables.threads, summary, None)?;
    transaction.happens(app).await
}

/// Summaries that a model is to write.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn owed(app: &App, machine: Machine, most: usize) -> Result<Vec<SummaryId>> {
    let keys = jobs::due_keys(app, machine, Job::Summary, most).await?;
    let summary = |key: &jobs::JobKey| {
        let visit = VisitNo::new(key.pk.strip_prefix("V#")?.parse().ok()?)?;
        Some(SummaryId { visit, seq: Seq::new(key.sk.strip_prefix("JOB#SUMMARY#")?.parse().ok()?)? })
    };
    Ok(keys.iter().filter_map(summary).collect())
}
