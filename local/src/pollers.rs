//! Lambda's pollers: they receive batches, invoke the function, delete what it did, and leave what it named as failed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_lambda_events::event::sqs::SqsEvent;
use serde_json::json;

use crate::functions::QueueCode;
use crate::sqs::{Queues, Received, queue_arn};
use crate::template::Trigger;

/// Invocations side by side: enough to show every race, few enough for two cores.
const CONCURRENCY: usize = 4;

/// How much the pollers have in hand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Busy(Arc<AtomicUsize>);

impl Busy {
    /// Whether nothing is in hand but what is held at a point on purpose.
    pub(crate) fn is_idle(&self, held: usize) -> bool {
        self.0.load(Ordering::SeqCst) <= held
    }

    /// Counts something in hand until the guard is dropped.
    pub(crate) fn begin(&self) -> InHand {
        self.0.fetch_add(1, Ordering::SeqCst);
        InHand(Arc::clone(&self.0))
    }
}

/// Something in hand.
pub(crate) struct InHand(Arc<AtomicUsize>);

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Starts the pollers of one queue; they run until the runtime ends.
pub(crate) fn start(queues: &Queues, trigger: &Trigger, code: &QueueCode, busy: &Busy) {
    for _ in 0..CONCURRENCY {
        let (queues, trigger, code, busy) = (queues.clone(), trigger.clone(), code.clone(), busy.clone());
        tokio::spawn(async move {
            loop {
                if queues.wait_for_message(&trigger.queue).await.is_err() {
                    return;
                }
                let in_hand = busy.begin();
                poll(&queues, &trigger, &code).await;
                drop(in_hand);
            }
        });
    }
}

async fn poll(queues: &Queues, trigger: &Trigger, code: &QueueCode) {
    let batch = match queues.receive(&trigger.queue, trigger.batch_size) {
        Ok(batch) if batch.is_empty() => return,
        Ok(batch) => batch,
        Err(error) => return tracing::error!(%error, "a queue cannot be read"),
    };
    let records: Vec<_> = batch.iter().map(|received| record(received, &trigger.queue)).collect();
    let Ok(event) = serde_json::from_value::<SqsEvent>(json!({ "Records": records })) else {
        return;
    };
    // A task of its own, so that a panic is one failed invocation, as it is on Lambda.
    let code = code.clone();
    let Ok(response) = tokio::spawn(async move { code.run(event).await }).await else {
        return;
    };
    let failed = |id: &str| response.batch_item_failures.iter().any(|failure| failure.item_identifier == id);
    for received in batch.iter().filter(|received| !failed(&received.message_id)) {
        if let Err(error) = queues.delete(&trigger.queue, &received.receipt_handle) {
            tracing::error!(%error, "a finished message cannot be deleted");
        }
    }
}

fn record(received: &Received, queue: &str) -> serde_json::Value {
    json!({
        "messageId": received.message_id,
        "receiptHandle": received.receipt_handle,
        "body": received.body,
        "attributes": received.system_attributes(),
        "messageAttributes": {},
        "md5OfBody": received.md5_of_body(),
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn(queue),
        "awsRegion": "us-east-1",
    })
}
