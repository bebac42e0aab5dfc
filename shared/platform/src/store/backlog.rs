//! `Threads`, in the index `due` under `due_shard = <kind>#<shard>`: whether webhooks have waited too long. Says nothing of whose they
//! are.

use std::time::Duration;

use domain::error::Result;
use futures_util::future::try_join_all;

use super::jobs::{Job, SHARDS, due_shard};
use super::{Query, number, text};
use crate::App;

/// Whether something that webhooks owe has been due for longer than a span.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn is_late(app: &App, by: Duration) -> Result<bool> {
    let shards = [Job::Events, Job::Lane].into_iter().flat_map(|job| (0..SHARDS).map(move |shard| (job, shard)));
    let late = try_join_all(shards.map(|(job, shard)| of_shard(app, due_shard(job, shard), by))).await?;
    Ok(late.contains(&true))
}

async fn of_shard(app: &App, shard: String, by: Duration) -> Result<bool> {
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: Some("due"),
        partition: ("due_shard", text(shard)),
        between: Some(("due", number(&0), number(&app.now().minus(by).millis()))),
        ascending: true,
        limit: 1,
        after: None,
    });
    Ok(!page.await?.items.is_empty())
}
