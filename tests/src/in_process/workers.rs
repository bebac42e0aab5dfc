//! The workers of the world in process: run when a test says so, because hints are only hints.

use assistant::Assistant;
use assistant_replies::Worker as AssistantWorker;
use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use domain::webhook::target::Loopback;
use media_transfers::Worker as TransferWorker;
use platform::config::{ModelSettings, WhatsappApi};
use platform::identity::Machine;
use platform::model::Model;
use platform::outward::Outward;
use platform::queue::WebhookHint;
use platform::store::{jobs, lanes, replays};
use platform::webhook::sender::Sender;
use platform::whatsapp::graph::Graph;
use webhook_delivery::Worker as WebhookWorker;
use whatsapp_delivery::Worker as DeliveryWorker;

use super::InProcess;

/// The batch that a hint about a thread is in.
fn hint(thread: u64) -> SqsEvent {
    batch(format!(r#"{{"thread":{thread}}}"#))
}

/// The batch that a hint is in.
pub(super) fn batch(body: String) -> SqsEvent {
    let mut message = SqsMessage::default();
    message.message_id = Some("hint".to_owned());
    message.body = Some(body);
    let mut event = SqsEvent::default();
    event.records = vec![message];
    event
}

impl InProcess {
    /// The delivery worker.
    pub fn delivery(&self) -> DeliveryWorker {
        let api = WhatsappApi::from_settings(&self.settings).expect("settings");
        let outward = Outward::in_process(self.meta.server()).expect("a client");
        DeliveryWorker { app: self.app.clone(), graph: Graph::on(outward, api) }
    }

    /// The assistant's worker.
    pub fn assistant(&self) -> AssistantWorker {
        AssistantWorker { assistant: Assistant { app: self.app.clone(), model: self.model() } }
    }

    /// The model as the settings name it.
    pub(super) fn model(&self) -> Model {
        let settings = ModelSettings::from_settings(&self.settings).expect("settings");
        Model::new(&settings, None).expect("a model")
    }

    /// The worker that moves files.
    pub fn transfers(&self) -> TransferWorker {
        let DeliveryWorker { app, graph } = self.delivery();
        TransferWorker { app, graph, drive: Some(self.google.drive()) }
    }

    /// The worker that tells endpoints of events.
    pub fn notifier(&self) -> WebhookWorker {
        let outward = Outward::in_process(self.endpoint.server(&self.app)).expect("a client");
        WebhookWorker { app: self.app.clone(), sender: Sender::on(outward, Loopback::Refused) }
    }

    /// A hint about webhooks reaches its worker; whether it was done.
    pub async fn look_at(&self, hint: WebhookHint) -> bool {
        let event = batch(serde_json::to_string(&hint).expect("a hint"));
        self.notifier().work(event).await.batch_item_failures.is_empty()
    }

    /// Whatever is due of webhooks reaches their worker, in the order in which one follows from the other.
    pub async fn notify(&self) {
        let (app, machine) = (&self.app, Machine::of_invocation());
        for stream in jobs::events_due(app, machine, 100).await.unwrap_or_default() {
            self.look_at(WebhookHint::Events { stream }).await;
        }
        for endpoint in replays::due(app, machine, 100).await.unwrap_or_default() {
            self.look_at(WebhookHint::Replay { endpoint }).await;
        }
        for (endpoint, stream) in lanes::due(app, machine, 100).await.unwrap_or_default() {
            self.look_at(WebhookHint::Lane { endpoint, stream }).await;
        }
    }

    /// A hint to fetch a message's file reaches its worker; whether it was done.
    pub async fn fetch(&self, message: u64) -> bool {
        let event = batch(format!(r#"{{"message":{message}}}"#));
        self.transfers().work(event).await.batch_item_failures.is_empty()
    }

    /// A hint to copy an upload reaches its worker; whether it was done.
    pub async fn mirror(&self, upload: &str) -> bool {
        let event = batch(format!(r#"{{"upload":"{upload}"}}"#));
        self.transfers().work(event).await.batch_item_failures.is_empty()
    }

    /// A hint reaches the delivery worker; whether SQS would bring it again.
    pub async fn deliver(&self, thread: u64) -> bool {
        self.delivery().work(hint(thread)).await.batch_item_failures.is_empty()
    }

    /// A hint reaches the assistant; whether it was done.
    pub async fn reply(&self, thread: u64) -> bool {
        self.assistant().work(hint(thread)).await.batch_item_failures.is_empty()
    }

    /// The sweeper runs.
    pub async fn sweep(&self) {
        // A fault of the table is the next run's to heal.
        let _ = outbox_sweeper::sweep(&self.app, Machine::of_invocation()).await;
    }

    /// The schedule of check-ins runs.
    pub async fn tick(&self) {
        let _ = check_ins::tick(&self.app, Machine::of_invocation()).await;
    }
}
