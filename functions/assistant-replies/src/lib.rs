//! Answers for the assistant, as told by hints from SQS: one reply to a burst of messages, and never a word after somebody
//! else took over.

use assistant::Assistant;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use platform::queue::ThreadHint;
use web::batch;

/// The worker.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Who answers.
    pub assistant: Assistant,
}

impl Worker {
    /// Works through a batch of hints.
    pub async fn work(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::work(event, |machine, hint: ThreadHint| self.assistant.take(machine, hint.thread)).await
    }
}
