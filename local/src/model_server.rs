//! A stand-in for a model: it speaks OpenAI's chat completions, answers as it is told, and goes wrong as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

/// The key that it takes.
pub const KEY: &str = "sk-local";
/// The model that it has.
pub const MODEL: &str = "local-model";
const LARGE: usize = 1024 * 1024;

/// The simulated model.
#[derive(Debug, Clone, Default)]
pub struct ModelServer(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    next: VecDeque<Turn>,
    requests: Vec<Value>,
    away: bool,
}

/// What the next request is answered; every member but one is left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// An answer of the expected form with this text.
    pub reply: Option<String>,
    /// With `reply`: how worried it is; `none` when left out.
    pub concern: Option<String>,
    /// A completion with this content, whatever it is.
    pub content: Option<String>,
    /// A completion that refuses.
    #[serde(default)]
    pub refusal: bool,
    /// This status and an error of OpenAI's form.
    pub status: Option<u16>,
    /// With `status`: the error's code, for example `insufficient_quota`.
    pub code: Option<String>,
    /// With `status`: seconds.
    pub retry_after: Option<u32>,
    /// A page of HTML with status 200.
    #[serde(default)]
    pub html: bool,
    /// A body of a megabyte.
    #[serde(default)]
    pub large: bool,
    /// The answer comes that much later.
    pub delay_ms: Option<u64>,
    /// The connection stays open and nothing comes.
    #[serde(default)]
    pub hang: bool,
}

/// The body of `POST /_local/model/script`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptBody {
    #[serde(default)]
    next: Vec<Turn>,
    /// Whether it says of itself that it does not work.
    #[serde(default)]
    away: bool,
}

impl ModelServer {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the next requests are answered, in order.
    pub fn script(&self, next: Vec<Turn>) {
        self.inner().next = next.into();
    }

    pub(crate) fn set(&self, body: ScriptBody) {
        self.script(body.next);
        self.inner().away = body.away;
    }

    /// The bodies of the requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Value> {
        self.inner().requests.clone()
    }

    /// The server.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/v1/chat/completions", post(complete))
            .route("/v1/realtime/client_secrets", post(secret))
            .route("/v1/models", get(models))
            .with_state(self.clone())
    }
}

async fn models(State(server): State<ModelServer>) -> Response {
    match server.inner().away {
        true => refusal(StatusCode::SERVICE_UNAVAILABLE, "server_error", None),
        false => Json(json!({ "object": "list", "data": [{ "id": MODEL, "object": "model" }] })).into_response(),
    }
}

/// A credential of a realtime session, in OpenAI's form of today.
async fn secret(State(server): State<ModelServer>, Json(request): Json<Value>) -> Response {
    let (turn, count) = {
        let mut inner = server.inner();
        inner.requests.push(request.clone());
        (inner.next.pop_front().unwrap_or_default(), inner.requests.len())
    };
    if turn.status.is_some() || turn.html {
        return answer(&turn);
    }
    let session = json!({ "id": format!("sess_of_the_model_{count}"), "object": "realtime.session" });
    Json(json!({ "value": format!("ek_{count}"), "expires_at": 1_900_000_000, "session": session })).into_response()
}

async fn complete(State(server): State<ModelServer>, headers: HeaderMap, body: Bytes) -> Response {
    let is_known =
        headers.get(AUTHORIZATION).is_some_and(|value| value.as_bytes() == format!("Bearer {KEY}").as_bytes());
    let Ok(request) = serde_json::from_slice::<Value>(&body) else {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request_error", None);
    };
    if !is_known {
        return refusal(StatusCode::UNAUTHORIZED, "invalid_api_key", None);
    }
    let model = request.get("model").and_then(Value::as_str);
    let messages = request.get("messages").and_then(Value::as_array);
    if model != Some(MODEL) || messages.is_none_or(|messages| messages.len() < 2) {
        return refusal(StatusCode::NOT_FOUND, "model_not_found", None);
    }
    let turn = {
        let mut inner = server.inner();
        inner.requests.push(request);
        inner.next.pop_front().unwrap_or_default()
    };
    if let Some(delay) = turn.delay_ms {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    if turn.hang {
        return std::future::pending().await;
    }
    answer(&turn)
}

fn answer(turn: &Turn) -> Response {
    if let Some(status) = turn.status {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        return refusal(status, turn.code.as_deref().unwrap_or("server_error"), turn.retry_after);
    }
    if turn.html {
        return ([(CONTENT_TYPE, "text/html")], "<html><body>Gateway</body></html>").into_response();
    }
    if turn.large {
        return Body::from(vec![b'x'; LARGE]).into_response();
    }
    let reply = turn.reply.as_deref().unwrap_or("Thank you for telling me. Since when do you feel this way?");
    let concern = turn.concern.as_deref().unwrap_or("none");
    let content = turn.content.clone().unwrap_or_else(|| json!({ "reply": reply, "concern": concern }).to_string());
    let message = match turn.refusal {
        true => json!({ "role": "assistant", "content": null, "refusal": "I cannot help with that." }),
        false => json!({ "role": "assistant", "content": content, "refusal": null }),
    };
    let choice = json!({ "index": 0, "message": message, "finish_reason": "stop" });
    Json(json!({ "id": "chatcmpl-1", "object": "chat.completion", "model": MODEL, "choices": [choice] }))
        .into_response()
}

fn refusal(status: StatusCode, code: &str, retry_after: Option<u32>) -> Response {
    let error = json!({ "message": "refused", "type": code, "param": null, "code": code });
    let mut response = (status, Json(json!({ "error": error }))).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}
