//! `Threads`: `pk = WEBHOOK#<endpoint>`, `sk = JOB#REPLAY`, in the index `due` while the endpoint is owed again what happened since a
//! moment.

use domain::error::Result;
use domain::event::Event;
use domain::ids::{EndpointId, OrganizationId, Seq, StreamNo};
use domain::time::Timestamp;
use domain::webhook::endpoint::Endpoint;
use domain::webhook::lane::Lane;
use serde::{Deserialize, Serialize};

use super::guards::{self, Guard, KeptBy};
use super::jobs::{self, Job};
use super::retry::{Attempt, Attempts};
use super::transaction::Transaction;
use super::{Item, item, key, lanes};
use crate::App;
use crate::identity::{Machine, Operator};

/// A replay as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The endpoint.
    pub endpoint: EndpointId,
    /// What happened since then is owed again, as far as it is not yet.
    pub since: Timestamp,
    /// The last event that is owed again already.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub behind: Option<Event>,
    /// What happened later is told anyway.
    pub until: Timestamp,
    /// Moves with every change.
    pub version: u32,
}

fn replay_key(endpoint: EndpointId) -> Item {
    key(format!("WEBHOOK#{endpoint}"), "JOB#REPLAY")
}

fn entry(replay: &Replay, due: Timestamp) -> Result<Item> {
    let mut row = item(replay_key(replay.endpoint), replay)?;
    row.extend(jobs::entry(Job::Replay, jobs::endpoint_shard(replay.endpoint), due));
    Ok(row)
}

/// Owes an endpoint again what happened since a moment, once per guard, in place of a replay that is not done. Answers whether an
/// earlier request with the same key did.
///
/// # Errors
/// [`domain::Error::NotFound`] for an endpoint for which the operator does not act; else as [`super::append::keep`].
pub async fn begin(
    app: &App,
    operator: &Operator,
    guard: &Guard,
    (endpoint, since): (&Endpoint, Timestamp),
) -> Result<bool> {
    operator.acts_for(endpoint.organization_id)?;
    let (organization_id, until) = (endpoint.organization_id, app.now());
    // Another version than that of a replay that is being worked on, whose worker finds that it is another one now.
    let version = u32::try_from(app.random.bits() >> 33).unwrap_or_default();
    let replay = Replay { organization_id, endpoint: endpoint.id, since, behind: None, until, version };
    let mut attempts = Attempts::default();
    loop {
        let mut transaction = Transaction::default();
        transaction.put(&app.store.tables.threads, entry(&replay, until)?)?;
        match guards::keep(app, transaction, (guard, guard.pointer(0, true))).await? {
            Attempt::Done(by) => return Ok(by != KeptBy::Us),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}

/// What an endpoint is to be told again; nothing when it is nothing.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn load(app: &App, _: Machine, endpoint: EndpointId) -> Result<Option<Replay>> {
    app.store.get(&app.store.tables.threads, replay_key(endpoint)).await
}

/// Keeps how far a replay has come, or that it is done. `false` when it is no longer as it was read.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when the table does not answer.
pub async fn keep(app: &App, _: Machine, read: &Replay, behind: Option<Event>) -> Result<bool> {
    let mut transaction = Transaction::default();
    let table = &app.store.tables.threads;
    match behind {
        Some(event) => {
            let version = read.version.wrapping_add(1);
            let replay = Replay { behind: Some(event), version, ..read.clone() };
            transaction.put_over(table, entry(&replay, app.now())?, read.version)?;
        }
        None => transaction.delete_version(table, replay_key(read.endpoint), read.version)?,
    }
    transaction.happens(app).await
}

/// Owes an endpoint again the events of a stream after one up to another.
///
/// # Errors
/// As [`keep`].
pub async fn rewind(
    app: &App,
    machine: Machine,
    replay: &Replay,
    (stream, done, last): (StreamNo, Seq, Seq),
) -> Result<()> {
    let mut attempts = Attempts::default();
    loop {
        let read = lanes::load(app, machine, (replay.endpoint, stream)).await?;
        let owner = (replay.organization_id, replay.endpoint);
        let lane = match &read {
            Some(read) => read.rewound((done, last), app.now()),
            None => Lane::opened(owner, stream, (done, last), app.now()),
        };
        let mut transaction = Transaction::default();
        lanes::put(app, &mut transaction, read.as_ref(), &lane)?;
        if transaction.happens(app).await? {
            return Ok(());
        }
        attempts.again(app).await?;
    }
}

/// Endpoints with a replay that is not done.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn due(app: &App, machine: Machine, most: usize) -> Result<Vec<EndpointId>> {
    let keys = jobs::due_keys(app, machine, Job::Replay, most).await?;
    Ok(keys.iter().filter_map(|key| key.pk.strip_prefix("WEBHOOK#")?.parse().ok()).collect())
}
