//! `POST /patient-threads/{id}/switch-responder/` (DP-4.1, A-10, A-11), with the aliases `/gptthreads/…` and `/gpt-threads/…`
//! another one answers the thread from now on.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::handoff::{SwitchFields, SwitchRequest};
use domain::ids::ThreadRef;
use platform::App;
use platform::identity::CareTeam;
use platform::queue::Worker;
use platform::store::retry::{Attempt, Attempts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::PatientThreadsRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

use crate::brief::BriefView;
use crate::switched::{Switched, attempt};

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
    /// Whether the patient is told. Where nothing is switched nobody is, whatever `handoff_message` says.
    handoff_message_sent: bool,
    /// For a human who takes over: five lines about the thread as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    brief: Option<BriefView>,
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
    let again = switched.again;
    Ok(replayed(Json(view(switched)).into_response(), again))
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

async fn tell(app: &App, switched: &Switched) {
    if switched.says && !switched.again {
        app.hints.tell(app, Worker::Delivery, (switched.thread, Duration::ZERO)).await;
    }
    if let Some(due) = switched.turn_due {
        app.hints.tell(app, Worker::Assistant, (switched.thread, due.since(app.now()))).await;
    }
}

fn view(switched: Switched) -> SwitchedView {
    let assigned = switched.assigned.as_ref();
    SwitchedView {
        success: true,
        message: format!("Switched to {} responder", switched.current.name()),
        previous_responder: switched.previous.name(),
        current_responder: switched.current.name(),
        responder_provider_id: assigned.map(|assignee| assignee.provider_id.get()),
        responder_provider_name: assigned.map(|assignee| assignee.name.clone()),
        handoff_message_sent: switched.says,
        brief: switched.brief,
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
