//! The delivery worker (`whatsapp-delivery`): the undecided messages of a thread in order, and never one past another
//! that is undecided.

use std::time::Duration;

use domain::delivery::{Delivery, Failure, Status, Step};
use domain::error::{Error, Result};
use domain::ids::ThreadNo;
use domain::message::Message;
use domain::thread::Thread;
use domain::time::Timestamp;

use crate::counters::Count;
use crate::mutation::Mutation;
use crate::store::deliveries::keep;
use crate::store::messages::{self, Part};
use crate::world::World;
use attempt::attempt;

mod attempt;

/// Messages read at once: 50 in the product, fewer here so that one stretch is often not enough.
const CHUNK: usize = 8;
/// After this long the rest is left to another hint.
const TIME: Duration = Duration::from_secs(15);

/// How the thread goes on after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// To the next message.
    Onward,
    /// Another worker is at this thread.
    Stop,
    /// Not before then.
    Later(Timestamp),
}

impl After {
    /// Onward when our write happened; else somebody else is at this message.
    fn when(happened: bool) -> Self {
        if happened { Self::Onward } else { Self::Stop }
    }
}

/// Delivers what is undecided in a thread.
pub(crate) async fn deliver(world: &World, no: ThreadNo) -> Result<()> {
    let started = world.now();
    loop {
        let thread = match world.thread(no).await {
            Err(Error::NotFound) => return Ok(()),
            loaded => loaded?,
        };
        let Some(message) = next_undecided(world, &thread).await? else {
            return Ok(());
        };
        if world.now().since(started) > TIME {
            world.tell(no, Duration::ZERO).await;
            return Ok(());
        }
        world.may_crash(Count::CrashesBeforeClaim).await;
        match step(world, &thread, &message).await? {
            After::Onward => {}
            After::Stop => {
                world.count(Count::WorkersMet);
                return Ok(());
            }
            After::Later(until) => {
                world.tell(no, until.since(world.now())).await;
                return Ok(());
            }
        }
    }
}

/// The first message of the thread whose outcome is not known.
async fn next_undecided(world: &World, thread: &Thread) -> Result<Option<Message>> {
    let mut after = thread.delivered_through;
    loop {
        let stretch = messages::read(world, thread, Part::After(after), CHUNK).await?;
        let is_full = stretch.messages.len() >= CHUNK;
        after = stretch.messages.last().map_or(after, |message| message.seq);
        let found = stretch.messages.into_iter().find(|message| message.is_undecided() && !passed_over(world, message));
        if found.is_some() || !is_full {
            return Ok(found);
        }
    }
}

/// One mutant does not wait for a message that cannot be sent yet.
fn passed_over(world: &World, message: &Message) -> bool {
    let step = message.delivery.as_ref().map(|delivery| delivery.step(world.now(), world.settings.policy));
    world.is(Mutation::UndecidedPassedOver) && matches!(step, Some(Step::Wait { .. }))
}

async fn step(world: &World, thread: &Thread, message: &Message) -> Result<After> {
    let delivery = message.delivery.as_ref().ok_or(Error::Internal)?;
    match decided(world, delivery) {
        Step::Pass => Ok(After::Onward),
        Step::Wait { until } => Ok(After::Later(until)),
        Step::GiveUp => {
            let failed = delivery.failed(Failure::InDoubt, None);
            let happened = keep(world, message, &failed, None).await?;
            if happened {
                world.count(Count::InDoubtGivenUp);
            }
            Ok(After::when(happened))
        }
        Step::Send { .. } => attempt(world, thread, message).await,
    }
}

/// The product's decision, or in one mutant none about the hold.
fn decided(world: &World, delivery: &Delivery) -> Step {
    match delivery.step(world.now(), world.settings.policy) {
        Step::Wait { .. } if delivery.status == Status::Sending && world.is(Mutation::NoHold) => {
            Step::Send { again: true }
        }
        step => step,
    }
}
