//! `Threads`, in the index `due` under `due_shard = <kind>#<shard>`: what the product owes somebody. `pk = T#<thread>`,
//! `sk = JOB#<kind>` follows a thread's care and says nothing that the thread does not say; `sk = JOB#FETCH#<seq>` is a message
//! whose media is to be fetched; `pk = U#<upload>`, `sk = JOB#MIRROR` a file whose copy is owed;
//! `pk = EVENTS#<stream>`, `sk = JOB#EVENTS` a stream with events of which subscribers are to be
//! told; `pk = WEBHOOK#<endpoint>`, `sk = LANE#<stream>` and `JOB#REPLAY` are in `lanes` and `replays`.

use domain::error::Result;
use domain::ids::{EndpointId, MessageId, Seq, StreamNo, ThreadNo, UploadId};
use domain::thread::Thread;
use domain::time::Timestamp;
use futures_util::future::try_join_all;
use serde::Deserialize;

use super::due::DueCursor;
use super::transaction::Transaction;
use super::update::{Condition, Update};
use super::{Item, Query, key, number, row, text};
use crate::App;
use crate::identity::Machine;

/// The shards of each kind: enough for thousands of changes a second, and few enough to look at every minute.
pub(super) const SHARDS: u32 = 4;

/// A kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// The assistant owes a reply.
    Reply,
    /// A check-in is due, or its answer is.
    CheckIn,
    /// A daily report is due.
    Report,
    /// A patient's media is to be fetched.
    Fetch,
    /// A file is to be copied.
    Mirror,
    /// An alert that nobody read goes on to somebody else.
    Escalation,
    /// Subscribers are to be told of events.
    Events,
    /// A model is to write a summary.
    Summary,
    /// An endpoint is owed events of a stream.
    Lane,
    /// An endpoint is owed events again.
    Replay,
}

impl Job {
    /// Those that follow from a thread's care.
    const OF_CARE: [Self; 4] = [Self::Reply, Self::CheckIn, Self::Report, Self::Escalation];

    fn name(self) -> &'static str {
        match self {
            Self::Reply => "REPLY",
            Self::CheckIn => "CHECK_IN",
            Self::Report => "REPORT",
            Self::Fetch => "FETCH",
            Self::Mirror => "MIRROR",
            Self::Escalation => "ESCALATION",
            Self::Events => "EVENTS",
            Self::Summary => "SUMMARY",
            Self::Lane => "LANE",
            Self::Replay => "REPLAY",
        }
    }

    /// When this job of a thread is due.
    fn due(self, thread: &Thread) -> Option<Timestamp> {
        match self {
            Self::Reply => thread.care.assistant.job_due(),
            Self::CheckIn => thread.care.task.as_ref().and_then(domain::task::Task::due),
            Self::Report => thread.care.report_due,
            Self::Escalation => thread.care.escalation_due,
            Self::Fetch | Self::Mirror | Self::Events | Self::Lane | Self::Replay | Self::Summary => None,
        }
    }

    pub(super) fn entry(self, key: Item, shard: u32, due: Timestamp) -> Item {
        let mut item = key;
        item.insert("due_shard".to_owned(), text(due_shard(self, shard % SHARDS)));
        item.insert("due".to_owned(), number(&due.millis()));
        item
    }
}

fn job_key(thread: ThreadNo, job: Job) -> Item {
    key(format!("T#{thread}"), format!("JOB#{}", job.name()))
}

fn fetch_key(message: MessageId) -> Item {
    key(format!("T#{}", message.thread), format!("JOB#FETCH#{:07}", message.seq.get()))
}

fn mirror_key(upload: UploadId) -> Item {
    key(format!("U#{upload}"), "JOB#MIRROR")
}

fn events_key(stream: StreamNo) -> Item {
    key(format!("EVENTS#{stream}"), "JOB#EVENTS")
}

/// The attributes that put a job's row into the index.
pub(super) fn entry(job: Job, shard: u32, due: Timestamp) -> Item {
    job.entry(Item::new(), shard, due)
}

pub(super) fn endpoint_shard(endpoint: EndpointId) -> u32 {
    // Random digits of the id spread over the shards.
    endpoint.to_string().bytes().map(u32::from).sum()
}

pub(super) fn stream_shard(stream: StreamNo) -> u32 {
    u32::try_from(stream.get() % u64::from(SHARDS)).unwrap_or_default()
}

pub(super) fn due_shard(job: Job, shard: u32) -> String {
    format!("{}#{shard}", job.name())
}

/// Brings the job rows of a thread in line with its care.
pub(super) fn follow(transaction: &mut Transaction, table: &str, read: Option<&Thread>, thread: &Thread) -> Result<()> {
    for job in Job::OF_CARE {
        let due = job.due(thread);
        match due {
            _ if read.is_some_and(|read| job.due(read) == due) => {}
            Some(due) => {
                transaction.put(table, job.entry(job_key(thread.thread, job), thread.thread.get(), due))?;
            }
            None if read.is_some() => transaction.delete(table, job_key(thread.thread, job))?,
            None => {}
        }
    }
    Ok(())
}

