//! `GET /request/{section_id}/therapist-dashboard/messages` (TD-messages): a conversation, or what is new in it.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::read::has_settled;
use platform::identity::Therapist;
use platform::store::{seen, tags};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::history::Asked;
use web::openapi::TherapyChatRefusals;
use web::page::Rest;
use web::parameters::Parameters;
use web::therapy::{MOST_TAGS, MessageView, PAGE, Viewer};
use web::{Api, Reply};

use crate::decided::{load, named_in};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SectionMessagesView)]
pub(crate) struct MessagesView {
    success: bool,
    messages: Vec<MessageView>,
}

/// The messages of a conversation of the section.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/messages",
    tag = "therapist dashboard",
    operation_id = "get_section_messages",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("conversation_id" = u64, Query, description = "The conversation."),
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
    Caller(therapist): Caller<Therapist>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let no = named_in(parameters.get("conversation_id"))?;
    let asked = Asked::within(&parameters, PAGE)?;
    let thread = load(&api.app, &therapist, no).await?;
    let tag = Tag::of(&[&"td", &thread.thread, &thread.version], has_settled(thread.changed, api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let (history, tags) = tokio::try_join!(asked.read(&api.app, &thread), tags::newest(&api.app, &thread, MOST_TAGS))?;
    let messages = &history.stretch.messages;
    seen::note(&api.app, &therapist, (&thread, history.shown())).await?;
    let messages = MessageView::all(messages, &thread, (&tags, Viewer::Therapist(therapist.user())));
    let view = Json(MessagesView { success: true, messages }).into_response();
    Ok(known.answer(&tag, history.is_whole(), history.with_rest(view, (&rest, &parameters))).await?)
}
