//! Sessions: a credential for a minute, and one conversation.

use local::stack::{Assistant, Options};
use serde_json::{Value, json};
use tests::{Answer, World};

use super::{KIM, data, refused};

fn conversation(session: &Value) -> Value {
    json!({ "sessionId": session, "language": { "primary": "en", "secondary": "es" } })
}

#[tokio::test]
async fn a_session_is_good_for_one_conversation_within_a_minute() {
    let world = World::start().await;
    let session = data(world.post(KIM, "/api/session", json!({})).await)["sessionId"].clone();
    let started = data(world.post(KIM, "/api/conversations", conversation(&session)).await);
    assert_eq!(started["sessionId"], session);
    let again = world.post(KIM, "/api/conversations", conversation(&session)).await;
    assert_eq!(refused(&again), "409 CONFLICT The session was already used for a conversation.");
    let late = data(world.post(KIM, "/api/session", json!({})).await)["sessionId"].clone();
    world.advance("61s").await;
    let refusal = world.post(KIM, "/api/conversations", conversation(&late)).await;
    assert_eq!(refused(&refusal), "409 CONFLICT The session is over; create another.");
    let foreign = world.post("clinician_other", "/api/conversations", conversation(&late)).await;
    assert_eq!(refused(&foreign), "404 NOT_FOUND Session not found");
    // A session of another provider is taken as it is named.
    let started = data(world.post(KIM, "/api/conversations", conversation(&json!("sess_def456..."))).await);
    assert_eq!(started["sessionId"], "sess_def456...");
}

#[tokio::test]
async fn ending_a_session_twice_gives_the_same_answer() {
    let world = World::start().await;
    let session = data(world.post(KIM, "/api/session", json!({})).await)["sessionId"].clone();
    let path = format!("/api/session/{}", session.as_str().unwrap());
    let end = async |who: &str| Answer::of(world.request(who, "DELETE", &path)).await;
    let first = data(end(KIM).await);
    assert_eq!(first["status"], "ended");
    world.advance("5s").await;
    assert_eq!(data(end(KIM).await), first);
    assert_eq!(refused(&end("clinician_other").await), "404 NOT_FOUND Session not found");
    let refusal = world.post(KIM, "/api/conversations", conversation(&session)).await;
    assert_eq!(refused(&refusal), "409 CONFLICT The session is over; create another.");
    let unknown = Answer::of(world.request(KIM, "DELETE", "/api/session/sess_unknown")).await;
    assert_eq!(refused(&unknown), "404 NOT_FOUND Session not found");
}

#[tokio::test]
async fn a_client_may_want_it_otherwise_within_limits() {
    let world = World::start().await;
    let of = async |config: Value| world.post(KIM, "/api/session", json!({ "config": config })).await;
    let wish = json!({ "voice": "alloy", "temperature": 0.9, "turn_detection": { "threshold": 0.7 } });
    let config = data(of(wish).await)["config"].clone();
    assert_eq!((&config["voice"], &config["temperature"]), (&json!("alloy"), &json!(0.9)));
    let turn = json!({ "type": "server_vad", "threshold": 0.7, "silence_duration_ms": 500 });
    assert_eq!(config["turn_detection"], turn);
    let mut table = Vec::new();
    for config in [
        json!({ "voice": "" }),
        json!({ "model": "a b" }),
        json!({ "temperature": 3 }),
        json!({ "temperature": "hot" }),
        json!({ "instructions": " " }),
        json!({ "input_audio_format": "mp3" }),
        json!({ "turn_detection": { "threshold": 1.1 } }),
        json!({ "turn_detection": { "type": "none" } }),
        json!({ "turn_detection": { "silence_duration_ms": 20_000 } }),
    ] {
        table.push(refused(&of(config).await));
    }
    insta::assert_snapshot!(table.join("\n"));
    let empty = Answer::of(world.request(KIM, "POST", "/api/session")).await;
    assert_eq!(empty.status, 200, "a request without a body wants nothing otherwise");
}

#[tokio::test]
async fn with_a_key_the_provider_gives_the_credential() {
    let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
    let world = World::with(options).await;
    let session = data(world.post(KIM, "/api/session", json!({ "config": { "voice": "verse" } })).await);
    assert!(session["token"].as_str().unwrap().starts_with("ek_"), "{session}");
    assert_eq!(session["provider"], "openai");
    let asked = world.local_get("model/requests").await;
    let asked = asked.as_array().unwrap().last().unwrap();
    assert_eq!(asked["expires_after"], json!({ "anchor": "created_at", "seconds": 60 }));
    assert_eq!(asked["session"]["audio"]["input"]["format"], json!({ "type": "audio/pcm", "rate": 24_000 }));
    assert_eq!(asked["session"]["audio"]["output"]["voice"], "verse");
    assert_eq!(asked["session"].get("temperature"), None);
    for (status, expected) in [(503, "502 OPENAI_ERROR"), (429, "503 OPENAI_ERROR"), (401, "502 OPENAI_ERROR")] {
        world.local_post("model/script", json!({ "next": [{ "status": status }] })).await;
        let refusal = world.post(KIM, "/api/session", json!({})).await;
        assert!(refused(&refusal).starts_with(&format!("{expected} Failed to create session")), "{}", refusal.text);
        assert_eq!(refusal.body["error"]["details"], json!({ "status": status, "provider": "openai" }));
    }
}
