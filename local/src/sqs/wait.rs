//! Waiting for messages without polling: woken by a change or by the moment at which the next message becomes visible.

use std::time::Duration;

use rusqlite::params;
use tokio::time::timeout;

use super::error::Error;
use super::receive::{Received, Wanted};
use super::store::Queues;

/// How often to look again while the clock stands still. A clock that only a test moves says so by
/// [`Queues::clock_moved`]; this is for a system clock that was set back.
const STANDSTILL: Duration = Duration::from_secs(60);

impl Queues {
    /// The moment, in Unix milliseconds, at which a message of the queue is or becomes visible: in the past or now when
    /// one can be received, `None` when the queue is empty or its messages expire before anyone could see them.
    ///
    /// # Errors
    /// [`Refusal::QueueDoesNotExist`](super::Refusal::QueueDoesNotExist).
    pub fn next_visible_at(&self, queue: &str) -> Result<Option<i64>, Error> {
        self.read(|call| {
            let queue = call.queue(queue)?;
            let retention_ms = i64::from(queue.attributes.retention_s) * 1_000;
            let statement = "
                SELECT vis FROM messages WHERE q = ?1 AND MAX(vis, ?2) < sent + ?3 ORDER BY vis LIMIT 1";
            call.first(statement, params![queue.id, call.now, retention_ms], |row| row.get(0))
        })
    }

    /// Returns when a message of the queue is visible by the injected clock. Sends, visibility changes, redrives and
    /// [`Queues::clock_moved`] wake it. Another receiver may still be faster: receive, and wait again when there was
    /// nothing. Dropping the future loses nothing.
    ///
    /// # Errors
    /// [`Refusal::QueueDoesNotExist`](super::Refusal::QueueDoesNotExist), also when the queue is deleted meanwhile.
    pub async fn wait_for_message(&self, queue: &str) -> Result<(), Error> {
        self.wait(queue, None).await
    }

    /// Receives, and waits for a message when there is none: for `wait_s` seconds, or as long as the queue says.
    pub(super) async fn receive_waiting(
        &self,
        queue: &str,
        wanted: &Wanted,
        wait_s: Option<u32>,
    ) -> Result<Vec<Received>, Error> {
        let wait_s = match wait_s {
            Some(wait_s) => wait_s,
            None => self.read(|call| Ok(call.queue(queue)?.attributes.receive_wait_s))?,
        };
        let deadline = self.now() + i64::from(wait_s) * 1_000;
        let poll = async {
            loop {
                let received = self.receive_wanted(queue, wanted)?;
                if !received.is_empty() || self.now() >= deadline {
                    return Ok(received);
                }
                self.wait(queue, Some(deadline)).await?;
            }
        };
        // Where the injected clock stands still, a client that waited its time must be answered nevertheless.
        timeout(Duration::from_secs(wait_s.into()), poll).await.unwrap_or_else(|_elapsed| Ok(Vec::new()))
    }

    async fn wait(&self, queue: &str, deadline: Option<i64>) -> Result<(), Error> {
        let mut stood_still = false;
        loop {
            // Registered before looking: a change between the look and the wait still wakes it.
            let changed = self.changed().notified();
            let now = self.now();
            let visible_at = self.next_visible_at(queue)?;
            let Some(moment) = visible_at.into_iter().chain(deadline).min() else {
                changed.await;
                continue;
            };
            if moment <= now {
                return Ok(());
            }
            let left = Duration::from_millis(u64::try_from(moment - now).unwrap_or(0));
            let pause = if stood_still { left.max(STANDSTILL) } else { left };
            let over = timeout(pause, changed).await.is_err();
            stood_still = over && self.now() <= now;
        }
    }
}
