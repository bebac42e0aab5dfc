//! What Meta tells us, and how: again and again until the answer is 200, at times twice, several events in one body.

use std::rc::Rc;
use std::time::Duration;

use domain::inbound::Inbound;

use crate::counters::Count;
use crate::faults::{CALL_LOST, FUNCTION_LIMIT, REPLY_LOST, WEBHOOK_DOUBLED};
use crate::mutation::Mutation;
use crate::world::World;
use inbound::keep_inbound;
use status::{StatusUpdate, keep_status};

pub(crate) mod inbound;
pub(crate) mod status;

/// The longest that Meta waits between two deliveries of a webhook here; in truth it is hours.
const LONGEST_GAP: Duration = Duration::from_mins(5);

/// One thing that happened.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A patient wrote: the number of the message, who wrote it, and what.
    Message { number: u64, person: usize, inbound: Box<Inbound> },
    /// A message of ours came further.
    Status(StatusUpdate),
}

impl World {
    /// Sends a webhook to the function until it is answered 200.
    pub(crate) fn webhook(&self, wait: Duration, events: Vec<Event>) {
        let events: Rc<[Event]> = events.into();
        if self.struck(WEBHOOK_DOUBLED, Count::WebhookDuplicates) {
            let (events, apart) = (Rc::clone(&events), self.millis(0, 1_500));
            self.spawn_after(wait + apart, move |world| async move { repeat(&world, events).await });
        }
        self.history().webhooks += 1;
        self.spawn_after(wait, move |world| async move {
            repeat(&world, Rc::clone(&events)).await;
            world.history().webhooks -= 1;
        });
    }
}

async fn repeat(world: &World, events: Rc<[Event]>) {
    let mut gap = Duration::from_millis(500);
    while !is_answered(world, &events).await {
        world.count(Count::WebhookRedeliveries);
        world.kernel.sleep(gap).await;
        gap = (gap * 4).min(LONGEST_GAP);
    }
    for event in events.iter() {
        if let Event::Message { number, person, .. } = event {
            world.history().received.insert(*number, *person);
        }
    }
}

async fn is_answered(world: &World, events: &Rc<[Event]>) -> bool {
    world.take(5, 30).await;
    if world.trouble(CALL_LOST) {
        return false;
    }
    let all = Rc::clone(events);
    let reply = world.invoke(FUNCTION_LIMIT, |world| async move { receive(&world, &all).await });
    if world.is(Mutation::WebhookAnsweredFirst) {
        return true;
    }
    reply.wait(&world.kernel, FUNCTION_LIMIT).await.unwrap_or(false) && !world.trouble(REPLY_LOST)
}

/// What the function does: every event, and one answer for all.
async fn receive(world: &World, events: &[Event]) -> bool {
    let mut is_all_kept = true;
    for event in events {
        let kept = match event {
            Event::Message { inbound, .. } => keep_inbound(world, inbound).await,
            Event::Status(update) => keep_status(world, update).await,
        };
        is_all_kept &= kept.is_ok();
    }
    is_all_kept
}
