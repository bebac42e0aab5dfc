//! Secrets Manager with one secret: the one that `SECRET_ARN` names.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The name of the secret.
pub(crate) const SECRET_ARN: &str = "arn:aws:secretsmanager:us-east-1:000000000000:secret:whatsapp-AbCdEf";
/// `WHATSAPP_APP_SECRET`: `events/whatsapp-webhook/message.json` is signed with it.
pub(crate) const APP_SECRET: &str = "app-secret-of-the-events";
/// `WHATSAPP_VERIFY_TOKEN`: `events/whatsapp-webhook/verify.json` gives it.
pub(crate) const VERIFY_TOKEN: &str = "verify-token-of-the-events";

/// Serves a secret with this access token until the test's runtime ends.
pub(crate) async fn serve(access_token: &str) -> SocketAddr {
    let secret = BTreeMap::from([
        ("WHATSAPP_ACCESS_TOKEN", access_token),
        ("WHATSAPP_APP_SECRET", APP_SECRET),
        ("WHATSAPP_VERIFY_TOKEN", VERIFY_TOKEN),
        ("OPENAI_API_KEY", "key-of-the-model"),
    ]);
    let answer = json!({ "ARN": SECRET_ARN, "Name": "whatsapp", "SecretString": json!(secret).to_string() });
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = Router::new().fallback(async move |headers: HeaderMap, body: Bytes| get(&headers, &body, &answer));
    tokio::spawn(axum::serve(listener, router).into_future());
    address
}

fn get(headers: &HeaderMap, body: &[u8], answer: &Value) -> Response {
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    let is_get = headers.get("x-amz-target").is_some_and(|target| target == "secretsmanager.GetSecretValue");
    if is_get && asked["SecretId"] == SECRET_ARN {
        answer.to_string().into_response()
    } else {
        (StatusCode::BAD_REQUEST, r#"{"__type":"ResourceNotFoundException"}"#).into_response()
    }
}
