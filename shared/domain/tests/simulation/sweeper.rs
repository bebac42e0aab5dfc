//! The sweeper (`outbox-sweeper`): every minute the hint of every thread with something due, and the only recovery code.

use std::time::Duration;

use crate::counters::Count;
use crate::faults::FUNCTION_LIMIT;
use crate::mutation::Mutation;
use crate::queue::Work;
use crate::table::{Job, Tables};
use crate::world::World;

/// How often it runs.
const RATE: Duration = Duration::from_mins(1);

/// The schedule.
pub(crate) async fn sweep_every_minute(world: World) {
    while !world.is(Mutation::NoSweeper) {
        world.kernel.sleep(RATE).await;
        world.invoke(FUNCTION_LIMIT, |world| async move { sweep(&world).await });
    }
}

async fn sweep(world: &World) {
    let Ok(threads) = world.look(Tables::due).await else { return };
    for thread in threads {
        world.may_crash(Count::SweeperCrashes).await;
        world.count(Count::SweptHints);
        world.tell(thread, Duration::ZERO).await;
    }
    if world.is(Mutation::RepliesNotSwept) {
        return;
    }
    let Ok(owed) = world.look(|tables: &mut Tables, now| tables.jobs_due(Job::Reply, now)).await else { return };
    for thread in owed {
        world.count(Count::SweptTurns);
        world.tell_worker(Work::Reply, thread, Duration::ZERO).await;
    }
}
