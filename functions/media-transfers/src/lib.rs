//! Moves files, as told by hints from SQS: what a patient sent from WhatsApp to the bucket, and what is kept to Google Drive.

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::error::{Error, Result};
use platform::App;
use platform::drive::Drive;
use platform::identity::Machine;
use platform::mirror;
use platform::queue::TransferHint;
use platform::whatsapp::graph::Graph;
use tokio::time::Duration;
use web::batch;

mod download;
mod fetch;

/// The longest that a copy's bytes may take: the function has five minutes.
const COPY_LIMIT: Duration = Duration::from_secs(200);

/// The worker: the app, the client of the Graph API, and the service that takes copies, when copies are wanted.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Everything that the product shares.
    pub app: App,
    /// WhatsApp.
    pub graph: Graph,
    /// Google Drive.
    pub drive: Option<Drive>,
}

impl Worker {
    /// Works through a batch of hints.
    pub async fn work(&self, event: SqsEvent) -> SqsBatchResponse {
        batch::work(event, |machine, hint: TransferHint| self.transfer(machine, hint)).await
    }

    async fn transfer(&self, machine: Machine, hint: TransferHint) -> Result<()> {
        match hint {
            TransferHint::Fetch { message } => fetch::fetch(self, machine, message).await,
            TransferHint::Mirror { upload } => {
                match mirror::copy_when_due(&self.app, self.drive.as_ref(), upload, COPY_LIMIT).await {
                    Ok(()) | Err(Error::NotFound) => Ok(()),
                    Err(error) => Err(error),
                }
            }
        }
    }
}
