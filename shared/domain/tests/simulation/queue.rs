//! The queue of hints: at least once, in no order, with a visibility timeout; and the workers that it starts.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use domain::ids::ThreadNo;

use crate::counters::Count;
use crate::faults::{FUNCTION_LIMIT, HINT_DOUBLED, HINT_LATE, HINT_LOST, HINT_NOT_DELETED};
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

#[derive(Debug, Clone, Copy)]
struct Hint {
    thread: ThreadNo,
    received: u32,
}

impl Queue {
    /// Whether no hint is left anywhere.
    pub(crate) fn is_empty(&self) -> bool {
        self.about.is_empty()
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
    /// Tells the workers about a thread, now or after a delay. Never fails, and may come to nothing.
    pub(crate) async fn tell(&self, thread: ThreadNo, delay: Duration) {
        self.take(2, 8).await;
        if self.struck(HINT_LOST, Count::LostHints) {
            return;
        }
        let delay = Duration::from_secs(delay.min(LONGEST_DELAY).as_millis().div_ceil(1000).try_into().unwrap_or(900));
        let copies = if self.struck(HINT_DOUBLED, Count::DoubledHints) { 2 } else { 1 };
        for _ in 0..copies {
            let late = if self.struck(HINT_LATE, Count::LateHints) { self.millis(500, 8_000) } else { Duration::ZERO };
            let span = delay + late + self.millis(5, 60);
            self.enqueue(Hint { thread, received: 0 }, span);
        }
    }

    fn enqueue(&self, hint: Hint, span: Duration) {
        let mut queue = self.queue();
        let about = queue.about.entry(hint.thread).or_default();
        *about += 1;
        self.highest(Count::MostHintsOfAThread, *about);
        drop(queue);
        self.spawn_after(span, move |world| async move { world.arrived(hint) });
    }

    fn arrived(&self, hint: Hint) {
        self.queue().waiting.push_back(hint);
        self.start_workers();
    }

    fn start_workers(&self) {
        loop {
            let mut queue = self.queue();
            if queue.busy >= WORKERS {
                return;
            }
            let Some(hint) = queue.waiting.pop_front() else { return };
            queue.busy += 1;
            drop(queue);
            self.spawn(move |world| async move { world.receive(hint).await });
        }
    }

    /// One delivery of a hint: a worker has it until it is done, crashes or runs out of time.
    async fn receive(&self, hint: Hint) {
        let begun = self.now();
        let reply = self.invoke(FUNCTION_LIMIT, |world| async move { deliver(&world, hint.thread).await.is_ok() });
        // A worker that crashed is noticed by nobody before the visibility timeout has passed.
        let done = reply.wait(&self.kernel, FUNCTION_LIMIT).await.unwrap_or(false);
        self.queue().busy -= 1;
        self.start_workers();
        if done && !self.trouble(HINT_NOT_DELETED) {
            self.queue().gone(hint.thread);
            return;
        }
        self.kernel.sleep_until(begun.plus(VISIBILITY)).await;
        if hint.received + 1 >= RECEIVES {
            self.queue().gone(hint.thread);
            return;
        }
        self.count(Count::RedeliveredHints);
        self.arrived(Hint { received: hint.received + 1, ..hint });
    }
}
