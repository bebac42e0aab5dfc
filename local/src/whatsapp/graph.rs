//! `POST /{version}/{phone_number_id}/messages` of the simulated Graph API.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::checks::{self, Checked};
use super::errors::GraphError;
use super::faults::{Fault, Mode};
use super::{Meta, statuses};

pub(super) async fn messages(
    State(meta): State<Meta>,
    Path((_, phone_number_id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match take(&meta, &phone_number_id, &headers, &body) {
        Ok(Some(answer)) => answer,
        Ok(None) => std::future::pending().await,
        Err(refused) => refused.into_response(),
    }
}

/// The answer; nothing when none is to come.
fn take(meta: &Meta, phone_number_id: &str, headers: &HeaderMap, body: &[u8]) -> Result<Option<Response>, GraphError> {
    let inner = &meta.0;
    checks::sender(inner, headers, phone_number_id)?;
    let body: Value = serde_json::from_slice(body).map_err(|_| GraphError::new(100, "The body is not JSON."))?;
    let fault = inner.script.next().unwrap_or_default();
    if let Some(code) = fault.code {
        return Err(GraphError::new(code, "A fault was asked for"));
    }
    let is_broken = fault.status.is_some() || fault.timeout || fault.hang;
    if is_broken && !fault.after_accept {
        return Ok(broken(&fault));
    }
    let checked = checks::form(inner, &body)?;
    inner.script.limits(&checked.recipient, inner.clock.now())?;
    let mut fail_later = fault.fail_later;
    if let Err(error) = checks::window(inner, &checked) {
        if inner.script.statuses().mode != Mode::AsyncWindow {
            return Err(error);
        }
        fail_later = Some(error.code);
    }
    let wamid = accept(meta, &checked, &body, fail_later);
    if is_broken {
        return Ok(broken(&fault));
    }
    let wa_id = inner.script.wa_id(&checked.recipient);
    let answer = json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": checked.recipient, "wa_id": wa_id }],
        "messages": [{ "id": wamid, "message_status": "accepted" }],
    });
    Ok(Some(Json(answer).into_response()))
}

fn accept(meta: &Meta, checked: &Checked, body: &Value, fail_later: Option<u32>) -> String {
    let inner = &meta.0;
    let wamid = format!("wamid.{}", STANDARD.encode(inner.random.wide().to_be_bytes()));
    inner.ledger.accept(&wamid, &checked.recipient, (body, inner.clock.now()));
    let callback = body.get("biz_opaque_callback_data").cloned().unwrap_or_default();
    statuses::tell(meta, &wamid, (&checked.recipient, &callback), fail_later);
    wamid
}

/// A status without an error code, an answer that breaks off after its head, or none.
fn broken(fault: &Fault) -> Option<Response> {
    (!fault.hang).then(|| breaks(fault.status, fault.timeout))
}

/// A status without an error code, or an answer that breaks off after its head.
pub(super) fn breaks(status: Option<u16>, breaks_off: bool) -> Response {
    if breaks_off {
        let cut = futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("broken off")) });
        return Response::new(Body::from_stream(cut));
    }
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, "<html>Sorry, something went wrong.</html>").into_response()
}
