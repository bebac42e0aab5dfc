//! `Records`: `pk = VERSION#<organization>`, `sk = T<shard>` for its threads, `sk = P` for its patients; `pk = VERSION#SECTION#<section>`,
//! `sk = T<shard>` for the conversations of a section; `pk = VERSION#<reader>`, `sk = READ` for what somebody has marked as read. Counters
//! that change with whatever a list shows, so that an unchanged list costs one small read.

use domain::error::Result;
use domain::ids::{OrganizationId, SectionId, ThreadNo};
use domain::read::has_settled;
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Deserialize;

use super::transaction::Transaction;
use super::update::Update;
use super::{Item, Query, key, number, row, seen, text};
use crate::App;
use crate::identity::{CareTeam, Therapist};

/// Writes to different threads seldom meet at one of these.
const SHARDS: u32 = 16;
const PATIENTS: &str = "P";

/// How often what a list shows has changed, and when it last did.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Version {
    /// Grows with every change.
    pub count: u64,
    /// The last change; absent when there was none.
    pub changed: Option<Timestamp>,
}

impl Version {
    /// Whether whoever reads now sees everything that this version counts.
    #[must_use]
    pub fn has_settled(&self, now: Timestamp) -> bool {
        self.changed.is_none_or(|changed| has_settled(changed, now))
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { count: self.count + other.count, changed: self.changed.max(other.changed) }
    }
}

fn partition(organization: OrganizationId) -> String {
    format!("VERSION#{organization}")
}

fn section_partition(section: SectionId) -> String {
    format!("VERSION#SECTION#{section}")
}

fn shard_key(partition: String, thread: ThreadNo) -> Item {
    key(partition, format!("T{:02}", thread.get() % SHARDS))
}

fn marks_key(reader: &str) -> Item {
    key(format!("VERSION#{reader}"), "READ")
}

/// Something about a thread changed that a list shows.
pub(super) fn bump_threads(
    app: &App,
    transaction: &mut Transaction,
    organization: OrganizationId,
    thread: ThreadNo,
) -> Result<()> {
    bump(app, transaction, shard_key(partition(organization), thread))
}

/// Something about a thread changed that a list shows, of its section or else of its organisation.
pub(super) fn bump_thread(app: &App, transaction: &mut Transaction, thread: &Thread) -> Result<()> {
    let partition = thread.section.map_or_else(|| partition(thread.organization_id), section_partition);
    bump(app, transaction, shard_key(partition, thread.thread))
}

/// Somebody marked something as read.
pub(super) fn bump_marks(app: &App, transaction: &mut Transaction, reader: &str) -> Result<()> {
    bump(app, transaction, marks_key(reader))
}

/// Something about a patient changed that a list shows.
pub(super) fn bump_patients(app: &App, transaction: &mut Transaction, organization: OrganizationId) -> Result<()> {
    bump(app, transaction, key(partition(organization), PATIENTS))
}

fn bump(app: &App, transaction: &mut Transaction, key: Item) -> Result<()> {
    let update = Update::of(&app.store.tables.records, key);
    transaction.update(update.set("changed", number(&app.now().millis())).add("count", 1))
}

/// The version of the organisation's threads: it grows with every change of any of them.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_threads(app: &App, caller: &CareTeam) -> Result<Version> {
    in_partition(app, partition(caller.organization())).await
}

/// The version of the conversations of a therapist's section, with what the therapist has marked as read.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_section(app: &App, therapist: &Therapist) -> Result<Version> {
    let marks = app.store.get(&app.store.tables.records, marks_key(&seen::name_of(therapist)));
    let (threads, marks): (Version, Option<Version>) =
        tokio::try_join!(in_partition(app, section_partition(therapist.section())), marks)?;
    Ok(threads.and(marks.unwrap_or_default()))
}

async fn in_partition(app: &App, partition: String) -> Result<Version> {
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(partition)),
        between: Some(("sk", text("T"), text("U"))),
        ascending: true,
        limit: SHARDS,
        after: None,
    });
    let rows = page.await?.items.into_iter().map(row::<Version>).collect::<Result<Vec<_>>>()?;
    Ok(rows.into_iter().fold(Version::default(), Version::and))
}

/// The version of the organisation's patients.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_patients(app: &App, caller: &CareTeam) -> Result<Version> {
    let row = app.store.get(&app.store.tables.records, key(partition(caller.organization()), PATIENTS)).await?;
    Ok(row.unwrap_or_default())
}
