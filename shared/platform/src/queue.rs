//! Hints for the workers. A hint carries ids only; losing, doubling or reordering hints is harmless, because the table is
//! the truth and the sweeper repeats what is due.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use domain::ids::{EndpointId, MessageId, StreamNo, SummaryId, ThreadNo, UploadId};
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

/// What whoever moves files is told: a message whose media is to be fetched, or a file whose copy is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TransferHint {
    /// Fetch what a patient sent.
    Fetch {
        /// With which message.
        message: MessageId,
    },
    /// Copy a file to Google.
    Mirror {
        /// Which file.
        upload: UploadId,
    },
}

impl TransferHint {
    fn body(&self) -> String {
        match self {
            Self::Fetch { message } => format!(r#"{{"message":{}}}"#, message.get()),
            Self::Mirror { upload } => format!(r#"{{"upload":"{upload}"}}"#),
        }
    }
}

/// What whoever delivers webhooks is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "look_at", rename_all = "snake_case")]
pub enum WebhookHint {
    /// A stream has events of which its subscribers were not told yet.
    Events {
        /// Which stream.
        stream: StreamNo,
    },
    /// An endpoint is owed events of a stream.
    Lane {
        /// Which endpoint.
        endpoint: EndpointId,
        /// Of which stream.
        stream: StreamNo,
    },
    /// An endpoint asked for what it was told before.
    Replay {
        /// Which endpoint.
        endpoint: EndpointId,
    },
}

impl WebhookHint {
    fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What whoever has models write summaries is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryHint {
    /// Which summary.
    pub summary: SummaryId,
}

impl SummaryHint {
    fn body(self) -> String {
        format!(r#"{{"summary":{}}}"#, self.summary.get())
    }
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
        self.send(app, self.url(worker), (body(thread), delay)).await;
    }

    /// Tells a worker about many threads.
    pub async fn tell_all(&self, app: &App, worker: Worker, threads: &[ThreadNo]) {
        self.send_all(app, self.url(worker), threads.iter().copied().map(body).collect()).await;
    }

    /// Tells whoever moves files about one, now or after a delay.
    pub async fn tell_transfer(&self, app: &App, hint: TransferHint, delay: Duration) {
        self.send(app, &self.queues.transfer, (hint.body(), delay)).await;
    }

    /// Tells whoever moves files about many.
    pub async fn tell_transfers(&self, app: &App, hints: &[TransferHint]) {
        self.send_all(app, &self.queues.transfer, hints.iter().map(TransferHint::body).collect()).await;
    }

    /// Tells whoever delivers webhooks, now or after a delay.
    pub async fn tell_webhook(&self, app: &App, hint: WebhookHint, delay: Duration) {
        self.send(app, &self.queues.webhook, (hint.body(), delay)).await;
    }

    /// Tells whoever has models write summaries about one, now or after a delay.
    pub async fn tell_summary(&self, app: &App, hint: SummaryHint, delay: Duration) {
        self.send(app, &self.queues.summary, (hint.body(), delay)).await;
    }

    /// Tells whoever has models write summaries about many.
    pub async fn tell_summaries(&self, app: &App, hints: &[SummaryHint]) {
        self.send_all(app, &self.queues.summary, hints.iter().map(|hint| hint.body()).collect()).await;
    }

    /// Whether the queue to whoever delivers webhooks answers, and how many hints wait in it.
    ///
    /// # Errors
    /// [`domain::Error::Busy`] when it does not answer.
    pub async fn waiting_webhooks(&self) -> domain::Result<u64> {
        let name = QueueAttributeName::ApproximateNumberOfMessages;
        let asked = self.client.get_queue_attributes().queue_url(&self.queues.webhook).attribute_names(name.clone());
        let answer = asked.send().await.map_err(|_| domain::Error::Busy)?;
        let count = answer.attributes().and_then(|attributes| attributes.get(&name)?.parse().ok());
        Ok(count.unwrap_or_default())
    }

    /// Tells whoever delivers webhooks about many.
    pub async fn tell_webhooks(&self, app: &App, hints: &[WebhookHint]) {
        self.send_all(app, &self.queues.webhook, hints.iter().map(WebhookHint::body).collect()).await;
    }

    async fn send(&self, app: &App, url: &str, (body, delay): (String, Duration)) {
        let seconds = delay.min(LONGEST_DELAY).as_millis().div_ceil(1000);
        let delay = i32::try_from(seconds).unwrap_or_default();
        let message = self.client.send_message().queue_url(url).message_body(&body);
        if message.delay_seconds(delay).send().await.is_err() {
            tracing::warn!(hint = body, "the hint was lost; the sweeper repeats it");
            app.count(Count::HintLost);
        }
    }

    async fn send_all(&self, app: &App, url: &str, bodies: Vec<String>) {
        for chunk in bodies.chunks(BATCH) {
            let entries = chunk.iter().enumerate().filter_map(|(index, body)| {
                SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(body).build().ok()
            });
            let batch = self.client.send_message_batch().queue_url(url);
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
        let message = MessageId::new((3_735_928_559 << 20) + 7).unwrap();
        for hint in [TransferHint::Fetch { message }, TransferHint::Mirror { upload: UploadId::from_random(7) }] {
            assert_eq!(serde_json::from_str::<TransferHint>(&hint.body()).unwrap(), hint);
        }
        let summary = SummaryHint { summary: SummaryId::new((3_735_928_559 << 20) + 7).unwrap() };
        assert_eq!(serde_json::from_str::<SummaryHint>(&summary.body()).unwrap(), summary);
        let (endpoint, stream) = (EndpointId::from_random(7), StreamNo::from(thread));
        for hint in
            [WebhookHint::Events { stream }, WebhookHint::Lane { endpoint, stream }, WebhookHint::Replay { endpoint }]
        {
            assert_eq!(serde_json::from_str::<WebhookHint>(&hint.body()).unwrap(), hint);
        }
    }
}
