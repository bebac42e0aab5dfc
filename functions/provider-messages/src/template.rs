//! `POST /providermessages/preview-template-message/` (PM-3.1) and `POST /providermessages/send-template-message/`
//! (PM-3.2, A-15, A-18, A-22): opening or reopening a conversation with a template.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::{Error, Result};
use domain::ids::{MessageId, PatientId, PublicId, ThreadNo, ThreadRef};
use domain::patient::Patient;
use domain::provider::Provider;
use domain::template::{Hydrated, Snippet, hydrate};
use platform::App;
use platform::identity::CareTeam;
use platform::queue::Worker;
use platform::store::append::{Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::{messages, patients, providers, templates, threads};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::delivery::DeliveryView;
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

use decision::{Read, decide};

mod decision;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TemplateMessageBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    patient_id: Option<u64>,
    /// What the doctor adds to the template; becomes one line.
    #[schema(
        example = "I'd like to check how you're doing after yesterday's visit.",
        required = true,
        nullable = false
    )]
    custom_snippet: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PreviewAnswer {
    success: bool,
    preview: Preview,
}

#[derive(Debug, Serialize, ToSchema)]
struct Preview {
    message: String,
    #[schema(example = "doctor_check_in")]
    template_used: String,
    patient_name: String,
    doctor_name: String,
    recipient_phone: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TemplateSent {
    success: bool,
    #[schema(example = "Template message sent successfully")]
    message: &'static str,
    /// `new` when the message opened the thread, else `existing`.
    #[schema(example = "new")]
    conversation_type: &'static str,
    public_id: String,
    thread_id: u32,
    message_id: u64,
    #[schema(example = "doctor_check_in")]
    template_used: String,
    delivery: DeliveryView,
}

/// Show what a template message would say. Nothing is sent.
#[utoipa::path(
    post,
    path = "/providermessages/preview-template-message/",
    tag = "provider messages",
    operation_id = "preview_template_message",
    request_body = TemplateMessageBody,
    responses((status = 200, description = "What the patient would read.", body = PreviewAnswer), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn preview_template_message(
    State(api): State<Api>,
    Caller(sender): Caller<CareTeam>,
    command: Command<TemplateMessageBody>,
) -> Reply {
    let (patient_id, snippet) = parse(&command.body)?;
    let prepared = prepare(&api.app, &sender, patient_id, snippet).await?;
    let preview = Preview {
        message: prepared.hydrated.text.as_str().to_owned(),
        template_used: prepared.hydrated.template.name.as_str().to_owned(),
        patient_name: prepared.patient.full_name(),
        doctor_name: prepared.provider.name.as_str().to_owned(),
        recipient_phone: prepared.patient.phone_number.to_string(),
    };
    Ok(Json(PreviewAnswer { success: true, preview }).into_response())
}

/// Open or reopen a conversation with a template message.
#[utoipa::path(
    post,
    path = "/providermessages/send-template-message/",
    tag = "provider messages",
    operation_id = "send_template_message",
    request_body = TemplateMessageBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The message is kept and on its way.", body = TemplateSent), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send_template_message(
    State(api): State<Api>,
    Caller(sender): Caller<CareTeam>,
    command: Command<TemplateMessageBody>,
) -> Reply {
    let (patient_id, snippet) = parse(&command.body)?;
    let guard = command.guard(&api, sender.identity());
    let mut attempts = Attempts::default();
    let sent = loop {
        match attempt(&api.app, &sender, (patient_id, snippet), &guard).await? {
            Attempt::Done(sent) => break sent,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    if !sent.again {
        api.app.hints.tell(&api.app, Worker::Delivery, (sent.thread, Duration::ZERO)).await;
    }
    Ok(replayed(Json(view(&sent)).into_response(), sent.again))
}

fn parse(body: &TemplateMessageBody) -> Result<(PatientId, &str)> {
    let patient = body.patient_id.ok_or_else(|| Error::required("patient_id"))?;
    let snippet = body.custom_snippet.as_deref().filter(|text| !text.trim().is_empty());
    let snippet = snippet.ok_or_else(|| Error::required("custom_snippet"))?;
    Ok((PatientId::new(patient).ok_or(Error::NotFound)?, snippet))
}

/// Everything that preview and send have in common.
struct Prepared {
    patient: Patient,
    provider: Provider,
    hydrated: Hydrated,
}

async fn prepare(app: &App, sender: &CareTeam, patient_id: PatientId, snippet: &str) -> Result<Prepared> {
    let patient = patients::load(app, sender, patient_id);
    let (patient, provider, template) =
        tokio::try_join!(patient, providers::of_caller(app, sender), templates::of_caller(app, sender))?;
    let snippet = Snippet { patient: &patient.full_name(), doctor: provider.name.as_str(), text: snippet };
    let hydrated = hydrate(&template, snippet)?;
    Ok(Prepared { patient, provider, hydrated })
}

/// What was sent, now or by an earlier request with the same key.
struct Sent {
    public_id: PublicId,
    thread: ThreadNo,
    message: MessageId,
    template: String,
    opened: bool,
    again: bool,
}

async fn attempt(
    app: &App,
    sender: &CareTeam,
    (patient_id, snippet): (PatientId, &str),
    guard: &Guard,
) -> Result<Attempt<Sent>> {
    let prepared = match prepare(app, sender, patient_id, snippet).await {
        Ok(prepared) => prepared,
        Err(refusal) => match kept_before(app, guard).await? {
            Some(Kept::Before { message, opened, .. }) => return again(app, sender, message, opened).await,
            _ => return Err(refusal),
        },
    };
    let Attempt::Done(read) = once_visible(Read::of(app, sender, &prepared.patient).await)? else {
        return Ok(Attempt::Raced);
    };
    let append = decide(app, &prepared, &read)?;
    let first = append.messages.first().ok_or(Error::Internal)?.id();
    match keep(app, &append, guard, read.alongside(&prepared, &append)).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Before { message, opened, .. }) => again(app, sender, message, opened).await,
        Attempt::Done(Kept::Now) => Ok(Attempt::Done(Sent {
            public_id: append.thread.public_id,
            thread: append.thread.thread,
            message: first,
            template: prepared.hydrated.template.name.as_str().to_owned(),
            opened: read.thread.is_none(),
            again: false,
        })),
    }
}

async fn again(app: &App, sender: &CareTeam, id: Option<MessageId>, opened: bool) -> Result<Attempt<Sent>> {
    let id = id.ok_or(Error::Internal)?;
    let message = messages::load(app, sender, id);
    let thread = threads::load(app, sender, ThreadRef::No(id.thread));
    let Attempt::Done((message, thread)) = once_visible(tokio::try_join!(message, thread))? else {
        return Ok(Attempt::Raced);
    };
    let template = message.template.ok_or(Error::Internal)?.name;
    Ok(Attempt::Done(Sent {
        public_id: thread.public_id,
        thread: thread.thread,
        message: id,
        template: template.as_str().to_owned(),
        opened,
        again: true,
    }))
}

fn view(sent: &Sent) -> TemplateSent {
    TemplateSent {
        success: true,
        message: "Template message sent successfully",
        conversation_type: if sent.opened { "new" } else { "existing" },
        public_id: sent.public_id.to_string(),
        thread_id: sent.thread.get(),
        message_id: sent.message.get(),
        template_used: sent.template.clone(),
        delivery: DeliveryView::queued(),
    }
}
