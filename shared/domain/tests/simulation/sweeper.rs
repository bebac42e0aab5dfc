//! The sweeper (`outbox-sweeper`): every minute the hint of every thread with something due, and the only recovery code.

use std::time::Duration;

use crate::counters::Count;
use crate::faults::FUNCTION_LIMIT;
use crate::mutation::Mutation;
use crate::table::Tables;
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
}
