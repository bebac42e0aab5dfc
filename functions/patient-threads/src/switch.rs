//! `POST /patient-threads/{id}/switch-responder/` (DP-4.1, A-10, A-11), with the aliases `/gptthreads/…` and `/gpt-threads/…`
//! another one answers the thread from now on.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use clinical::brief::{Brief, Sources, brief};
use domain::append::append;
use domain::error::Result;
use domain::handoff::{Moment, Parties, SwitchFields, SwitchRequest, Target, fits, switch, unknown_provider};
use domain::ids::ThreadRef;
use domain::message::Message;
use domain::responder::Responder;
use domain::thread::{Assignee, Thread};
use platform::App;
use platform::identity::CareTeam;
use platform::queue::Worker;
use platform::store::append::{Alongside, Kept, keep, keep_nothing};
use platform::store::guards::Guard;
use platform::store::messages::Part;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{alerts, messages, observations, patients, providers, threads};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::PatientThreadsRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

/// Messages, observations and alerts that a brief is made from.
const RECENT: u32 = 50;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SwitchBody {
    /// `assistant`, `doctor` or `human_staff`.
    #[schema(example = "doctor", required = true, nullable = false)]
    responder: Option<String>,
    /// Required for a doctor and for human staff.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 101)]
    provider_id: Option<u64>,
    /// Whether the task's objective is achieved.
    objective_completed: Option<bool>,
    /// Whether the patient is told; when left out, whether `handoff_message` says something.
    send_handoff_message: Option<bool>,
    /// What the patient is told; a text of ours when left out.
    #[schema(example = "I'm taking over this conversation to provide personalized care.")]
    handoff_message: Option<String>,
    /// What the assistant is told when it takes over; the patient does not see it.
    instructions: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SwitchedView {
    success: bool,
    #[schema(example = "Switched to doctor responder")]
    message: String,
    #[schema(example = "assistant")]
    previous_responder: &'static str,
    #[schema(example = "doctor")]
    current_responder: &'static str,
    responder_provider_id: Option<u64>,
    #[schema(example = "Dr. Smith")]
    responder_provider_name: Option<String>,
    /// For a human who takes over: five lines about the thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    brief: Option<BriefView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct BriefView {
    reason: String,
    risk: String,
    open_questions: String,
    last_readings: String,
    promised: String,
}

/// Switch who answers a thread.
#[utoipa::path(
    post,
    path = "/patient-threads/{id}/switch-responder/",
    tag = "patient threads",
    operation_id = "switch_responder",
    request_body = SwitchBody,
    params(
        ("id" = String, Path, description = "The integer id or the public id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "Who answers now.", body = SwitchedView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn switch_responder(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    command: Command<SwitchBody>,
) -> Reply {
    let request = SwitchRequest::parse(fields(&command.body))?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let switched = loop {
        match attempt(&api.app, &caller, (named, &request), &guard).await? {
            Attempt::Done(switched) => break switched,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    tell(&api.app, &switched).await;
    let brief = match request.to {
        Target::Assistant => None,
        Target::Provider { .. } => Some(read_brief(&api.app, &switched.thread).await?),
    };
    Ok(replayed(Json(view(&switched, brief)).into_response(), switched.again))
}

fn fields(body: &SwitchBody) -> SwitchFields<'_> {
    SwitchFields {
        responder: body.responder.as_deref(),
        provider_id: body.provider_id,
        objective_completed: body.objective_completed.unwrap_or_default(),
        send_handoff_message: body.send_handoff_message,
        handoff_message: body.handoff_message.as_deref(),
        instructions: body.instructions.as_deref(),
    }
}

/// A thread after a switch, now or by an earlier request with the same key.
struct Switched {
    previous: Responder,
    thread: Thread,
    messages: Vec<Message>,
    again: bool,
}

impl Switched {
    fn unchanged(thread: Thread) -> Self {
        Self { previous: thread.care.responder, thread, messages: Vec::new(), again: false }
    }
}

async fn attempt(
    app: &App,
    caller: &CareTeam,
    (named, request): (ThreadRef, &SwitchRequest),
    guard: &Guard,
) -> Result<Attempt<Switched>> {
    let thread = threads::load(app, caller, named).await?;
    let provider = target(app, caller, request.to).await?;
    let (own, patient) =
        tokio::try_join!(providers::of_caller(app, caller), patients::load(app, caller, thread.patient_id))?;
    let own = Assignee::from(&own);
    let zone = patient.zone(&app.config.hours.zone);
    let moment = Moment { now: app.now(), zone: &zone, quiet: app.config.hours.quiet };
    let parties = Parties { caller: &own, provider: provider.as_ref() };
    let previous = thread.care.responder;
    let guard = &guard.remembering(previous.name());
    let Some(change) = switch(&thread, request, parties, moment) else {
        return Ok(match keep_nothing(app, thread.thread, guard).await? {
            Attempt::Done(Kept::Now) => Attempt::Done(Switched::unchanged(thread)),
            Attempt::Done(before) => Attempt::Done(again(thread, before)),
            Attempt::Raced => Attempt::Raced,
        });
    };
    let append = append(&thread, change, moment.now)?;
    let taken =
        append.thread.care.assigned.as_ref().filter(|assignee| !thread.care.is_assigned_to(assignee.provider_id));
    let patient = taken.map(|taken| (&patient, patient.with_open_thread(taken.provider_id, thread.thread)));
    Ok(match keep(app, &append, guard, Alongside { patient, ..Alongside::default() }).await? {
        Attempt::Done(Kept::Now) => {
            Attempt::Done(Switched { previous, thread: append.thread, messages: append.messages, again: false })
        }
        Attempt::Done(before) => Attempt::Done(again(thread, before)),
        Attempt::Raced => Attempt::Raced,
    })
}

/// The answer to a repeated request: who answered before the first one is what its guard remembers.
fn again(thread: Thread, before: Kept) -> Switched {
    let Kept::Before { memo: Some(memo), .. } = before else { return Switched::unchanged(thread) };
    let previous = Responder::parse(&memo).unwrap_or(thread.care.responder);
    Switched { previous, again: true, ..Switched::unchanged(thread) }
}

/// The human who answers from now on.
async fn target(app: &App, caller: &CareTeam, to: Target) -> Result<Option<Assignee>> {
    let Target::Provider { responder, provider_id } = to else { return Ok(None) };
    let provider = providers::find(app, caller, provider_id).await?.ok_or_else(unknown_provider)?;
    let assignee = Assignee::from(&provider);
    fits(responder, &assignee)?;
    Ok(Some(assignee))
}

async fn tell(app: &App, switched: &Switched) {
    let thread = switched.thread.thread;
    if !switched.messages.is_empty() {
        app.hints.tell(app, Worker::Delivery, (thread, Duration::ZERO)).await;
    }
    if let Some(due) = switched.thread.care.assistant.due {
        app.hints.tell(app, Worker::Assistant, (thread, due.since(app.now()))).await;
    }
}

async fn read_brief(app: &App, thread: &Thread) -> Result<Brief> {
    let (stretch, observations, alerts) = tokio::try_join!(
        messages::read(app, thread, Part::Newest, RECENT),
        observations::newest(app, thread, RECENT),
        alerts::newest(app, thread, RECENT)
    )?;
    let zone = &app.config.hours.zone;
    Ok(brief(Sources { thread, messages: &stretch.messages, observations: &observations, alerts: &alerts, zone }))
}

fn view(switched: &Switched, brief: Option<Brief>) -> SwitchedView {
    let care = &switched.thread.care;
    let assigned = care.assigned.as_ref();
    SwitchedView {
        success: true,
        message: format!("Switched to {} responder", care.responder.name()),
        previous_responder: switched.previous.name(),
        current_responder: care.responder.name(),
        responder_provider_id: assigned.map(|assignee| assignee.provider_id.get()),
        responder_provider_name: assigned.map(|assignee| assignee.name.clone()),
        brief: brief.map(|brief| BriefView {
            reason: brief.reason,
            risk: brief.risk,
            open_questions: brief.open_questions,
            last_readings: brief.last_readings,
            promised: brief.promised,
        }),
    }
}

/// The same under the address that other clients use.
#[utoipa::path(
    post,
    path = "/gptthreads/{id}/switch-responder/",
    tag = "patient threads",
    operation_id = "switch_responder_gptthreads",
    request_body = SwitchBody,
    params(("id" = String, Path, description = "The integer id or the public id.")),
    responses((status = 200, description = "Who answers now.", body = SwitchedView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn switch_responder_gptthreads(
    state: State<Api>,
    caller: Caller<CareTeam>,
    named: PathId<ThreadRef>,
    command: Command<SwitchBody>,
) -> Reply {
    switch_responder(state, caller, named, command).await
}

/// The same beside the sending.
#[utoipa::path(
    post,
    path = "/gpt-threads/{id}/switch-responder/",
    tag = "patient threads",
    operation_id = "switch_responder_gpt_threads",
    request_body = SwitchBody,
    params(("id" = String, Path, description = "The integer id or the public id.")),
    responses((status = 200, description = "Who answers now.", body = SwitchedView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn switch_responder_gpt_threads(
    state: State<Api>,
    caller: Caller<CareTeam>,
    named: PathId<ThreadRef>,
    command: Command<SwitchBody>,
) -> Reply {
    switch_responder(state, caller, named, command).await
}
