//! `Threads`: `pk = WEBHOOK#<endpoint>`, `sk = LANE#<stream>`, in the index `due` while the endpoint is owed events of the stream.

use domain::error::Result;
use domain::ids::{EndpointId, EventId, StreamNo};
use domain::webhook::attempt::{AttemptRecord, Execution};
use domain::webhook::lane::Lane;

use super::jobs::{self, Job};
use super::transaction::{Mark, Transaction};
use super::{Item, attempts, executions, item, key};
use crate::App;
use crate::identity::Machine;

pub(super) fn lane_key(endpoint: EndpointId, stream: StreamNo) -> Item {
    key(format!("WEBHOOK#{endpoint}"), format!("LANE#{stream}"))
}

/// What an endpoint is owed of a stream; nothing when it is owed nothing.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn load(app: &App, _: Machine, (endpoint, stream): (EndpointId, StreamNo)) -> Result<Option<Lane>> {
    app.store.get(&app.store.tables.threads, lane_key(endpoint, stream)).await
}

/// Puts a lane over the one that was read, or where none was.
pub(super) fn put(app: &App, transaction: &mut Transaction, read: Option<&Lane>, lane: &Lane) -> Result<()> {
    let table = &app.store.tables.threads;
    let mut row = item(lane_key(lane.endpoint, lane.stream), lane)?;
    row.extend(jobs::entry(Job::Lane, jobs::stream_shard(lane.stream), lane.due));
    match read {
        Some(read) => transaction.put_over(table, row, read.version),
        None => transaction.put_new(Mark::Row, table, row),
    }
}

/// Keeps a lane as it is now, or takes it away when nothing is owed any more, with executions that it passes over. `false` when it is
/// no longer as it was read.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when the table does not answer.
pub async fn keep(app: &App, (read, lane): (&Lane, Option<&Lane>), passed: &[(EventId, Execution)]) -> Result<bool> {
    let mut transaction = Transaction::default();
    replace(app, &mut transaction, read, lane)?;
    for (event, execution) in passed {
        executions::put(app, &mut transaction, *event, execution)?;
    }
    transaction.happens(app).await
}

/// Keeps what came of an attempt: the lane, the attempt, and for an execution what came of it. `false` when the lane is no longer as
/// it was read: the attempt took so long that another one was made.
///
/// # Errors
/// As [`keep`].
pub async fn settle(
    app: &App,
    (read, lane): (&Lane, Option<&Lane>),
    record: &AttemptRecord,
    execution: Option<&Execution>,
) -> Result<bool> {
    let mut transaction = Transaction::default();
    replace(app, &mut transaction, read, lane)?;
    attempts::put(app, &mut transaction, read.endpoint, record)?;
    if let Some(execution) = execution {
        executions::put(app, &mut transaction, record.event_id, execution)?;
    }
    transaction.happens(app).await
}

fn replace(app: &App, transaction: &mut Transaction, read: &Lane, lane: Option<&Lane>) -> Result<()> {
    match lane {
        Some(lane) => put(app, transaction, Some(read), lane),
        None => {
            let key = lane_key(read.endpoint, read.stream);
            transaction.delete_version(&app.store.tables.threads, key, read.version)
        }
    }
}

/// Endpoints that are owed events of streams now.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn due(app: &App, machine: Machine, most: usize) -> Result<Vec<(EndpointId, StreamNo)>> {
    let keys = jobs::due_keys(app, machine, Job::Lane, most).await?;
    let lane = |key: &jobs::JobKey| {
        let endpoint = key.pk.strip_prefix("WEBHOOK#")?.parse().ok()?;
        Some((endpoint, key.sk.strip_prefix("LANE#")?.parse().ok()?))
    };
    Ok(keys.iter().filter_map(lane).collect())
}
