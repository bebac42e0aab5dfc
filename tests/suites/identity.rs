//! Tokens, end to end: what is refused is refused alike, and keys may rotate.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::time::Timestamp;
use jsonwebtoken::jwk::{Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use platform::config::{Auth, Keys};
use platform::identity::Verifier;
use serde_json::{Value, json};
use tests::{Answer, World};

const REFUSED: &str = r#"401 {"detail":"Authentication credentials were not provided.","error":"Authentication credentials were not provided."}"#;

fn doctor() -> Value {
    json!({ "sub": "dr", "role": "doctor", "organization_id": 21, "provider_id": 9 })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = doctor();
    claims[name] = value;
    claims
}

#[tokio::test]
async fn every_wrong_token_is_refused_alike() {
    let world = World::start().await;
    let now = Timestamp::parse(world.local_get("clock").await["now"].as_str().unwrap()).unwrap().seconds();
    let wishes = BTreeMap::from([
        ("expired", json!({ "claims": doctor(), "expires_in": -31 })),
        ("not yet", json!({ "claims": with("nbf", json!(now + 3600)) })),
        ("issued in the future", json!({ "claims": with("iat", json!(now + 3600)) })),
        ("another issuer", json!({ "claims": with("iss", json!("https://evil.example")) })),
        ("another audience", json!({ "claims": with("aud", json!("other")) })),
        ("no issuer", json!({ "claims": with("iss", json!(null)) })),
        ("no audience", json!({ "claims": with("aud", json!(null)) })),
        ("no subject", json!({ "claims": with("sub", json!(null)) })),
        ("no role", json!({ "claims": with("role", json!(null)) })),
        ("an unknown role", json!({ "claims": with("role", json!("root")) })),
        ("another key", json!({ "claims": doctor(), "secret": "0123456789abcdef0123456789abcdef" })),
        ("another algorithm", json!({ "claims": doctor(), "alg": "HS512" })),
        ("unsigned", json!({ "claims": doctor(), "alg": "none" })),
    ]);
    for (name, wish) in wishes {
        // A claim given as null is left out of the token.
        let token = world.local_post("token", wish).await["token"].as_str().unwrap().to_owned();
        let answer = Answer::of(world.anonymous("GET", "/providermessages/").bearer_auth(token)).await;
        assert_eq!(answer.line(), REFUSED, "{name}");
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{name}");
    }
}

#[tokio::test]
async fn headers_that_are_no_bearer_token() {
    let world = World::start().await;
    let good = world.token("dr_smith").to_owned();
    let long = format!("Bearer {}", "x".repeat(9000));
    for header in ["", "Bearer", "Bearer ", "Basic ZHI6cHc=", &good, "Bearer a.b.c", &long] {
        let answer = Answer::of(world.anonymous("GET", "/providermessages/").header("authorization", header)).await;
        assert_eq!(answer.line(), REFUSED, "{header}");
    }
    let lower = world.anonymous("GET", "/providermessages/").header("authorization", format!("bearer {good}"));
    assert_eq!(Answer::of(lower).await.status, 200);
}

#[tokio::test]
async fn a_doctor_without_a_place_is_forbidden() {
    let world = World::start().await;
    for claims in [with("organization_id", json!(null)), with("provider_id", json!(null))] {
        let token = world.local_post("token", json!({ "claims": claims })).await["token"].as_str().unwrap().to_owned();
        assert_eq!(Answer::of(world.anonymous("GET", "/providermessages/").bearer_auth(token)).await.status, 403);
    }
    let stranger = world.local_post("token", json!({ "claims": with("provider_id", json!(4711)) })).await;
    let patient = world.patient("dr_smith", "+2348012345678").await;
    let body = json!({ "patient_id": patient, "custom_snippet": "x" });
    let request = world.anonymous("POST", "/providermessages/send-template-message/").json(&body);
    let answer = Answer::of(request.bearer_auth(stranger["token"].as_str().unwrap())).await;
    assert_eq!((answer.status, &answer.body["error"]), (400, &json!("provider_unknown")));
}

/// An issuer whose keys a test can change, and which counts how often it is asked.
#[derive(Clone, Default)]
struct Issuer(Arc<Mutex<(Vec<Value>, u32)>>);

/// A key pair of the issuer.
struct Pair {
    signing: EncodingKey,
    public: Value,
}

fn pair(kid: &str) -> Pair {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
    let der = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap().to_pkcs8v1().unwrap();
    let signing = EncodingKey::from_ec_der(der.as_ref());
    let mut jwk = Jwk::from_encoding_key(&signing, Algorithm::ES256).unwrap();
    jwk.common.key_id = Some(kid.to_owned());
    jwk.common.key_algorithm = Some(KeyAlgorithm::ES256);
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Pair { signing, public: serde_json::to_value(jwk).unwrap() }
}

impl Pair {
    fn token(&self, kid: Option<&str>) -> String {
        let mut claims = doctor();
        claims.as_object_mut().unwrap().extend([
            ("iss".to_owned(), json!("issuer")),
            ("aud".to_owned(), json!("careline")),
            ("exp".to_owned(), json!(NOW + 100_000)),
        ]);
        let header = Header { kid: kid.map(ToOwned::to_owned), ..Header::new(Algorithm::ES256) };
        encode(&header, &claims, &self.signing).unwrap()
    }
}

const NOW: i64 = 1_760_000_000;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(NOW + seconds)
}

