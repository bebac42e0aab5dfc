//! `POST /patient-threads/send/` (DP-3.2, A-15): a new conversation with its first message.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::append::{Append, channel, open};
use domain::delivery::Channel;
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::message::Message;
use domain::patient::Patient;
use domain::send::not_opted_out;
use domain::start::{StartFields, StartRequest};
use domain::template::{Snippet, Template, hydrate};
use domain::thread::{Assignee, Opening, Thread};
use platform::App;
use platform::conversation::line::Line;
use platform::identity::CareTeam;
use platform::queue::Worker;
use platform::store::append::{Alongside, Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::{messages, patients, providers, templates, threads};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::PatientThreadsRefusals;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StartBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    patient_id: Option<u64>,
    /// What the patient is written; at most 4,096 characters.
    #[schema(example = "Hello, how are you feeling today?", required = true, nullable = false)]
    query: Option<String>,
    /// Who answers the patient: `assistant` (the default), `doctor`, or `human_staff` for staff.
    #[schema(example = "doctor")]
    responder: Option<String>,
    /// Whether the doctor gets a report every day.
    daily_report: Option<bool>,
    /// How much medicine the assistant's answers may presume: `low`, `medium` (the default) or `high`.
    #[schema(example = "medium")]
    expertise_level: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StartedView {
    thread_id: u32,
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8")]
    public_id: String,
    message: String,
    #[schema(example = "doctor")]
    responder: &'static str,
    patient_id: u64,
    #[schema(example = "2024-10-22T15:00:00Z")]
    created: String,
    #[schema(example = "msg_123")]
    message_id: String,
    /// `queued`, or `in_app` when nothing reaches the patient outside.
    #[schema(example = "queued")]
    delivery_status: &'static str,
}

/// Start a conversation with a patient.
#[utoipa::path(
    post,
    path = "/patient-threads/send/",
    tag = "patient threads",
    operation_id = "start_conversation",
    request_body = StartBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The conversation.", body = StartedView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn start_conversation(
    State(api): State<Api>,
    Caller(sender): Caller<CareTeam>,
    command: Command<StartBody>,
) -> Reply {
    let request = StartRequest::parse(fields(&command.body))?;
    let guard = command.guard(&api, sender.identity());
    let mut attempts = Attempts::default();
    let started = loop {
        match attempt(&api.app, &sender, &request, &guard).await? {
            Attempt::Done(started) => break started,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    if !started.again {
        api.app.hints.tell(&api.app, Worker::Delivery, (started.thread.thread, Duration::ZERO)).await;
    }
    Ok(replayed(Json(view(&request, &started)).into_response(), started.again))
}

fn fields(body: &StartBody) -> StartFields<'_> {
    StartFields {
        patient_id: body.patient_id,
        query: body.query.as_deref(),
        responder: body.responder.as_deref(),
        daily_report: body.daily_report.unwrap_or_default(),
        expertise_level: body.expertise_level.as_deref(),
    }
}

/// What was started, now or by an earlier request with the same key.
struct Started {
    thread: Thread,
    message: Message,
    again: bool,
}

async fn attempt(app: &App, sender: &CareTeam, request: &StartRequest, guard: &Guard) -> Result<Attempt<Started>> {
    let patient = patients::load(app, sender, request.patient).await?;
    let (provider, template, line) = tokio::try_join!(
        providers::of_caller(app, sender),
        templates::of_caller(app, sender),
        Line::of(app, sender.into(), &patient)
    )?;
    let caller = Assignee::from(&provider);
    if let Err(refusal) = not_opted_out(line.contact.as_ref().is_some_and(|contact| contact.opted_out)) {
        return match kept_before(app, guard).await? {
            Some(Kept::Before { message, .. }) => again(app, sender, message).await,
            _ => Err(refusal),
        };
    }
    let append = decide(app, request, (&patient, &caller), (&template, &line))?;
    let alongside = Alongside {
        patient: Some((&patient, patient.with_open_thread(caller.provider_id, append.thread.thread))),
        ..line.alongside(&append)
    };
    match keep(app, &append, guard, alongside).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Before { message, .. }) => again(app, sender, message).await,
        Attempt::Done(Kept::Now) => {
            let message = append.messages.into_iter().next().ok_or(Error::Internal)?;
            Ok(Attempt::Done(Started { thread: append.thread, message, again: false }))
        }
    }
}

fn decide(
    app: &App,
    request: &StartRequest,
    (patient, caller): (&Patient, &Assignee),
    (template, line): (&Template, &Line),
) -> Result<Append> {
    let snippet = Snippet { patient: &patient.full_name(), doctor: &caller.name, text: request.query.as_str() };
    // Where the text does not fit the template, it goes out only while the window is open.
    let fallback = hydrate(template, snippet).ok().map(|hydrated| hydrated.template);
    let now = app.now();
    let report_due = app.config.hours.zone.next_hour(now, app.config.hours.report);
    let change = request.change(caller, fallback, report_due)?;
    let channel = channel(line.key.is_some(), patient.demo, app.config.is_live()).unwrap_or(Channel::InApp);
    let opening = Opening { patient, contact: line.key.as_ref(), channel };
    open(Thread::open(opening, app.random.for_thread(), now), change, now)
}

async fn again(app: &App, sender: &CareTeam, message: Option<MessageId>) -> Result<Attempt<Started>> {
    let id = message.ok_or(Error::Internal)?;
    let message = messages::load(app, sender, id);
    let thread = threads::load(app, sender, ThreadRef::No(id.thread));
    let found = tokio::try_join!(message, thread);
    once_visible(found.map(|(message, thread)| Started { thread, message, again: true }))
}

fn view(request: &StartRequest, started: &Started) -> StartedView {
    let thread = &started.thread;
    StartedView {
        thread_id: thread.thread.get(),
        public_id: thread.public_id.to_string(),
        message: started.message.text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned()),
        // As it was asked for: a repeated request is answered the same, whoever answers the thread by now.
        responder: request.responder.name(),
        patient_id: thread.patient_id.get(),
        created: thread.created.rfc3339_seconds(),
        message_id: format!("msg_{}", started.message.id().get()),
        delivery_status: if started.message.delivery.is_some() { "queued" } else { "in_app" },
    }
}
