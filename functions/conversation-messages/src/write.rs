//! `POST /patients/conversations/{conversation_id}/messages/` (CM-create): a patient writes, or their app writes down what its own
//! assistant said. The engines read what the patient writes, as in every channel.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use clinical::assess;
use domain::append::{Append, Change, Draft, append};
use domain::assistant::DEBOUNCE;
use domain::error::{Error, Result};
use domain::ids::ThreadRef;
use domain::inbound::in_app;
use domain::message::{Author, Message};
use domain::text::MessageText;
use domain::therapy::CONTENT_LIMIT;
use domain::thread::Thread;
use http::StatusCode;
use platform::App;
use platform::conversation::asked::asked;
use platform::identity::Correspondent;
use platform::queue::Worker;
use platform::store::append::{Alongside, Kept, keep};
use platform::store::guards::Guard;
use platform::store::messages;
use platform::store::retry::{Attempt, Attempts, once_visible};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

use crate::conversations::load;
use crate::view::MessageView;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MessageBody {
    /// `user` or `assistant`.
    #[schema(example = "user", required = true, nullable = false)]
    message_type: Option<String>,
    /// At most 10,000 characters.
    #[schema(example = "This is a new message in the conversation.", required = true, nullable = false)]
    content: Option<String>,
}

/// Create a message.
#[utoipa::path(
    post,
    path = "/patients/conversations/{conversation_id}/messages/",
    tag = "conversation messages",
    operation_id = "create_conversation_message",
    request_body = MessageBody,
    params(
        ("conversation_id" = String, Path, description = "The conversation."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 201, description = "The message.", body = MessageView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn create_message(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(named): PathId<ThreadRef>,
    command: Command<MessageBody>,
) -> Reply {
    if !matches!(caller, Correspondent::Patient(_)) {
        // Whoever answers for the organisation does so in its own threads.
        load(&api.app, &caller, named).await?;
        return Err(Error::Forbidden.into());
    }
    let author = author(command.body.message_type.as_deref())?;
    let text = content(command.body.content.as_deref())?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let written = loop {
        match attempt(&api.app, &caller, (named, author, &text), &guard).await? {
            Attempt::Done(written) => break written,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    tell(&api.app, &written).await;
    let answer = (StatusCode::CREATED, Json(MessageView::of(&written.message, &written.thread))).into_response();
    Ok(replayed(answer, written.again))
}

fn author(message_type: Option<&str>) -> Result<Author> {
    match message_type.map(str::trim) {
        Some("user") => Ok(Author::Patient),
        Some("assistant") => Ok(Author::App),
        None | Some("") => Err(Error::required("message_type")),
        Some(_) => Err(Error::invalid("message_type", "message_type must be one of user, assistant.")),
    }
}

/// What a message says.
pub(crate) fn content(raw: Option<&str>) -> Result<MessageText> {
    let text = MessageText::parse("content", raw.unwrap_or_default(), CONTENT_LIMIT)?;
    text.ok_or_else(|| Error::required("content"))
}

/// What was written, now or by an earlier request with the same key.
struct Written {
    thread: Thread,
    message: Message,
    again: bool,
}

async fn attempt(
    app: &App,
    caller: &Correspondent,
    (named, author, text): (ThreadRef, Author, &MessageText),
    guard: &Guard,
) -> Result<Attempt<Written>> {
    let thread = load(app, caller, named).await?;
    let append = decide(app, &thread, (author, text)).await?;
    match keep(app, &append, guard, Alongside::default()).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Now) => {
            let message = append.messages.into_iter().next().ok_or(Error::Internal)?;
            Ok(Attempt::Done(Written { thread: append.thread, message, again: false }))
        }
        Attempt::Done(Kept::Before { message, .. }) => {
            let id = message.ok_or(Error::Internal)?;
            let found = messages::of_thread(app, &thread, id.seq).await;
            // As it was written, whatever became of it.
            let written = |message| Message { text: Some(text.clone()), edited: None, ..message };
            once_visible(found.map(|message| Written { thread, message: written(message), again: true }))
        }
    }
}

async fn decide(app: &App, thread: &Thread, (author, text): (Author, &MessageText)) -> Result<Append> {
    let draft = Draft::text(author, text.clone());
    let change = match author {
        Author::Patient => {
            let asked = asked(app, thread, text.as_str()).await?;
            let assessment = assess::message(text.as_str(), asked.as_deref()).without_command();
            in_app(&thread.care, draft, &assessment, app.now())
        }
        _ => Change { drafts: vec![draft], ..Change::default() },
    };
    append(thread, change, app.now())
}

/// The assistant owes a reply when a doctor gave it the conversation.
async fn tell(app: &App, written: &Written) {
    if !written.again && written.thread.care.assistant.due.is_some() {
        app.hints.tell(app, Worker::Assistant, (written.thread.thread, DEBOUNCE)).await;
    }
}