impl Issuer {
    async fn start(&self) -> Verifier {
        let issuer = self.clone();
        let keys = async move || {
            let mut state = issuer.0.lock().unwrap();
            state.1 += 1;
            match state.0.is_empty() {
                true => (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "down".to_owned()),
                false => (axum::http::StatusCode::OK, json!({ "keys": state.0 }).to_string()),
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
        let router = axum::Router::new().route("/jwks.json", axum::routing::get(keys));
        tokio::spawn(axum::serve(listener, router).into_future());
        let auth = Auth { issuer: "issuer".into(), audience: "careline".into(), keys: Keys::Jwks { url } };
        Verifier::new(&auth).unwrap()
    }

    fn publish(&self, keys: &[&Pair]) {
        self.0.lock().unwrap().0 = keys.iter().map(|pair| pair.public.clone()).collect();
    }

    fn asked(&self) -> u32 {
        self.0.lock().unwrap().1
    }
}

#[tokio::test]
async fn keys_rotate() {
    let issuer = Issuer::default();
    let (old, new) = (pair("old"), pair("new"));
    issuer.publish(&[&old]);
    let verifier = issuer.start().await;
    verifier.preload(at(0)).await;
    assert!(verifier.verify(&old.token(Some("old")), at(0)).await.is_ok());
    issuer.publish(&[&old, &new]);
    assert!(verifier.verify(&new.token(Some("new")), at(30)).await.is_err(), "asked for less than a minute ago");
    assert_eq!(issuer.asked(), 1);
    assert!(verifier.verify(&new.token(Some("new")), at(61)).await.is_ok());
    issuer.publish(&[&new]);
    assert!(verifier.verify(&old.token(Some("old")), at(62)).await.is_ok(), "the set is still fresh");
    assert!(verifier.verify(&old.token(Some("old")), at(61 + 600)).await.is_err(), "withdrawn");
    assert_eq!(issuer.asked(), 3);
}

#[tokio::test]
async fn an_issuer_that_is_down_does_not_lock_everybody_out() {
    let issuer = Issuer::default();
    let pair = pair("a");
    issuer.publish(&[&pair]);
    let verifier = issuer.start().await;
    assert!(verifier.verify(&pair.token(Some("a")), at(0)).await.is_ok());
    issuer.publish(&[]);
    assert!(verifier.verify(&pair.token(Some("a")), at(3600)).await.is_ok(), "the last good set stays");
    for second in 0..50 {
        assert!(verifier.verify(&pair.token(Some("forged")), at(3600 + second)).await.is_err());
    }
    assert_eq!(issuer.asked(), 2, "forged key ids make no traffic");
}

#[tokio::test]
async fn a_key_is_chosen_by_its_id_and_never_by_the_token() {
    let issuer = Issuer::default();
    let (a, b, evil) = (pair("a"), pair("b"), pair("a"));
    issuer.publish(&[&a, &b]);
    let verifier = issuer.start().await;
    verifier.preload(at(0)).await;
    assert!(verifier.verify(&a.token(None), at(0)).await.is_err(), "two keys, and no id");
    assert!(verifier.verify(&b.token(Some("a")), at(0)).await.is_err(), "signed with another key");
    let embedded = Header {
        jwk: serde_json::from_value(evil.public.clone()).ok(),
        kid: Some("a".into()),
        ..Header::new(Algorithm::ES256)
    };
    let claims = json!({ "sub": "x", "role": "admin", "iss": "issuer", "aud": "careline", "exp": NOW + 600 });
    let token = encode(&embedded, &claims, &evil.signing).unwrap();
    assert!(verifier.verify(&token, at(0)).await.is_err(), "the token brought its own key");
    let public = serde_json::to_vec(&a.public).unwrap();
    let confused =
        encode(&Header { kid: Some("a".into()), ..Header::default() }, &claims, &EncodingKey::from_secret(&public))
            .unwrap();
    assert!(verifier.verify(&confused, at(0)).await.is_err(), "the public key as a shared secret");
    issuer.publish(&[&a, &evil]);
    assert!(verifier.verify(&a.token(Some("a")), at(601)).await.is_err(), "two keys with one id");
    issuer.publish(&[&a]);
    assert!(verifier.verify(&a.token(None), at(1300)).await.is_ok(), "one key needs no id");
}
