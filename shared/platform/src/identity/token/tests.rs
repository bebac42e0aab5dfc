use jsonwebtoken::{EncodingKey, encode};
use serde_json::{Value, json};

use super::*;
use crate::config::Keys;

const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";
const NOW: i64 = 1_760_000_000;

fn verifier() -> Verifier {
    let auth = Auth { issuer: "issuer".into(), audience: "careline".into(), keys: Keys::Secret(SECRET.to_vec()) };
    Verifier::new(&auth).unwrap()
}

fn claims() -> Value {
    json!({
        "sub": "dr_smith", "role": "doctor", "organization_id": 21, "provider_id": 9,
        "iss": "issuer", "aud": "careline", "iat": NOW, "exp": NOW + 600,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn signed(header: &Header, claims: &Value, secret: &[u8]) -> String {
    encode(header, claims, &EncodingKey::from_secret(secret)).unwrap()
}

async fn check(token: &str) -> Result<Identity, Refusal> {
    verifier().checked(token, Timestamp::from_seconds(NOW)).await
}

async fn check_claims(claims: Value) -> Result<Identity, Refusal> {
    check(&signed(&Header::default(), &claims, SECRET)).await
}

#[tokio::test]
async fn a_good_token_names_its_caller() {
    let identity = check_claims(claims()).await.unwrap();
    let caller = super::super::CareTeam::new(identity).unwrap();
    assert_eq!((caller.organization().get(), caller.provider().get()), (21, 9));
    assert!(check_claims(with("aud", json!(["other", "careline"]))).await.is_ok());
}

#[tokio::test]
async fn times_are_compared_with_our_clock_and_30_seconds() {
    assert!(check_claims(with("exp", json!(NOW - 29))).await.is_ok());
    assert_eq!(check_claims(with("exp", json!(NOW - 30))).await, Err(Refusal::Times));
    assert!(check_claims(with("nbf", json!(NOW + 30))).await.is_ok());
    assert_eq!(check_claims(with("nbf", json!(NOW + 31))).await, Err(Refusal::Times));
    assert_eq!(check_claims(with("iat", json!(NOW + 31))).await, Err(Refusal::Times));
}

#[tokio::test]
async fn wrong_claims_are_refused() {
    for (name, value) in [
        ("iss", json!("other")),
        ("aud", json!("other")),
        ("role", json!("root")),
        ("sub", json!("")),
        ("exp", json!("soon")),
        ("organization_id", json!(0)),
        ("provider_id", json!(-1)),
        ("token_use", json!("id")),
    ] {
        assert_eq!(check_claims(with(name, value)).await, Err(Refusal::Claims), "{name}");
    }
    for name in ["iss", "aud", "sub", "exp", "role"] {
        let mut missing = claims();
        missing.as_object_mut().unwrap().remove(name);
        assert_eq!(check_claims(missing).await, Err(Refusal::Claims), "{name}");
    }
}

#[tokio::test]
async fn wrong_signatures_and_headers_are_refused() {
    let other_key = signed(&Header::default(), &claims(), b"fedcba9876543210fedcba9876543210");
    assert_eq!(check(&other_key).await, Err(Refusal::Signature));
    let other_algorithm = signed(&Header::new(Algorithm::HS512), &claims(), SECRET);
    assert_eq!(check(&other_algorithm).await, Err(Refusal::Signature));
    let critical = Header { crit: Some(vec!["b64".into()]), ..Header::default() };
    assert_eq!(check(&signed(&critical, &claims(), SECRET)).await, Err(Refusal::Critical));
    let foreign = Header { typ: Some("dpop+jwt".into()), ..Header::default() };
    assert_eq!(check(&signed(&foreign, &claims(), SECRET)).await, Err(Refusal::Type));
    let access = Header { typ: Some("at+jwt".into()), ..Header::default() };
    assert!(check(&signed(&access, &claims(), SECRET)).await.is_ok());
}

#[tokio::test]
async fn unsigned_and_broken_tokens_are_refused() {
    let good = signed(&Header::default(), &claims(), SECRET);
    let (message, _) = good.rsplit_once('.').unwrap();
    assert_eq!(check(&format!("{message}.")).await, Err(Refusal::Signature));
    let none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.";
    assert_eq!(check(none).await, Err(Refusal::Malformed));
    assert_eq!(check("").await, Err(Refusal::Malformed));
    assert_eq!(check("a.b.c").await, Err(Refusal::Malformed));
    assert_eq!(check(&"x".repeat(8193)).await, Err(Refusal::TooLong));
}

#[tokio::test]
async fn a_caller_type_needs_its_role_and_its_claims() {
    use super::super::{CareTeam, Operator};
    for role in ["therapist", "subject", "patient", "clinician", "service", "admin"] {
        let identity = check_claims(with("role", json!(role))).await.unwrap();
        assert!(CareTeam::new(identity).is_err(), "{role}");
    }
    let mut without = claims();
    without.as_object_mut().unwrap().remove("provider_id");
    assert!(CareTeam::new(check_claims(without).await.unwrap()).is_err());
    let admin = Operator::new(check_claims(with("role", json!("admin"))).await.unwrap()).unwrap();
    assert!(admin.acts_for(OrganizationId::new(21).unwrap()).is_ok());
    assert_eq!(admin.acts_for(OrganizationId::new(22).unwrap()), Err(Error::NotFound));
}
