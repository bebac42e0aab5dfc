//! Answers for the assistant, as told by hints from SQS: one reply to a burst of messages, and never a word after somebody
//! else took over.

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use platform::App;
use platform::model::Model;
use platform::queue::ThreadHint;
use web::batch;

mod speech;
mod turn;

/// The worker: the app, and the model that answers.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Everything that the product shares.
    pub app: App,
    /// The model.
    pub model: Model,
}

impl Worker {
    /// Works through a batch of hints.
    pub async fn work(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::work(event, |machine, hint: ThreadHint| turn::take(self, machine, hint.thread)).await
    }
}
