//! `Threads`: `pk = T#<thread>`, `sk = JOB#<kind>`, in the index `due` under `due_shard = <kind>#<shard>`. What the product
//! owes a thread; the row follows the thread's care and says nothing that the thread does not say.

use domain::error::Result;
use domain::ids::ThreadNo;
use domain::thread::Thread;
use domain::time::Timestamp;
use futures_util::future::try_join_all;
use serde::Deserialize;

use super::due::DueCursor;
use super::transaction::Transaction;
use super::{Item, Query, key, number, row, text};
use crate::App;
use crate::identity::Machine;

/// The shards of each kind: enough for thousands of changes a second, and few enough to look at every minute.
const SHARDS: u32 = 4;

/// A kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// The assistant owes a reply.
    Reply,
    /// A check-in is due, or its answer is.
    CheckIn,
    /// A daily report is due.
    Report,
}

impl Job {
    const ALL: [Self; 3] = [Self::Reply, Self::CheckIn, Self::Report];

    fn name(self) -> &'static str {
        match self {
            Self::Reply => "REPLY",
            Self::CheckIn => "CHECK_IN",
            Self::Report => "REPORT",
        }
    }

    /// When this job of a thread is due.
    fn due(self, thread: &Thread) -> Option<Timestamp> {
        match self {
            Self::Reply => thread.care.assistant.job_due(),
            Self::CheckIn => thread.care.task.as_ref().and_then(domain::task::Task::due),
            Self::Report => thread.care.report_due,
        }
    }
}

fn job_key(thread: ThreadNo, job: Job) -> Item {
    key(format!("T#{thread}"), format!("JOB#{}", job.name()))
}

fn due_shard(job: Job, shard: u32) -> String {
    format!("{}#{shard}", job.name())
}

/// Brings the job rows of a thread in line with its care.
pub(super) fn follow(transaction: &mut Transaction, table: &str, read: Option<&Thread>, thread: &Thread) -> Result<()> {
    for job in Job::ALL {
        let due = job.due(thread);
        match due {
            _ if read.is_some_and(|read| job.due(read) == due) => {}
            Some(due) => {
                let mut item = job_key(thread.thread, job);
                item.insert("thread".to_owned(), number(&thread.thread));
                item.insert("due_shard".to_owned(), text(due_shard(job, thread.thread.get() % SHARDS)));
                item.insert("due".to_owned(), number(&due.millis()));
                transaction.put(table, item)?;
            }
            None if read.is_some() => transaction.delete(table, job_key(thread.thread, job))?,
            None => {}
        }
    }
    Ok(())
}

/// Threads with a job that is due, from all shards, at most so many of each.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn due(app: &App, machine: Machine, job: Job, most: usize) -> Result<Vec<ThreadNo>> {
    let shards = try_join_all((0..SHARDS).map(|shard| of_shard(app, machine, (job, shard), most))).await?;
    Ok(shards.concat())
}

async fn of_shard(app: &App, machine: Machine, of: (Job, u32), most: usize) -> Result<Vec<ThreadNo>> {
    let mut threads = Vec::new();
    let mut cursor = None;
    loop {
        let (found, next) = page(app, machine, of, cursor).await?;
        threads.extend(found);
        if next.is_none() || threads.len() >= most {
            return Ok(threads);
        }
        cursor = next;
    }
}

#[derive(Deserialize)]
struct Entry {
    pk: String,
}

async fn page(
    app: &App,
    _: Machine,
    (job, shard): (Job, u32),
    after: Option<DueCursor>,
) -> Result<(Vec<ThreadNo>, Option<DueCursor>)> {
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: Some("due"),
        partition: ("due_shard", text(due_shard(job, shard))),
        between: Some(("due", number(&0), number(&app.now().millis()))),
        ascending: true,
        limit: 200,
        after: after.map(DueCursor::into_key),
    });
    let page = page.await?;
    let entries = page.items.into_iter().map(row::<Entry>).collect::<Result<Vec<_>>>()?;
    let threads = entries.iter().filter_map(|entry| ThreadNo::new(entry.pk.strip_prefix("T#")?.parse().ok()?));
    Ok((threads.collect(), page.next.map(DueCursor::from_key)))
}
