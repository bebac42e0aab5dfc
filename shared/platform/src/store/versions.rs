//! `Records`: `pk = VERSION#<organization>`, `sk = T<shard>` for its threads, `sk = P` for its patients. Counters that
//! change with whatever a list shows, so that an unchanged list costs one small read.

use domain::error::Result;
use domain::ids::{OrganizationId, ThreadNo};
use serde::Deserialize;

use super::transaction::Transaction;
use super::update::Update;
use super::{Item, Query, key, row, text};
use crate::App;
use crate::identity::CareTeam;

/// Writes to different threads seldom meet at one of these.
const SHARDS: u32 = 16;
const PATIENTS: &str = "P";

#[derive(Debug, Default, Deserialize)]
struct Row {
    count: u64,
}

fn partition(organization: OrganizationId) -> String {
    format!("VERSION#{organization}")
}

fn shard_key(organization: OrganizationId, thread: ThreadNo) -> Item {
    key(partition(organization), format!("T{:02}", thread.get() % SHARDS))
}

/// Something about a thread changed that a list shows.
pub(super) fn bump_threads(
    transaction: &mut Transaction,
    table: &str,
    organization: OrganizationId,
    thread: ThreadNo,
) -> Result<()> {
    bump(transaction, table, shard_key(organization, thread))
}

/// Something about a patient changed that a list shows.
pub(super) fn bump_patients(transaction: &mut Transaction, table: &str, organization: OrganizationId) -> Result<()> {
    bump(transaction, table, key(partition(organization), PATIENTS))
}

fn bump(transaction: &mut Transaction, table: &str, key: Item) -> Result<()> {
    transaction.update(Update::of(table, key).add("count", 1))
}

/// The version of the organisation's threads: it grows with every change of any of them.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_threads(app: &App, caller: &CareTeam) -> Result<u64> {
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(partition(caller.organization()))),
        between: Some(("sk", text("T"), text("U"))),
        ascending: true,
        limit: SHARDS,
        after: None,
    });
    let rows = page.await?.items.into_iter().map(row::<Row>).collect::<Result<Vec<_>>>()?;
    Ok(rows.iter().map(|row| row.count).sum())
}

/// The version of the organisation's patients.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_patients(app: &App, caller: &CareTeam) -> Result<u64> {
    let row: Option<Row> =
        app.store.get(&app.store.tables.records, key(partition(caller.organization()), PATIENTS)).await?;
    Ok(row.unwrap_or_default().count)
}
