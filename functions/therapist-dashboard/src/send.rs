//! `POST /request/{section_id}/therapist-dashboard/send` (TD-send): a therapist writes to the subject.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Error;
use domain::text::MessageText;
use domain::therapy::{CONTENT_LIMIT, answered};
use platform::identity::Therapist;
use platform::store::sections;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

use crate::decided::{keep_decided, named};

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TherapistSendBody)]
pub(crate) struct SendBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    conversation_id: Option<u64>,
    /// At most 10,000 characters.
    #[schema(example = "I see you're having a difficult time...", required = true, nullable = false)]
    content: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TherapistSentView)]
pub(crate) struct SentView {
    success: bool,
    #[schema(example = 459)]
    message_id: u64,
}

/// Send a message as the therapist. What the assistant was about to say is not said.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/send",
    tag = "therapist dashboard",
    operation_id = "send_therapist_message",
    request_body = SendBody,
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The message is kept.", body = SentView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<SendBody>,
) -> Reply {
    let no = named(command.body.conversation_id)?;
    let text = MessageText::parse("content", command.body.content.as_deref().unwrap_or_default(), CONTENT_LIMIT)?;
    let text = text.ok_or(Error::Documented("Message cannot be empty"))?;
    let guard = command.guard(&api, therapist.identity());
    let name = sections::name_of_therapist(&api.app, &therapist).await?;
    let decide = |thread: &_| Some(answered(thread, &name, text.clone()));
    let sent = keep_decided(&api.app, &therapist, (no, &guard), decide).await?;
    let message_id = sent.message.ok_or(Error::Internal)?.get();
    Ok(replayed(Json(SentView { success: true, message_id }).into_response(), sent.again))
}
