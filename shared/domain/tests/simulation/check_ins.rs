//! The schedule of check-ins (`check-ins`): every minute what is due, each occasion in one transaction.

use std::time::Duration;

use domain::append::{Change, Draft, append};
use domain::error::{Error, Result};
use domain::ids::ThreadNo;
use domain::message::Author;
use domain::text::MessageText;
use domain::zone::{QuietHours, Zone};

use crate::counters::Count;
use crate::faults::FUNCTION_LIMIT;
use crate::mutation::Mutation;
use crate::store::keep::{Alongside, Guard, keep};
use crate::store::{Attempt, Attempts};
use crate::table::{Job, Tables};
use crate::world::World;

/// How often it runs.
const RATE: Duration = Duration::from_mins(1);

/// The schedule. At times EventBridge invokes twice.
pub(crate) async fn check_in_every_minute(world: World) {
    loop {
        world.kernel.sleep(RATE).await;
        for _ in 0..if world.trouble(100) { 2 } else { 1 } {
            world.invoke(FUNCTION_LIMIT, |world| async move { tick(&world).await });
        }
    }
}

async fn tick(world: &World) {
    let Ok(threads) = world.look(|tables: &mut Tables, now| tables.jobs_due(Job::CheckIn, now)).await else { return };
    for thread in threads {
        // One thread that cannot be helped does not keep the others waiting.
        let _ = check_in(world, thread).await;
    }
}

async fn check_in(world: &World, no: ThreadNo) -> Result<()> {
    let mut attempts = Attempts::default();
    loop {
        let thread = world.thread(no).await?;
        let now = world.now();
        let Some(task) = thread.care.task.as_ref() else { return Ok(()) };
        let tick = task.tick(now);
        let Some(due) = task.due().filter(|_| tick.missed || tick.send.is_some()) else { return Ok(()) };
        let mut care = thread.care.clone();
        let mut after = if tick.missed { task.with_check_in_missed() } else { task.clone() };
        let mut drafts = Vec::new();
        if let Some(at) = tick.send {
            let text = MessageText::received(&format!("check-in of {}", at.millis())).ok_or(Error::Internal)?;
            drafts.push(Draft::text(Author::System, text));
            if !world.is(Mutation::CheckInStaysDue) {
                after = after.with_check_in_sent(thread.last_seq.next(), now, (&Zone::utc(), QuietHours::default()));
            }
        }
        care.task = Some(after);
        let is_sent = !drafts.is_empty();
        let kept = append(&thread, Change { drafts, care: Some(care), ..Change::default() }, now)?;
        world.may_crash(Count::CrashesInCheckIn).await;
        let guard = Guard::of_check_in(world, no, due);
        match keep(world, &kept, &guard, Alongside::default()).await? {
            Attempt::Raced => attempts.again(world).await?,
            Attempt::Done(_) => {
                if is_sent {
                    world.count(Count::CheckIns);
                    world.may_crash(Count::CrashesInCheckIn).await;
                    world.tell(no, Duration::ZERO).await;
                }
                return Ok(());
            }
        }
    }
}
