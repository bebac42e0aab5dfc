//! `POST /token`: a signed claim for an hour of access (RFC 7523).

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use platform::random::Random;
use serde::Deserialize;
use serde_json::json;

use super::errors::DriveError;
use super::faults::Step;
use super::{CLIENT_EMAIL, Google, key};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const SCOPE: &str = "https://www.googleapis.com/auth/drive.file";
const LASTS_S: u64 = 3599;

/// The tokens that were given.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Vec<String>>);

impl Tokens {
    fn give(&self) -> String {
        let token = format!("ya29.{}", Random::System.hex());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(token.clone());
        token
    }

    /// Whether a request carries one of them.
    pub(super) fn check(&self, headers: &HeaderMap) -> Result<(), DriveError> {
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = given.is_some_and(|given| known.iter().any(|token| token == given));
        if is_known { Ok(()) } else { Err(DriveError::unauthorized()) }
    }
}

#[derive(Debug, Deserialize)]
struct Claims {
    scope: String,
    iat: i64,
    exp: i64,
}

pub(super) async fn token(State(google): State<Google>, body: Bytes) -> Response {
    if let Some(fault) = google.0.faults.next(Step::Token) {
        return fault.error().into_response();
    }
    let form: BTreeMap<String, String> =
        reqwest::Url::parse(&format!("http://form/?{}", String::from_utf8_lossy(&body)))
            .map(|url| url.query_pairs().into_owned().collect())
            .unwrap_or_default();
    let is_grant = form.get("grant_type").is_some_and(|grant| grant == GRANT);
    let assertion = form.get("assertion").map(String::as_str).unwrap_or_default();
    if is_grant && is_valid(&google, assertion) {
        let token = google.0.tokens.give();
        return Json(json!({ "access_token": token, "expires_in": LASTS_S, "token_type": "Bearer" })).into_response();
    }
    let refusal = json!({ "error": "invalid_grant", "error_description": "Invalid JWT Signature." });
    (StatusCode::BAD_REQUEST, Json(refusal)).into_response()
}

fn is_valid(google: &Google, assertion: &str) -> bool {
    let Some(public) = key::public_der() else { return false };
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[CLIENT_EMAIL]);
    validation.set_audience(&[format!("{}/token", google.0.base.get().map(String::as_str).unwrap_or_default())]);
    validation.set_required_spec_claims(&["iss", "aud", "exp"]);
    let claims = decode::<Claims>(assertion, &DecodingKey::from_rsa_der(public), &validation);
    claims.is_ok_and(|token| token.claims.scope == SCOPE && token.claims.exp - token.claims.iat <= 3600)
}
