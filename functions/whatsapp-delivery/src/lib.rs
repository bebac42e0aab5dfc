//! Delivers messages to WhatsApp, in the order of their thread, as told by hints from SQS.

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use platform::App;
use platform::queue::ThreadHint;
use platform::whatsapp::graph::Graph;
use web::batch;

mod attempt;
mod media;
mod thread;

/// The worker: the app, and the client of the Graph API.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Everything that the product shares.
    pub app: App,
    /// WhatsApp.
    pub graph: Graph,
}

impl Worker {
    /// Works through a batch of hints.
    pub async fn work(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::work(event, |machine, hint: ThreadHint| thread::deliver(self, machine, hint.thread)).await
    }
}
