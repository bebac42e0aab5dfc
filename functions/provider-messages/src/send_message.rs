//! `POST /providermessages/send-message/` (PM-3.3, A-9, A-16, A-17): text and media into a thread.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::media::MediaUrl;
use domain::send::{SendFields, SendRequest};
use platform::conversation::media::settled;
use platform::conversation::send::{Order, Right, Sent, send};
use platform::identity::CareTeam;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::delivery::DeliveryView;
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Body {
    /// The thread, by public id or integer id.
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8", required = true, nullable = false)]
    public_id: Option<String>,
    /// Required unless `media_url` is given. At most 4,096 characters; 1,024 as a caption.
    #[schema(example = "Here is your updated prescription.")]
    message: Option<String>,
    /// The `s3_url` of an upload, or an address on a host that the operator allows.
    #[schema(example = "https://cdn.prestigehealth.app/uploads/prescription-123.pdf")]
    media_url: Option<String>,
    /// `image`, `video`, `audio` or `document`; required with `media_url`.
    #[schema(example = "document")]
    media_type: Option<String>,
    #[schema(example = "prescription-123.pdf")]
    media_filename: Option<String>,
    #[schema(example = "application/pdf")]
    media_mime_type: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct View {
    success: bool,
    #[schema(example = "Message sent successfully")]
    message: &'static str,
    #[schema(example = "existing")]
    conversation_type: &'static str,
    public_id: String,
    thread_id: u32,
    message_id: u64,
    media_url: Option<String>,
    media_type: Option<&'static str>,
    media_type_display: Option<&'static str>,
    delivery: DeliveryView,
}

/// Send text or media into an existing thread.
#[utoipa::path(
    post,
    path = "/providermessages/send-message/",
    tag = "provider messages",
    operation_id = "send_message",
    request_body = Body,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The message is kept and on its way.", body = View), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn send_message(
    State(api): State<Api>,
    Caller(sender): Caller<CareTeam>,
    command: Command<Body>,
) -> Reply {
    let SendRequest { thread, content } = SendRequest::parse(fields(&command.body))?;
    let content = settled(&api.app, &sender, &content).await?;
    let guard = command.guard(&api, sender.identity());
    let sent = send(&api.app, &sender, &Order { thread, content, right: Right::OwnOrFree }, &guard).await?;
    Ok(replayed(Json(view(&sent)).into_response(), sent.again))
}

fn fields(body: &Body) -> SendFields<'_> {
    SendFields {
        public_id: body.public_id.as_deref(),
        message: body.message.as_deref(),
        media_url: body.media_url.as_deref(),
        media_type: body.media_type.as_deref(),
        media_filename: body.media_filename.as_deref(),
        media_mime_type: body.media_mime_type.as_deref(),
    }
}

fn view(sent: &Sent) -> View {
    let media = sent.media.as_ref();
    View {
        success: true,
        message: "Message sent successfully",
        conversation_type: "existing",
        public_id: sent.public_id.to_string(),
        thread_id: sent.thread.get(),
        message_id: sent.message.get(),
        media_url: media.and_then(|media| media.url.as_ref()).map(|url| MediaUrl::as_str(url).to_owned()),
        media_type: media.map(|media| media.kind.name()),
        media_type_display: media.map(|media| media.kind.display()),
        delivery: DeliveryView::queued(),
    }
}
