//! `POST /gpt-threads/{id}/send-message/` (DP-3.1, A-9), with the aliases `/gptthreads/…` and `/patient-threads/…`: a text of
//! the one to whom the thread is assigned.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Error;
use domain::ids::ThreadRef;
use domain::send::Content;
use domain::text::{MESSAGE_LIMIT, MessageText};
use platform::conversation::send::{Order, Right, send};
use platform::identity::CareTeam;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::PatientThreadsRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SendBody {
    /// At most 4,096 characters.
    #[schema(example = "Please take another reading tomorrow.", required = true, nullable = false)]
    message: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SentView {
    #[schema(example = "Message sent")]
    status: &'static str,
    #[schema(example = "msg_123")]
    message_id: String,
    /// How far it has come: `queued`, or `in_app` when the patient reads it in an app.
    #[schema(example = "queued")]
    delivery_status: &'static str,
}

/// Send a text into a thread that is assigned to the caller. It takes the thread over from the assistant.
#[utoipa::path(
    post,
    path = "/gpt-threads/{id}/send-message/",
    tag = "patient threads",
    operation_id = "send_thread_message",
    request_body = SendBody,
    params(
        ("id" = String, Path, description = "The integer id or the public id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The message is kept and on its way.", body = SentView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send_message(
    State(api): State<Api>,
    Caller(sender): Caller<CareTeam>,
    PathId(thread): PathId<ThreadRef>,
    command: Command<SendBody>,
) -> Reply {
    let text = MessageText::parse("message", command.body.message.as_deref().unwrap_or_default(), MESSAGE_LIMIT)?;
    let text = text.ok_or(Error::Documented("Message is required"))?;
    let guard = command.guard(&api, sender.identity());
    let order = Order { thread, content: Content { text: Some(text), media: None }, right: Right::Own };
    let sent = send(&api.app, &sender, &order, &guard).await?;
    let message_id = format!("msg_{}", sent.message.get());
    let delivery_status = if sent.goes_out { "queued" } else { "in_app" };
    let view = SentView { status: "Message sent", message_id, delivery_status };
    Ok(replayed(Json(view).into_response(), sent.again))
}

/// The same under the address that other clients use.
#[utoipa::path(
    post,
    path = "/gptthreads/{id}/send-message/",
    tag = "patient threads",
    operation_id = "send_thread_message_gptthreads",
    request_body = SendBody,
    params(("id" = String, Path, description = "The integer id or the public id.")),
    responses((status = 200, description = "The message is kept and on its way.", body = SentView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send_message_gptthreads(
    state: State<Api>,
    sender: Caller<CareTeam>,
    thread: PathId<ThreadRef>,
    command: Command<SendBody>,
) -> Reply {
    send_message(state, sender, thread, command).await
}

/// The same beside the other operations of a thread.
#[utoipa::path(
    post,
    path = "/patient-threads/{id}/send-message/",
    tag = "patient threads",
    operation_id = "send_thread_message_patient_threads",
    request_body = SendBody,
    params(("id" = String, Path, description = "The integer id or the public id.")),
    responses((status = 200, description = "The message is kept and on its way.", body = SentView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send_message_patient_threads(
    state: State<Api>,
    sender: Caller<CareTeam>,
    thread: PathId<ThreadRef>,
    command: Command<SendBody>,
) -> Reply {
    send_message(state, sender, thread, command).await
}
