//! The product's store as it stands in `platform::store`, over the simulated tables: reads that may be throttled,
//! transactions that are sent until an answer comes, and the retry loop of every decision.

use std::rc::Rc;
use std::time::Duration;

use domain::error::{Error, Result};
use domain::ids::{MessageId, PatientId, ThreadNo};
use domain::message::Message;
use domain::patient::Patient;
use domain::thread::Thread;
use domain::time::Timestamp;

use crate::counters::Count;
use crate::faults::READ_THROTTLED;
use crate::table::Tables;
use crate::table::value::{Key, Value};
use crate::world::World;

pub(crate) mod contacts;
pub(crate) mod deliveries;
pub(crate) mod keep;
pub(crate) mod messages;
pub(crate) mod transaction;

/// How often a decision is taken anew (`store::retry`).
const ATTEMPTS: u32 = 10;
const SHORTEST: Duration = Duration::from_millis(10);
const LONGEST: Duration = Duration::from_millis(320);

/// What came of one attempt.
#[derive(Debug)]
pub(crate) enum Attempt<T> {
    /// Kept, or answered by what was kept before.
    Done(T),
    /// Another was faster: read and decide again.
    Raced,
}

/// The attempts of one decision.
#[derive(Debug)]
pub(crate) struct Attempts {
    left: u32,
    ceiling: Duration,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { left: ATTEMPTS, ceiling: SHORTEST }
    }
}

impl Attempts {
    /// Whether this is the first attempt.
    pub(crate) fn is_first(&self) -> bool {
        self.left == ATTEMPTS
    }

    /// Waits before the next attempt; [`Error::Busy`] when there is none.
    pub(crate) async fn again(&mut self, world: &World) -> Result<()> {
        self.left -= 1;
        if self.left == 0 {
            return Err(Error::Busy);
        }
        let wait = jittered(self.ceiling, world.bits());
        world.kernel.sleep(wait).await;
        self.ceiling = (self.ceiling * 2).min(LONGEST);
        Ok(())
    }
}

/// A wait drawn evenly from nothing to `ceiling` (full jitter).
fn jittered(ceiling: Duration, random: u64) -> Duration {
    let millis = u64::try_from(ceiling.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(random % millis.saturating_add(1))
}

impl World {
    /// A plain read: throttled at times, and of this moment.
    pub(crate) async fn look<T>(&self, at: impl FnOnce(&mut Tables, Timestamp) -> T) -> Result<T> {
        self.take(1, 5).await;
        if self.struck(READ_THROTTLED, Count::Throttles) {
            self.take(20, 200).await;
            return Err(Error::Busy);
        }
        Ok(at(&mut self.tables(), self.now()))
    }

    /// One row, strongly consistent.
    pub(crate) async fn get(&self, key: &Key) -> Result<Option<Value>> {
        self.look(|tables, now| tables.seen(key, now)).await
    }

    /// `threads::load`.
    pub(crate) async fn thread(&self, no: ThreadNo) -> Result<Rc<Thread>> {
        let found = self.get(&Key::Thread(no)).await?;
        found.as_ref().and_then(Value::thread).cloned().ok_or(Error::NotFound)
    }

    /// `messages::load`.
    pub(crate) async fn message(&self, id: MessageId) -> Result<Rc<Message>> {
        let found = self.get(&Key::Message(id)).await?;
        found.as_ref().and_then(Value::message).cloned().ok_or(Error::NotFound)
    }

    /// `patients::load`.
    pub(crate) async fn patient(&self, id: PatientId) -> Result<Rc<Patient>> {
        let found = self.get(&Key::Patient(id)).await?;
        found.as_ref().and_then(Value::patient).cloned().ok_or(Error::NotFound)
    }
}
