//! `POST /webhooks/whatsapp` (I-1, I-2): messages and statuses. Answers 200 only when every message is kept or known, so
//! that Meta delivers again whatever is not.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::IntoResponse;
use domain::Error;
use domain::contact::ContactKey;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::store::contacts;
use platform::store::retry::Attempts;
use platform::whatsapp::envelope::{self, Event};
use platform::whatsapp::signature::is_signed;
use web::{Refusal, Reply};

use crate::{Webhook, inbound, status};

/// Meta's own limit.
const LARGEST_BODY: usize = 3 * 1024 * 1024;

/// Receive messages of patients and statuses of messages to them.
#[utoipa::path(
    post,
    path = "/webhooks/whatsapp",
    tag = "whatsapp",
    operation_id = "receive_whatsapp_webhook",
    params(("X-Hub-Signature-256" = String, Header, description = "`sha256=` and the HMAC of the body.")),
    request_body(content = String, content_type = "application/json", description = "Meta's envelope."),
    responses(
        (status = 200, description = "Everything in it is kept or known.", body = String, content_type = "text/plain"),
        (status = 403, description = "The signature is missing or wrong."),
        (status = 405, description = "Only GET and POST."),
        (status = 413, description = "Larger than 3 MB."),
        (status = 500, description = "Something in it is not kept; deliver it again."),
    )
)]
pub(crate) async fn receive(State(webhook): State<Webhook>, request: Request) -> Reply {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| Refusal::TooLarge)?;
    let signature = parts.headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    if !is_signed(&webhook.whatsapp.app_secret, &body, signature) {
        webhook.app.count(Count::SignatureRefused);
        return Err(Error::Forbidden.into());
    }
    let Ok(envelope) = envelope::read(&body, &webhook.whatsapp.phone_number_id, webhook.app.now()) else {
        // Signed by Meta and still nothing that we read: delivering it again would not help.
        tracing::error!("a signed webhook is not a WhatsApp envelope");
        return Ok("EVENT_RECEIVED".into_response());
    };
    if envelope.unreadable > 0 {
        tracing::error!(
            parts = envelope.unreadable,
            "parts of a signed webhook are not understood; nothing is kept of them"
        );
        webhook.app.count(Count::WebhookUnreadable);
    }
    let mut refused = None;
    for event in envelope.events {
        if let Err(error) = take(&webhook, Machine::of_invocation(), event).await {
            refused = Some(error);
        }
    }
    // One answer for all: what was kept is known when Meta delivers the whole again.
    match refused {
        None => Ok("EVENT_RECEIVED".into_response()),
        Some(error) => {
            tracing::error!(%error, "not everything in a webhook could be kept; Meta delivers it again");
            Err(Error::Internal.into())
        }
    }
}

/// A patient has a new number. Somebody whom we do not know may change theirs as they like.
async fn change_number(app: &App, machine: Machine, (from, to): (ContactKey, ContactKey)) -> domain::Result<()> {
    let mut attempts = Attempts::default();
    while let Some(contact) = contacts::find(app, machine.into(), std::slice::from_ref(&from)).await?.contact {
        if contacts::change_number(app, machine, &contact, &to).await? {
            break;
        }
        attempts.again(app).await?;
    }
    Ok(())
}

async fn take(webhook: &Webhook, machine: Machine, event: Event) -> domain::Result<()> {
    match event {
        Event::Message(inbound) => inbound::keep_inbound(&webhook.app, machine, *inbound).await,
        Event::Status(update) => status::keep_status(webhook, machine, &update).await,
        Event::NumberChanged { from, to } => change_number(&webhook.app, machine, (from, to)).await,
    }
}
