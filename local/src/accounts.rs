//! The seeded accounts and the tokens of the runner's own issuer.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::settings::{AUDIENCE, ISSUER};

/// Long enough to stay good when the clock is moved.
const TEN_YEARS: Duration = Duration::from_hours(10 * 365 * 24);

/// A seeded account.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// How tests and tours call it.
    pub key: &'static str,
    /// The role of its token.
    pub role: &'static str,
    /// The tenant.
    pub organization_id: Option<u64>,
    /// The provider.
    pub provider_id: Option<u64>,
    /// The user of a therapy section.
    pub user_id: Option<u64>,
    /// The patient.
    pub patient_id: Option<&'static str>,
    /// The therapy sections.
    pub section_ids: Vec<u64>,
    /// The name that others read.
    pub name: &'static str,
}

const fn account(key: &'static str, role: &'static str, name: &'static str) -> Account {
    Account {
        key,
        role,
        organization_id: None,
        provider_id: None,
        user_id: None,
        patient_id: None,
        section_ids: Vec::new(),
        name,
    }
}

fn provider(key: &'static str, role: &'static str, name: &'static str, (organization, id): (u64, u64)) -> Account {
    Account { organization_id: Some(organization), provider_id: Some(id), ..account(key, role, name) }
}

fn member(key: &'static str, role: &'static str, name: &'static str, (user, section): (u64, u64)) -> Account {
    Account { user_id: Some(user), section_ids: vec![section], ..account(key, role, name) }
}

/// The seeded accounts (design, section 5).
#[must_use]
pub fn accounts() -> Vec<Account> {
    let patient = |key, id| Account { patient_id: Some(id), ..account(key, "patient", id) };
    let clinician =
        |key, name, organization| Account { organization_id: Some(organization), ..account(key, "clinician", name) };
    vec![
        provider("dr_smith", "doctor", "Dr. Smith", (21, 9)),
        provider("dr_jones", "doctor", "Dr. Jones", (21, 10)),
        provider("dr_other", "doctor", "Dr. Other", (22, 31)),
        provider("staff_ama", "human_staff", "Ama", (21, 102)),
        member("therapist_lee", "therapist", "Lee", (20, 7)),
        member("therapist_other", "therapist", "Other", (21, 8)),
        member("subject_john", "subject", "John Doe", (10, 7)),
        member("subject_jane", "subject", "Jane Doe", (11, 7)),
        patient("patient_123", "patient-123"),
        patient("patient_456", "patient-456"),
        clinician("clinician_kim", "Kim", 21),
        clinician("clinician_other", "Other", 22),
        account("service", "service", "Service"),
        account("admin", "admin", "Admin"),
    ]
}

impl Account {
    /// The claims of the account's token.
    #[must_use]
    pub fn claims(&self) -> Map<String, Value> {
        let subject = if self.key == "clinician_kim" { "clinician_123" } else { self.key };
        let all = [
            ("sub", json!(subject)),
            ("role", json!(self.role)),
            ("organization_id", json!(self.organization_id)),
            ("provider_id", json!(self.provider_id)),
            ("user_id", json!(self.user_id)),
            ("patient_id", json!(self.patient_id)),
            ("name", json!(self.name)),
        ];
        let mut claims: Map<String, Value> = all
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        if !self.section_ids.is_empty() {
            claims.insert("section_ids".to_owned(), json!(self.section_ids));
        }
        claims
    }
}

/// How a token is to be made.
#[derive(Debug, Default)]
pub struct TokenWish<'a> {
    /// Its claims; `iss`, `aud`, `iat` and `exp` are added when they are missing.
    pub claims: Map<String, Value>,
    /// How long it is good; ten years when left out. Negative for one that has expired.
    pub expires_in_s: Option<i64>,
    /// The algorithm: `HS256`, `HS384`, `HS512` or `none`.
    pub algorithm: Option<&'a str>,
}

/// A token for any claims, also wrong ones; nothing for an algorithm that the runner does not sign with.
#[must_use]
pub fn token(wish: TokenWish<'_>, secret: &str, now: Timestamp) -> Option<String> {
    let mut claims = wish.claims;
    let expires = match wish.expires_in_s {
        Some(seconds) => now.seconds().saturating_add(seconds),
        None => now.plus(TEN_YEARS).seconds(),
    };
    let defaults =
        [("iss", json!(ISSUER)), ("aud", json!(AUDIENCE)), ("iat", json!(now.seconds())), ("exp", json!(expires))];
    for (name, value) in defaults {
        claims.entry(name).or_insert(value);
    }
    // A claim given as null is left out: a token that lacks it.
    let claims: Map<String, Value> = claims.into_iter().filter(|(_, value)| !value.is_null()).collect();
    let algorithm = match wish.algorithm.unwrap_or("HS256") {
        "HS256" => Algorithm::HS256,
        "HS384" => Algorithm::HS384,
        "HS512" => Algorithm::HS512,
        "none" => return unsigned(&claims),
        _ => return None,
    };
    encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(secret.as_bytes())).ok()
}

fn unsigned(claims: &Map<String, Value>) -> Option<String> {
    let part = |value: Vec<u8>| URL_SAFE_NO_PAD.encode(value);
    let header = part(br#"{"alg":"none","typ":"JWT"}"#.to_vec());
    Some(format!("{header}.{}.", part(serde_json::to_vec(claims).ok()?)))
}
