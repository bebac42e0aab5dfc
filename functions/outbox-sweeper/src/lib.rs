//! Every minute: repeats the hint of every thread with something due. The only recovery code there is; a hint that was
//! lost, a worker that died and a hold that passed all come down to this.

use std::collections::BTreeSet;

use domain::error::Result;
use domain::ids::ThreadNo;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::store::due::{SHARDS, page};

/// Hints of one run at most: a backlog is worked off by the workers, not by ever more hints for it.
const MOST: usize = 2_000;

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
            if cursor.is_none() || threads.len() >= MOST / usize::try_from(SHARDS).unwrap_or(1) {
                break;
            }
        }
        tell(app, threads).await;
    }
    Ok(())
}

async fn tell(app: &App, threads: BTreeSet<ThreadNo>) {
    if threads.is_empty() {
        return;
    }
    let threads: Vec<ThreadNo> = threads.into_iter().collect();
    app.metrics.add(Count::SweptMessages, u64::try_from(threads.len()).unwrap_or(u64::MAX), app.now());
    app.hints.tell_all(app, &threads).await;
}
