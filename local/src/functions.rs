//! The functions by the name of their crate: routers for HTTP, handlers for queues and schedules.

use std::collections::BTreeMap;
use std::sync::Arc;

use assistant::Assistant;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use axum::Router;
use platform::App;
use platform::config::{ModelSettings, Settings, WhatsappApi, WhatsappWebhook, loopback};
use platform::drive::Drive;
use platform::identity::Machine;
use platform::model::Model;
use platform::webhook::sender::Sender;
use platform::whatsapp::graph::Graph;
use web::Api;

use crate::stack::StartError;
use crate::template::Template;

/// Code that a function runs.
#[derive(Clone)]
pub(crate) enum Code {
    /// Answers HTTP.
    Http(Router),
    /// Works through batches of a queue.
    Queue(QueueCode),
    /// Runs on a schedule.
    Schedule(ScheduleCode),
}

/// Code behind a queue.
#[derive(Clone)]
pub(crate) enum QueueCode {
    Delivery(Arc<whatsapp_delivery::Worker>),
    Assistant(Arc<assistant_replies::Worker>),
    Transfers(Arc<media_transfers::Worker>),
    Summaries(Arc<summary_generation::Worker>),
    Webhooks(Arc<webhook_delivery::Worker>),
}

/// Code behind a schedule.
#[derive(Clone)]
pub(crate) enum ScheduleCode {
    Sweeper(Box<App>),
    CheckIns(Box<App>),
}

impl QueueCode {
    pub(crate) async fn run(&self, event: SqsEvent) -> SqsBatchResponse {
        match self {
            Self::Delivery(worker) => worker.work(event).await,
            Self::Assistant(worker) => worker.work(event).await,
            Self::Transfers(worker) => worker.work(event).await,
            Self::Summaries(worker) => worker.work(event).await,
            Self::Webhooks(worker) => worker.work(event).await,
        }
    }
}

impl ScheduleCode {
    pub(crate) async fn run(&self) -> domain::Result<()> {
        match self {
            Self::Sweeper(app) => outbox_sweeper::sweep(app, Machine::of_invocation()).await,
            Self::CheckIns(app) => check_ins::tick(app, Machine::of_invocation()).await,
        }
    }
}

/// The code of every function of the template, by the name of its crate.
///
/// # Errors
/// [`StartError`] when a setting is missing, or when the template names a function that the runner does not have.
pub(crate) fn all(app: &App, settings: &Settings, template: &Template) -> Result<BTreeMap<String, Code>, StartError> {
    let api = Api::new(app.clone(), settings)?;
    let graph = Graph::new(WhatsappApi::from_settings(settings)?)?;
    let drive = Drive::from_settings(settings)?;
    let transfers = media_transfers::Worker { app: app.clone(), graph: graph.clone(), drive: drive.clone() };
    let delivery = whatsapp_delivery::Worker { app: app.clone(), graph };
    let model = Model::new(&ModelSettings::from_settings(settings)?, None)?;
    let symptoms = symptom_assessment::service(&api, model.clone());
    let chat = therapy_chat::service(&api, model.clone());
    let visits = interpreter_visits::Visits::new(app, settings, model.clone()).map_err(StartError::data)?;
    let summaries = summary_generation::Worker { app: app.clone(), model: model.clone() };
    let assistant = assistant_replies::Worker { assistant: Assistant { app: app.clone(), model } };
    let webhook = WhatsappWebhook::from_settings(settings)?;
    let loopback = loopback(settings)?;
    let notifier = webhook_delivery::Worker { app: app.clone(), sender: Sender::network(loopback)? };
    let unmatched = unmatched_routes::service(&app.random).map_err(StartError::data)?;
    let mut code = BTreeMap::from([
        ("assistant-replies", Code::Queue(QueueCode::Assistant(Arc::new(assistant)))),
        ("conversation-messages", Code::Http(conversation_messages::service(&api))),
        ("check-ins", Code::Schedule(ScheduleCode::CheckIns(Box::new(app.clone())))),
        ("directory", Code::Http(directory::service(&api))),
        ("interpreter-visits", Code::Http(interpreter_visits::service(&api, visits))),
        ("media-transfers", Code::Queue(QueueCode::Transfers(Arc::new(transfers)))),
        ("outbox-sweeper", Code::Schedule(ScheduleCode::Sweeper(Box::new(app.clone())))),
        ("patient-threads", Code::Http(patient_threads::service(&api))),
        ("patients", Code::Http(patients::service(&api))),
        ("provider-messages", Code::Http(provider_messages::service(&api))),
        ("therapist-dashboard", Code::Http(therapist_dashboard::service(&api))),
        ("symptom-assessment", Code::Http(symptoms)),
        ("therapy-chat", Code::Http(chat)),
        ("summary-generation", Code::Queue(QueueCode::Summaries(Arc::new(summaries)))),
        ("unmatched-routes", Code::Http(unmatched)),
        ("uploads", Code::Http(uploads::service(&api, drive))),
        ("webhook-delivery", Code::Queue(QueueCode::Webhooks(Arc::new(notifier)))),
        ("webhooks", Code::Http(webhooks::service(&api, loopback))),
        ("whatsapp-delivery", Code::Queue(QueueCode::Delivery(Arc::new(delivery)))),
        ("whatsapp-webhook", Code::Http(whatsapp_webhook::service(app, webhook))),
    ]);
    let found = template.functions.iter().map(|function| {
        let code = code.remove(function.code.as_str());
        code.map(|code| (function.code.clone(), code)).ok_or_else(|| StartError::NoCode(function.code.clone()))
    });
    found.collect()
}
