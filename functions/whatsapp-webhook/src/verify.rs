//! `GET /webhooks/whatsapp` (I-1): Meta asks whether the address is ours.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use domain::Error;
use platform::whatsapp::signature::is_verify_token;
use web::Reply;

use crate::Webhook;

/// Answer Meta's verification with its challenge.
#[utoipa::path(
    get,
    path = "/webhooks/whatsapp",
    tag = "whatsapp",
    operation_id = "verify_whatsapp_webhook",
    params(
        ("hub.mode" = String, Query, description = "Always `subscribe`."),
        ("hub.verify_token" = String, Query, description = "The token that the operator gave to Meta."),
        ("hub.challenge" = String, Query, description = "What to answer."),
    ),
    responses(
        (status = 200, description = "The challenge.", body = String, content_type = "text/plain"),
        (status = 403, description = "The token is not ours."),
    )
)]
pub(crate) async fn verify(State(webhook): State<Webhook>, query: Query<BTreeMap<String, String>>) -> Reply {
    let is = |name: &str, value: &str| query.get(name).is_some_and(|given| given == value);
    let token = query.get("hub.verify_token").map(String::as_str).unwrap_or_default();
    if is("hub.mode", "subscribe") && is_verify_token(&webhook.whatsapp.verify_token, token) {
        return Ok(query.get("hub.challenge").cloned().unwrap_or_default().into_response());
    }
    Err(Error::Forbidden.into())
}
