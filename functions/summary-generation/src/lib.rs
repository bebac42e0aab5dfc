//! Has a model write the summary of a visit, as told by hints from SQS: another version of what the rules wrote, and never over what
//! a clinician has looked at (contract A-38).

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use platform::App;
use platform::model::Model;
use platform::queue::SummaryHint;
use web::batch;

mod rewrite;

/// The worker: the app, and the model that writes.
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
        batch::work(event, |machine, hint: SummaryHint| rewrite::rewrite(self, machine, hint.summary)).await
    }
}
