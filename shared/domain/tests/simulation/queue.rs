//! The queue of hints: at least once, in no order, with a visibility timeout; and the workers that it starts.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use domain::ids::ThreadNo;
use domain::time::Timestamp;

use crate::assistant::take_turn;
use crate::counters::Count;
use crate::faults::{FUNCTION_LIMIT, HINT_DOUBLED, HINT_LATE, HINT_LOST, HINT_NOT_DELETED, REPLY_HINT_LOST};
use crate::worker::deliver;
use crate::world::World;

/// Workers side by side (`MaximumConcurrency` of the template).
const WORKERS: usize = 20;
/// How long a hint stays away while a worker has it.
const VISIBILITY: Duration = Duration::from_secs(180);
/// How often the queue brings a hint.
const RECEIVES: u32 = 5;
/// SQS delays a message by at most 15 minutes.
const LONGEST_DELAY: Duration = Duration::from_mins(15);

/// The queue.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiting: VecDeque<Hint>,
    busy: usize,
    /// How many hints of each thread are about.
    about: BTreeMap<ThreadNo, usize>,
}

/// What a hint asks for: in the product each has a queue of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// `whatsapp-delivery`.
    Deliver,
    /// `assistant-replies`.
    Reply,
}

#[derive(Debug, Clone, Copy)]
struct Hint {
    thread: ThreadNo,
    work: Work,
    received: u32,
}

impl Queue {
    /// Whether no hint is left anywhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.about.is_empty()
    }

    /// Whether a worker is free for the hint; else it waits for one.
    fn takes(&mut self, hint: Hint) -> bool {
        let is_free = self.busy < WORKERS;
        if is_free {
            self.busy += 1;
        } else {
            self.waiting.push_back(hint);
        }
        is_free
    }

    fn gone(&mut self, thread: ThreadNo) {
        if let Some(count) = self.about.get_mut(&thread) {
            *count -= 1;
            if *count == 0 {
                self.about.remove(&thread);
            }
        }
    }
}

impl World {
    /// Tells the delivery worker about a thread.
    pub(crate) async fn tell(&self, thread: ThreadNo, delay: Duration) {
        self.tell_worker(Work::Deliver, thread, delay).await;
    }

    /// Tells a worker about a thread, now or after a delay. Never fails, and may come to nothing.
    pub(crate) async fn tell_worker(&self, work: Work, thread: ThreadNo, delay: Duration) {
        self.take(2, 8).await;
        let lost = if work == Work::Reply { REPLY_HINT_LOST } else { HINT_LOST };
        if self.struck(lost, Count::LostHints) {
            return;
        }
        let delay = Duration::from_secs(delay.min(LONGEST_DELAY).as_millis().div_ceil(1000).try_into().unwrap_or(900));
        let copies = if self.struck(HINT_DOUBLED, Count::DoubledHints) { 2 } else { 1 };
        for _ in 0..copies {
            let late = if self.struck(HINT_LATE, Count::LateHints) { self.millis(500, 8_000) } else { Duration::ZERO };
            let span = delay + late + self.millis(5, 60);
            self.enqueue(Hint { thread, work, received: 0 }, span);
        }
    }

    fn enqueue(&self, hint: Hint, span: Duration) {
        let mut queue = self.queue();
        let about = queue.about.entry(hint.thread).or_default();
        *about += 1;
        self.highest(Count::MostHintsOfAThread, *about);
        drop(queue);
        self.spawn_after(span, move |world| async move { receive(&world, hint).await });
    }
}

/// A hint is due: a worker has it until it is done, crashes or runs out of time. Without a free worker it waits.
async fn receive(world: &World, hint: Hint) {
    if !world.queue().takes(hint) {
        return;
    }
    world.kernel.limit(FUNCTION_LIMIT);
    let mut receipt = Received { world: world.clone(), hint, begun: world.now(), is_done: false };
    let done = match hint.work {
        Work::Deliver => deliver(world, hint.thread).await,
        Work::Reply => take_turn(world, hint.thread).await,
    };
    receipt.is_done = done.is_ok() && !world.trouble(HINT_NOT_DELETED);
}

/// A hint in the hands of a worker. When these let go of it, for whatever reason, the queue decides what becomes of it.
struct Received {
    world: World,
    hint: Hint,
    begun: Timestamp,
    is_done: bool,
}

impl Drop for Received {
    fn drop(&mut self) {
        let Self { world, hint, .. } = self;
        let mut queue = world.queue();
        queue.busy -= 1;
        let next = queue.waiting.pop_front();
        if self.is_done || hint.received + 1 >= RECEIVES {
            queue.gone(hint.thread);
        }
        drop(queue);
        if let Some(next) = next {
            world.spawn(move |world| async move { receive(&world, next).await });
        }
        if !self.is_done && hint.received + 1 < RECEIVES {
            world.count(Count::RedeliveredHints);
            let again = Hint { received: hint.received + 1, ..*hint };
            let wait = self.begun.plus(VISIBILITY).since(world.now());
            world.spawn_after(wait, move |world| async move { receive(&world, again).await });
        }
    }
}
