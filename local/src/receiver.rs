//! A receiver of webhooks, for whatever the product tells other systems. It keeps what came and checks the signature of
//! Standard Webhooks 1.0 when it is given the secret in the address (`?secret=whsec_…`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::{Query, State};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, StatusCode};
use serde::Serialize;
use sha2::Sha256;

use crate::clock::MovableClock;

/// What a webhook brought.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Received {
    headers: BTreeMap<String, String>,
    body: String,
    /// Whether a signature fits; absent when the address names no secret.
    verified: Option<bool>,
    received_at: String,
}

/// Everything that came so far.
#[derive(Clone)]
pub(crate) struct Receiver {
    received: Arc<Mutex<Vec<Received>>>,
    clock: MovableClock,
}

impl Receiver {
    pub(crate) fn new(clock: MovableClock) -> Self {
        Self { received: Arc::default(), clock }
    }

    pub(crate) fn all(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// `POST /_local/webhooks/receive`.
pub(crate) async fn receive(
    State(receiver): State<Receiver>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers: BTreeMap<_, _> = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let verified = query.get("secret").map(|secret| is_signed(secret, &headers, &body));
    let received_at = Timestamp::rfc3339_seconds(receiver.clock.now());
    let body = String::from_utf8_lossy(&body).into_owned();
    let received = Received { headers, body, verified, received_at };
    receiver.received.lock().unwrap_or_else(PoisonError::into_inner).push(received);
    StatusCode::OK
}

fn is_signed(secret: &str, headers: &BTreeMap<String, String>, body: &[u8]) -> bool {
    let header = |name: &str| headers.get(name).map(String::as_str).unwrap_or_default();
    let Ok(key) = STANDARD.decode(secret.trim_start_matches("whsec_")) else {
        return false;
    };
    header("webhook-signature").split(' ').filter_map(|signature| signature.strip_prefix("v1,")).any(|signature| {
        let (Ok(mut mac), Ok(signature)) = (Hmac::<Sha256>::new_from_slice(&key), STANDARD.decode(signature)) else {
            return false;
        };
        mac.update(format!("{}.{}.", header("webhook-id"), header("webhook-timestamp")).as_bytes());
        mac.update(body);
        mac.verify_slice(&signature).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_the_specification() {
        let headers = BTreeMap::from(
            [
                ("webhook-id", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk"),
                ("webhook-timestamp", "1649367553"),
                ("webhook-signature", "v1,AAAA v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        let body = br#"{"email":"test@example.com","username":"test_user"}"#;
        assert!(is_signed("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", &headers, body));
        assert!(!is_signed("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", &headers, b"{}"));
        assert!(!is_signed("not base64", &headers, body));
    }
}
