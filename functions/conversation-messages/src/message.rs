//! `GET`, `PUT` and `DELETE /patients/messages/{unique_id}/` (CM-get, CM-put, CM-del, A-41): one message. Its earlier texts and its
//! place are kept for ever.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use clinical::assess;
use domain::append::{Change, append};
use domain::assessment::Assessment;
use domain::audit::{Action, Actor, AuditDraft};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::message::{Author, Message};
use domain::record::{changed, deleted};
use domain::text::MessageText;
use domain::thread::Thread;
use domain::time::Timestamp;
use http::StatusCode;
use platform::App;
use platform::identity::Correspondent;
use platform::store::append::{Alongside, Kept, keep, keep_nothing, kept_before};
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

/// Change the text of a message. Only who wrote it and an administrator can. The same text changes nothing.
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
    let Written { thread, message, again } = write(&api.app, &caller, (id, Some(&text)), &guard).await?;
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
    let Written { again, .. } = write(&api.app, &caller, (id, None), &guard).await?;
    Ok(replayed(StatusCode::NO_CONTENT.into_response(), again))
}

/// A message as it was written, now or by an earlier request with the same key.
struct Written {
    thread: Thread,
    message: Message,
    again: bool,
}

impl Written {
    /// What an earlier request wrote, whatever became of it: its text, and the moment that its guard remembers.
    fn before(thread: Thread, read: Message, (text, kept): (Option<&MessageText>, Kept)) -> Self {
        let (memo, again) = match kept {
            Kept::Now => (None, false),
            Kept::Before { memo, .. } => (memo, true),
        };
        let moment = memo.and_then(|millis| millis.parse().ok()).map(Timestamp::from_millis);
        let message = Message { text: text.cloned(), edited: moment.or(read.edited), ..read };
        Self { thread, message, again }
    }
}

/// Writes another text, or the tombstone where there is none.
async fn write(
    app: &App,
    caller: &Correspondent,
    wanted: (MessageId, Option<&MessageText>),
    guard: &Guard,
) -> Result<Written> {
    let mut attempts = Attempts::default();
    loop {
        match attempt(app, caller, wanted, guard).await? {
            Attempt::Done(written) => return Ok(written),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}

async fn attempt(
    app: &App,
    caller: &Correspondent,
    (id, text): (MessageId, Option<&MessageText>),
    guard: &Guard,
) -> Result<Attempt<Written>> {
    let thread = load(app, caller, ThreadRef::No(id.thread)).await?;
    let read = messages::of_thread(app, &thread, id.seq).await?;
    let actor = match writer(caller, &read) {
        Ok(actor) => actor,
        // What was written once is answered again, even if it would be refused now.
        Err(refusal) => {
            let kept = kept_before(app, guard).await?.ok_or(refusal)?;
            return Ok(Attempt::Done(Written::before(thread, read, (text, kept))));
        }
    };
    let is_unchanged = text.is_some() && text == read.text.as_ref();
    let (kept, written) = match is_unchanged {
        // The same text is no change: nobody is told again of what it says.
        true => (keep_nothing(app, thread.thread, &remembering(guard, &read)).await?, (thread, read.clone())),
        false => {
            let (message, change) = decide(app, &thread, (&read, text), actor);
            let append = append(&thread, change, app.now())?;
            let alongside =
                Alongside { text: Some(TextChange { read: &read, message: &message }), ..Alongside::default() };
            (keep(app, &append, &remembering(guard, &message), alongside).await?, (append.thread, message))
        }
    };
    Ok(match (kept, written) {
        (Attempt::Raced, _) => Attempt::Raced,
        (Attempt::Done(Kept::Now), (thread, message)) => Attempt::Done(Written { thread, message, again: false }),
        (Attempt::Done(before), (thread, _)) => Attempt::Done(Written::before(thread, read, (text, before))),
    })
}

/// The guard of a request, remembering when the message was last changed.
fn remembering(guard: &Guard, message: &Message) -> Guard {
    guard.remembering(&message.edited.unwrap_or(message.created).millis().to_string())
}

/// As whom the caller changes a message: the patient their own and their app's, an administrator every one.
fn writer(caller: &Correspondent, message: &Message) -> Result<Actor> {
    match caller {
        _ if !is_shown(message) => Err(Error::NotFound),
        Correspondent::Patient(_) if !matches!(message.author, Author::Patient | Author::App) => Err(Error::Forbidden),
        Correspondent::CareTeam(_) => Err(Error::Forbidden),
        Correspondent::Patient(_) | Correspondent::Administrator(_) => Ok(caller.actor()),
    }
}

/// What patients change is read by the engines as what they write; what the text before told already, they tell once.
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
        true => {
            let assessed = |text: &MessageText| assess::message(text.as_str(), thread.asked_before(read.seq));
            let earlier = read.text.as_ref().map(assessed).unwrap_or_default();
            assessed(text).without_command().without_readings_of(&earlier)
        }
        false => Assessment::default(),
    };
    let (message, mut change) = changed(&thread.care, (read, text), &assessment, app.now());
    change.audit.push(AuditDraft { actor, action: Action::MessageChanged { message: read.id() } });
    (message, change)
}

fn about(actor: Actor, action: Action) -> Change {
    Change { audit: vec![AuditDraft { actor, action }], ..Change::default() }
}
