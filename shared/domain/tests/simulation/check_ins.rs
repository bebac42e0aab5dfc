//! The schedule of check-ins (`check-ins`): every minute what is due, each occasion in one transaction.

use std::time::Duration;

use domain::append::{Change, append};
use domain::check_in::{Circumstances, check_in as check_in_decision};
use domain::error::{Error, Result};
use domain::ids::ThreadNo;
use domain::text::MessageText;
use domain::thread::Thread;
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
        let Some(mut change) = decide(world, &thread).await? else { return Ok(()) };
        let due = thread.care.task.as_ref().and_then(|task| task.check_in.next);
        for draft in &mut change.drafts {
            // So that the checker knows which occasion it was.
            let at = due.ok_or(Error::Internal)?;
            draft.text = MessageText::received(&format!("check-in of {}", at.millis()));
            if world.is(Mutation::CheckInStaysDue) {
                change.care = Some(thread.care.clone());
            }
        }
        let is_sent = !change.drafts.is_empty();
        let kept = append(&thread, change, now)?;
        let alongside = if is_sent { Alongside::activating(world, &thread).await? } else { Alongside::default() };
        world.may_crash(Count::CrashesInCheckIn).await;
        let guard = Guard::of_request(world, None);
        match keep(world, &kept, &guard, alongside).await? {
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

/// The product's own decision.
async fn decide(world: &World, thread: &Thread) -> Result<Option<Change>> {
    let patient = world.patient(thread.patient_id).await?;
    let around = Circumstances {
        patient: &patient,
        template: &world.desk.template,
        zone: &Zone::utc(),
        quiet: QuietHours::default(),
        is_stopped: false,
        asked: None,
    };
    Ok(check_in_decision(thread, around, world.now()))
}
