//! Every minute: repeats the hint of every thread and file with something due. The only recovery code there is; a hint that was
//! lost, a worker that died and a hold that passed all come down to this.

use std::collections::BTreeSet;

use domain::error::Result;
use domain::ids::{SummaryId, ThreadNo};
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::points::Point;
use platform::queue::{SummaryHint, TransferHint, WebhookHint, Worker};
use platform::store::due::{SHARDS, page};
use platform::store::jobs::{self, Job};
use platform::store::{lanes, replays, summaries};

/// Hints of one shard and run at most: a backlog is worked off by the workers, not by ever more hints for it.
const MOST: usize = 250;

/// Repeats the hints of what is due.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer; the next run tries again.
pub async fn sweep(app: &App, machine: Machine) -> Result<()> {
    for shard in 0..SHARDS {
        let mut threads = BTreeSet::new();
        let mut cursor = None;
        loop {
            let found = page(app, machine, shard, cursor).await?;
            threads.extend(found.threads);
            cursor = found.next;
            if cursor.is_none() || threads.len() >= MOST {
                break;
            }
        }
        tell(app, Worker::Delivery, threads).await;
    }
    let owed = jobs::due(app, machine, Job::Reply, MOST).await?;
    tell(app, Worker::Assistant, owed.into_iter().collect()).await;
    tell_transfers(app, &transfers(app, machine).await?).await;
    tell_summaries(app, &summaries::owed(app, machine, MOST).await?).await;
    tell_webhooks(app, &webhooks(app, machine).await?).await;
    Ok(())
}

/// Files that are to be fetched, and those that are to be copied.
async fn transfers(app: &App, machine: Machine) -> Result<Vec<TransferHint>> {
    let fetches = jobs::fetches_due(app, machine, MOST).await?;
    let mirrors = jobs::mirrors_due(app, machine, MOST).await?;
    let fetches = fetches.into_iter().map(|message| TransferHint::Fetch { message });
    Ok(fetches.chain(mirrors.into_iter().map(|upload| TransferHint::Mirror { upload })).collect())
}

/// Streams of which subscribers are to be told, endpoints that are owed events, and those that are owed them again.
async fn webhooks(app: &App, machine: Machine) -> Result<Vec<WebhookHint>> {
    let streams = jobs::events_due(app, machine, MOST).await?;
    let lanes = lanes::due(app, machine, MOST).await?;
    let replays = replays::due(app, machine, MOST).await?;
    let streams = streams.into_iter().map(|stream| WebhookHint::Events { stream });
    let lanes = lanes.into_iter().map(|(endpoint, stream)| WebhookHint::Lane { endpoint, stream });
    Ok(streams.chain(lanes).chain(replays.into_iter().map(|endpoint| WebhookHint::Replay { endpoint })).collect())
}

async fn tell_webhooks(app: &App, hints: &[WebhookHint]) {
    if hints.is_empty() {
        return;
    }
    app.points.reach(Point::SweepFound).await;
    app.metrics.add(Count::SweptMessages, u64::try_from(hints.len()).unwrap_or(u64::MAX), app.now());
    app.hints.tell_webhooks(app, hints).await;
}

async fn tell_transfers(app: &App, hints: &[TransferHint]) {
    if hints.is_empty() {
        return;
    }
    app.points.reach(Point::SweepFound).await;
    app.metrics.add(Count::SweptMessages, u64::try_from(hints.len()).unwrap_or(u64::MAX), app.now());
    app.hints.tell_transfers(app, hints).await;
}

async fn tell_summaries(app: &App, owed: &[SummaryId]) {
    if owed.is_empty() {
        return;
    }
    app.points.reach(Point::SweepFound).await;
    app.metrics.add(Count::SweptMessages, u64::try_from(owed.len()).unwrap_or(u64::MAX), app.now());
    let hints: Vec<SummaryHint> = owed.iter().map(|summary| SummaryHint { summary: *summary }).collect();
    app.hints.tell_summaries(app, &hints).await;
}

async fn tell(app: &App, worker: Worker, threads: BTreeSet<ThreadNo>) {
    if threads.is_empty() {
        return;
    }
    let threads: Vec<ThreadNo> = threads.into_iter().collect();
    app.points.reach(Point::SweepFound).await;
    app.metrics.add(Count::SweptMessages, u64::try_from(threads.len()).unwrap_or(u64::MAX), app.now());
    app.hints.tell_all(app, worker, &threads).await;
}
