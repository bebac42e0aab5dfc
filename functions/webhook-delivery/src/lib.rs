//! Tells other systems what happened, as told by hints from SQS: first the lanes of a stream's subscribers, then each lane its events,
//! one after the other (document 004; external contracts, section 4).

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::error::Result;
use platform::App;
use platform::identity::Machine;
use platform::queue::WebhookHint;
use platform::webhook::sender::Sender;
use web::batch;

mod attempt;
mod lane;
mod replay;
mod spread;

/// The worker: the app, and the way to the endpoints.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Everything that the product shares.
    pub app: App,
    /// The way to the endpoints.
    pub sender: Sender,
}

impl Worker {
    /// Works through a batch of hints.
    pub async fn work(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::work(event, |machine, hint: WebhookHint| self.look_at(machine, hint)).await
    }

    async fn look_at(&self, machine: Machine, hint: WebhookHint) -> Result<()> {
        match hint {
            WebhookHint::Events { stream } => spread::spread(&self.app, machine, stream).await,
            WebhookHint::Lane { endpoint, stream } => lane::tell(self, machine, (endpoint, stream)).await,
            WebhookHint::Replay { endpoint } => replay::replay(&self.app, machine, endpoint).await,
        }
    }
}
