//! `GET /_local/accounts` and `POST /_local/token`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refusal;
use crate::accounts::{self, TokenWish};
use crate::stack::Running;

#[derive(Debug, Deserialize)]
pub(super) struct TokenBody {
    claims: Map<String, Value>,
    /// Seconds; negative for a token that has expired.
    expires_in: Option<i64>,
    /// Another secret than the runner's.
    secret: Option<String>,
    /// `HS256`, `HS384`, `HS512` or `none`.
    alg: Option<String>,
}

pub(super) async fn accounts(State(running): State<Running>) -> Json<Vec<Value>> {
    let with_token = |account: accounts::Account| {
        let wish = TokenWish { claims: account.claims(), ..TokenWish::default() };
        let token = accounts::token(wish, &running.secrets.tokens, running.clock.now());
        let mut view = serde_json::to_value(&account).unwrap_or_default();
        if let Some(fields) = view.as_object_mut() {
            fields.insert("token".to_owned(), json!(token));
        }
        view
    };
    Json(accounts::accounts().into_iter().map(with_token).collect())
}

pub(super) async fn token(State(running): State<Running>, Json(body): Json<TokenBody>) -> Response {
    let secret = body.secret.as_deref().unwrap_or(&running.secrets.tokens);
    let wish = TokenWish { claims: body.claims, expires_in_s: body.expires_in, algorithm: body.alg.as_deref() };
    match accounts::token(wish, secret, running.clock.now()) {
        Some(token) => Json(json!({ "token": token })).into_response(),
        None => refusal(StatusCode::BAD_REQUEST, "alg must be HS256, HS384, HS512 or none"),
    }
}
