//! `GET /_local/accounts`, `GET /_local/accounts/{key}/token` and `POST /_local/token`.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::refusal;
use crate::accounts::{self, Account, TokenWish};
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
    let with_token = |account: Account| {
        let mut view = serde_json::to_value(&account).unwrap_or_default();
        if let Some(fields) = view.as_object_mut() {
            fields.insert("token".to_owned(), json!(token_of(&running, &account)));
        }
        view
    };
    Json(accounts::accounts().into_iter().map(with_token).collect())
}

/// The bare token of one account, for a shell variable.
pub(super) async fn of_account(State(running): State<Running>, Path(key): Path<String>) -> Response {
    let account = accounts::accounts().into_iter().find(|account| account.key == key);
    match account.and_then(|account| token_of(&running, &account)) {
        Some(token) => token.into_response(),
        None => refusal(StatusCode::NOT_FOUND, "no account has this key"),
    }
}

fn token_of(running: &Running, account: &Account) -> Option<String> {
    let wish = TokenWish { claims: account.claims(), ..TokenWish::default() };
    accounts::token(wish, &running.secrets.tokens, running.clock.now())
}

pub(super) async fn token(State(running): State<Running>, Json(body): Json<TokenBody>) -> Response {
    let secret = body.secret.as_deref().unwrap_or(&running.secrets.tokens);
    let wish = TokenWish { claims: body.claims, expires_in_s: body.expires_in, algorithm: body.alg.as_deref() };
    match accounts::token(wish, secret, running.clock.now()) {
        Some(token) => Json(json!({ "token": token })).into_response(),
        None => refusal(StatusCode::BAD_REQUEST, "alg must be HS256, HS384, HS512 or none"),
    }
}