/// Owes the fetching of a message's media, or owes it no more.
pub(super) fn fetch(
    transaction: &mut Transaction,
    table: &str,
    message: MessageId,
    due: Option<Timestamp>,
) -> Result<()> {
    match due {
        Some(due) => transaction.put(table, Job::Fetch.entry(fetch_key(message), message.seq.get(), due)),
        None => transaction.delete(table, fetch_key(message)),
    }
}

/// Puts the fetching of a message's media off, if it is due when it was read.
pub(super) fn put_fetch_off(
    transaction: &mut Transaction,
    table: &str,
    message: MessageId,
    (read, due): (Timestamp, Timestamp),
) -> Result<()> {
    let job = Update::of(table, fetch_key(message)).when(Condition::Equals("due", number(&read.millis())));
    transaction.update(job.set("due", number(&due.millis())))
}

/// When the fetching of a message's media is due; nothing when it is not owed.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn fetch_due(app: &App, _: Machine, message: MessageId) -> Result<Option<Timestamp>> {
    let found: Option<FetchJob> = app.store.get(&app.store.tables.threads, fetch_key(message)).await?;
    Ok(found.map(|job| Timestamp::from_millis(job.due)))
}

#[derive(Debug, Deserialize)]
struct FetchJob {
    due: i64,
}

/// Owes the copy of a file, or owes it no more.
pub(super) fn mirror(
    transaction: &mut Transaction,
    table: &str,
    upload: UploadId,
    due: Option<Timestamp>,
) -> Result<()> {
    // Random bits of the id spread over the shards.
    let shard = upload.to_string().bytes().map(u32::from).sum();
    match due {
        Some(due) => transaction.put(table, Job::Mirror.entry(mirror_key(upload), shard, due)),
        None => transaction.delete(table, mirror_key(upload)),
    }
}

/// Owes the telling of a stream's events, or owes it no more.
pub(super) fn events(
    transaction: &mut Transaction,
    table: &str,
    stream: StreamNo,
    due: Option<Timestamp>,
) -> Result<()> {
    match due {
        Some(due) => transaction.put(table, Job::Events.entry(events_key(stream), stream_shard(stream), due)),
        None => transaction.delete(table, events_key(stream)),
    }
}

/// Streams with events of which subscribers are to be told.
///
/// # Errors
/// As [`due`].
pub async fn events_due(app: &App, machine: Machine, most: usize) -> Result<Vec<StreamNo>> {
    let keys = due_keys(app, machine, Job::Events, most).await?;
    Ok(keys.iter().filter_map(|key| key.pk.strip_prefix("EVENTS#")?.parse().ok()).collect())
}

/// Threads with a job that is due, from all shards, at most so many of each.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn due(app: &App, machine: Machine, job: Job, most: usize) -> Result<Vec<ThreadNo>> {
    let keys = due_keys(app, machine, job, most).await?;
    Ok(keys.iter().filter_map(|key| ThreadNo::new(key.pk.strip_prefix("T#")?.parse().ok()?)).collect())
}

/// Messages whose media is to be fetched.
///
/// # Errors
/// As [`due`].
pub async fn fetches_due(app: &App, machine: Machine, most: usize) -> Result<Vec<MessageId>> {
    let keys = due_keys(app, machine, Job::Fetch, most).await?;
    let message = |key: &JobKey| {
        let thread = ThreadNo::new(key.pk.strip_prefix("T#")?.parse().ok()?)?;
        Some(MessageId { thread, seq: Seq::new(key.sk.strip_prefix("JOB#FETCH#")?.parse().ok()?)? })
    };
    Ok(keys.iter().filter_map(message).collect())
}

/// Files whose copy is owed.
///
/// # Errors
/// As [`due`].
pub async fn mirrors_due(app: &App, machine: Machine, most: usize) -> Result<Vec<UploadId>> {
    let keys = due_keys(app, machine, Job::Mirror, most).await?;
    Ok(keys.iter().filter_map(|key| key.pk.strip_prefix("U#")?.parse().ok()).collect())
}

/// The key of a job's row.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct JobKey {
    pub(super) pk: String,
    pub(super) sk: String,
}

pub(super) async fn due_keys(app: &App, machine: Machine, job: Job, most: usize) -> Result<Vec<JobKey>> {
    let shards = try_join_all((0..SHARDS).map(|shard| of_shard(app, machine, (job, shard), most))).await?;
    Ok(shards.concat())
}

async fn of_shard(app: &App, machine: Machine, of: (Job, u32), most: usize) -> Result<Vec<JobKey>> {
    let mut keys = Vec::new();
    let mut cursor = None;
    loop {
        let (found, next) = page(app, machine, of, cursor).await?;
        keys.extend(found);
        if next.is_none() || keys.len() >= most {
            return Ok(keys);
        }
        cursor = next;
    }
}

async fn page(
    app: &App,
    _: Machine,
    (job, shard): (Job, u32),
    after: Option<DueCursor>,
) -> Result<(Vec<JobKey>, Option<DueCursor>)> {
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
    let keys = page.items.into_iter().map(row::<JobKey>).collect::<Result<Vec<_>>>()?;
    Ok((keys, page.next.map(DueCursor::from_key)))
}
