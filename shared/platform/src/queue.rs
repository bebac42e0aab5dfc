//! Hints for the workers. A hint carries ids only; losing, doubling or reordering hints is harmless, because the table is
//! the truth and the sweeper repeats what is due.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use domain::ids::ThreadNo;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::config::Queues;
use crate::metrics::Count;

/// What a worker is told: look at this thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadHint {
    /// The thread with something to do.
    pub thread: ThreadNo,
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worker {
    /// Who delivers messages.
    Delivery,
    /// Who answers for the assistant.
    Assistant,
}

/// The queues to the workers.
#[derive(Debug, Clone)]
pub struct Hints {
    client: Client,
    queues: Queues,
}

/// SQS takes at most this many messages in one call.
const BATCH: usize = 10;
/// SQS delays a message by at most 15 minutes; for longer waits the sweeper comes first anyway.
const LONGEST_DELAY: Duration = Duration::from_mins(15);

impl Hints {
    /// The queues at their addresses.
    #[must_use]
    pub fn new(client: Client, queues: Queues) -> Self {
        Self { client, queues }
    }

    fn url(&self, worker: Worker) -> &str {
        match worker {
            Worker::Delivery => &self.queues.delivery,
            Worker::Assistant => &self.queues.assistant,
        }
    }

    /// Tells a worker about a thread, now or after a delay. Never fails: what is lost, the sweeper repeats.
    pub async fn tell(&self, app: &App, worker: Worker, (thread, delay): (ThreadNo, Duration)) {
        let seconds = delay.min(LONGEST_DELAY).as_millis().div_ceil(1000);
        let delay = i32::try_from(seconds).unwrap_or_default();
        let message = self.client.send_message().queue_url(self.url(worker)).message_body(body(thread));
        if message.delay_seconds(delay).send().await.is_err() {
            tracing::warn!(thread = thread.get(), "the hint was lost; the sweeper repeats it");
            app.count(Count::HintLost);
        }
    }

    /// Tells a worker about many threads.
    pub async fn tell_all(&self, app: &App, worker: Worker, threads: &[ThreadNo]) {
        for chunk in threads.chunks(BATCH) {
            let entries = chunk.iter().enumerate().filter_map(|(index, thread)| {
                SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(body(*thread)).build().ok()
            });
            let batch = self.client.send_message_batch().queue_url(self.url(worker));
            let sent = batch.set_entries(Some(entries.collect())).send();
            let lost = sent.await.map_or(chunk.len(), |answer| answer.failed.len());
            if lost > 0 {
                tracing::warn!(lost, "hints were lost; the next sweep repeats them");
                app.metrics.add(Count::HintLost, u64::try_from(lost).unwrap_or(u64::MAX), app.now());
            }
        }
    }
}

fn body(thread: ThreadNo) -> String {
    format!(r#"{{"thread":{}}}"#, thread.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_an_id_and_nothing_else() {
        let thread = ThreadNo::from_random(0xDEAD_BEEF);
        assert_eq!(body(thread), r#"{"thread":3735928559}"#);
        assert_eq!(serde_json::from_str::<ThreadHint>(&body(thread)).unwrap(), ThreadHint { thread });
    }
}
