//! `GET /request/{section_id}/therapy-chat/messages` (TC-messages): the subject's conversation, or what is new in it.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Result;
use domain::ids::ThreadRef;
use domain::read::has_settled;
use domain::thread::Thread;
use platform::App;
use platform::identity::Subject;
use platform::store::{accounts, sections, seen, tags, threads};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::history::Asked;
use web::openapi::TherapyChatRefusals;
use web::page::Rest;
use web::parameters::Parameters;
use web::therapy::{MOST_TAGS, MessageView, NO_CONVERSATION, PAGE, Viewer, conversation_in};
use web::{Api, Reply};

use crate::place::named;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SubjectMessagesView)]
pub(crate) struct MessagesView {
    messages: Vec<MessageView>,
    /// Null before the first message.
    #[schema(example = 123)]
    conversation_id: Option<u32>,
}

/// The messages of the conversation that is named, or of the one that goes on.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapy-chat/messages",
    tag = "therapy chat",
    operation_id = "get_subject_messages",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("conversation_id" = Option<u64>, Query, description = "The conversation; left out, the one that goes on."),
        ("after" = Option<u64>, Query, description = "Only messages with a greater id."),
        ("cursor" = Option<String>, Query, description = "Older messages: `X-Next-Cursor` of an earlier answer."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 500; 100 when left out."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The messages, oldest first.", body = MessagesView, headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more messages."),
            ("Link", description = "The address of those messages."),
        )),
        (status = 304, description = "Unchanged."),
        TherapyChatRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn get_messages(
    State(api): State<Api>,
    Caller(subject): Caller<Subject>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let asked = Asked::within(&parameters, PAGE)?;
    let Some(thread) = wanted(&api.app, &subject, parameters.get("conversation_id")).await? else {
        return Ok(Json(MessagesView { messages: Vec::new(), conversation_id: None }).into_response());
    };
    let tag = Tag::of(&[&"tc", &thread.thread, &thread.version], has_settled(thread.changed, api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let (history, tags) = tokio::try_join!(asked.read(&api.app, &thread), tags::newest(&api.app, &thread, MOST_TAGS))?;
    let messages = &history.stretch.messages;
    seen::note(&api.app, &subject, (&thread, history.shown())).await?;
    let messages = MessageView::all(messages, &thread, (&tags, Viewer::Subject));
    let view = Json(MessagesView { messages, conversation_id: Some(thread.thread.get()) }).into_response();
    Ok(known.answer(&tag, history.is_whole(), history.with_rest(view, (&rest, &parameters))).await?)
}

/// The conversation that is named, or the one that goes on; nothing when there is none yet.
async fn wanted(app: &App, subject: &Subject, named_by: Option<&str>) -> Result<Option<Thread>> {
    if let Some(raw) = named_by {
        return named(app, subject, conversation_in(raw)?).await.map(Some);
    }
    current(app, subject).await
}

/// The conversation that goes on.
pub(crate) async fn current(app: &App, subject: &Subject) -> Result<Option<Thread>> {
    let section = sections::of_subject(app, subject).await?;
    let known = accounts::of_subject(app, subject, section.organization_id).await?;
    let Some(no) = known.and_then(|known| known.current(subject.section())) else { return Ok(None) };
    match threads::load(app, subject, ThreadRef::No(no)).await {
        // The transaction that made both is still becoming visible.
        Err(domain::Error::NotFound) => Ok(None),
        found => found.map(Some).map_err(|error| error.or_missing(NO_CONVERSATION)),
    }
}
