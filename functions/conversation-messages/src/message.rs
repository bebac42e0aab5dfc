//! `GET`, `PUT` and `DELETE /patients/messages/{unique_id}/` (CM-get, CM-put, CM-del, A-41): one message. Its earlier texts and its
//! place are kept for ever.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use clinical::assess;
use domain::append::{Change, append};
use domain::audit::{Action, Actor, AuditDraft};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::message::{Author, Message};
use domain::record::{changed, deleted};
use domain::text::MessageText;
use domain::thread::Thread;
use http::StatusCode;
use platform::App;
use platform::identity::Correspondent;
use platform::store::append::{Alongside, Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::seen::Shown;
use platform::store::texts::TextChange;
use platform::store::{messages, seen};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, NoBody, replayed};
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

use crate::conversations::load;
use crate::view::{MessageView, is_shown};
use crate::write::content;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct UpdateBody {
    /// At most 10,000 characters.
    #[schema(example = "Updated message content.", required = true, nullable = false)]
    content: Option<String>,
}

/// One message.
#[utoipa::path(
    get,
    path = "/patients/messages/{unique_id}/",
    tag = "conversation messages",
    operation_id = "get_conversation_message",
    params(("unique_id" = String, Path, description = "The message.")),
    responses((status = 200, description = "The message.", body = MessageView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_message(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(id): PathId<MessageId>,
) -> Reply {
    let (thread, message) = found(&api.app, &caller, id).await?;
    seen::note(&api.app, &caller, (&thread, Shown { from: id.seq, through: id.seq })).await?;
    Ok(Json(MessageView::of(&message, &thread)).into_response())
}

/// A message that is there for the caller, with its conversation.
async fn found(app: &App, caller: &Correspondent, id: MessageId) -> Result<(Thread, Message)> {
    let thread = load(app, caller, ThreadRef::No(id.thread)).await?;
    let message = messages::of_thread(app, &thread, id.seq).await?;
    if is_shown(&message) { Ok((thread, message)) } else { Err(Error::NotFound) }
}

/// Change the text of a message. Only who wrote it and an administrator can.
#[utoipa::path(
    put,
    path = "/patients/messages/{unique_id}/",
    tag = "conversation messages",
    operation_id = "update_conversation_message",
    request_body = UpdateBody,
    params(
        ("unique_id" = String, Path, description = "The message."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The message.", body = MessageView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn update_message(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(id): PathId<MessageId>,
    command: Command<UpdateBody>,
) -> Reply {
    let text = content(command.body.content.as_deref())?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let (thread, message, again) = loop {
        match attempt(&api.app, &caller, (id, Some(&text)), &guard).await? {
            Attempt::Done(written) => break written,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(Json(MessageView::of(&message, &thread)).into_response(), again))
}

/// Delete a message. Only who wrote it and an administrator can.
#[utoipa::path(
    delete,
    path = "/patients/messages/{unique_id}/",
    tag = "conversation messages",
    operation_id = "delete_conversation_message",
    params(
        ("unique_id" = String, Path, description = "The message."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 204, description = "It is deleted."), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete_message(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(id): PathId<MessageId>,
    command: NoBody,
) -> Reply {
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let again = loop {
        match attempt(&api.app, &caller, (id, None), &guard).await {
            Ok(Attempt::Done((.., again))) => break again,
            Ok(Attempt::Raced) => attempts.again(&api.app).await?,
            // What was deleted by the same request before is gone now.
            Err(Error::NotFound) if kept_before(&api.app, &guard).await?.is_some() => break true,
            Err(refusal) => return Err(refusal.into()),
        }
    };
    Ok(replayed(StatusCode::NO_CONTENT.into_response(), again))
}

async fn attempt(
    app: &App,
    caller: &Correspondent,
    (id, text): (MessageId, Option<&MessageText>),
    guard: &Guard,
) -> Result<Attempt<(Thread, Message, bool)>> {
    let (thread, read) = found(app, caller, id).await?;
    let actor = writer(caller, &read)?;
    let (message, change) = decide(app, &thread, (&read, text), actor);
    let append = append(&thread, change, app.now())?;
    let alongside = Alongside { text: Some(TextChange { read: &read, message: &message }), ..Alongside::default() };
    Ok(match keep(app, &append, guard, alongside).await? {
        Attempt::Raced => Attempt::Raced,
        Attempt::Done(Kept::Now) => Attempt::Done((append.thread, message, false)),
        Attempt::Done(Kept::Before { .. }) => Attempt::Done((thread, read, true)),
    })
}

/// As whom the caller changes a message: the patient their own and their app's, an administrator every one.
fn writer(caller: &Correspondent, message: &Message) -> Result<Actor> {
    match caller {
        Correspondent::Patient(_) if matches!(message.author, Author::Patient | Author::App) => Ok(Actor::Patient),
        Correspondent::Administrator(administrator) => {
            Ok(Actor::Administrator { account: administrator.identity().subject().to_owned() })
        }
        Correspondent::Patient(_) | Correspondent::CareTeam(_) => Err(Error::Forbidden),
    }
}

/// What patients change is read by the engines as what they write.
fn decide(
    app: &App,
    thread: &Thread,
    (read, text): (&Message, Option<&MessageText>),
    actor: Actor,
) -> (Message, Change) {
    let Some(text) = text else {
        return (deleted(read, app.now()), about(actor, Action::MessageDeleted { message: read.id() }));
    };
    let assessment = match actor == Actor::Patient && read.author.is_patient() {
        true => assess::message(text.as_str(), None).without_command(),
        false => domain::assessment::Assessment::default(),
    };
    let (message, mut change) = changed(&thread.care, (read, text), &assessment, app.now());
    change.audit.push(AuditDraft { actor, action: Action::MessageChanged { message: read.id() } });
    (message, change)
}

fn about(actor: Actor, action: Action) -> Change {
    Change { audit: vec![AuditDraft { actor, action }], ..Change::default() }
}
