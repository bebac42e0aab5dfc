//! `GET /patients/conversations/{conversation_id}/messages/` (CM-list, A-40): the messages of a conversation, oldest first.

use axum::extract::State;
use domain::ids::ThreadRef;
use domain::page::BYTE_BUDGET;
use domain::read::has_settled;
use platform::identity::Correspondent;
use platform::store::seen;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::history::Asked;
use web::openapi::ProviderMessagesRefusals;
use web::page::{Items, Rest};
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

use crate::conversations::load;
use crate::view::{MessageView, is_shown};

/// Messages in an answer when the caller does not say.
const DEFAULT: u32 = 500;

/// The messages of a conversation.
#[utoipa::path(
    get,
    path = "/patients/conversations/{conversation_id}/messages/",
    tag = "conversation messages",
    operation_id = "list_conversation_messages",
    params(
        ("conversation_id" = String, Path, description = "The conversation."),
        ("after" = Option<String>, Query, description = "Only messages after this one: `X-Next-Cursor` of an earlier answer."),
        ("cursor" = Option<String>, Query, description = "Only messages before this one."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 500."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The messages, oldest first.", body = [MessageView], headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more messages."),
            ("Link", description = "The address of those messages."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn list_messages(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(named): PathId<ThreadRef>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let asked = Asked::within(&parameters, DEFAULT)?.oldest_first();
    let thread = load(&api.app, &caller, named).await?;
    let tag = Tag::of(&[&"cm", &thread.thread, &thread.version], has_settled(thread.changed, api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let history = asked.read(&api.app, &thread).await?;
    let messages = &history.stretch.messages;
    seen::note(&api.app, &caller, (&thread, history.shown())).await?;
    // The history has kept to the budget already.
    let mut items = Items::new(usize::MAX, BYTE_BUDGET.saturating_mul(2));
    for message in messages.iter().filter(|message| is_shown(message)) {
        items.push(&MessageView::of(message, &thread), String::new())?;
    }
    let response = history.with_rest(items.complete(), (&rest, &parameters));
    Ok(known.answer(&tag, history.is_whole(), response).await?)
}
