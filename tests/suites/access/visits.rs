//! Document 004: a visit that Kim started, with an action and a summary.

use serde_json::json;
use tests::World;

use crate::access::Operation;

const KIM: &str = "clinician_kim";

pub(super) async fn operations(world: &World) -> Vec<Operation> {
    let language = json!({ "primary": "en", "secondary": "es" });
    let start = json!({ "sessionId": "abc", "language": language });
    let visit = world.post(KIM, "/api/conversations", start.clone()).await.ok()["data"]["id"].clone();
    let detect = json!({ "conversationId": visit, "text": "I'll prescribe ibuprofen 400 mg." });
    let found = world.post(KIM, "/api/actions/detect", detect.clone()).await.ok();
    let action = found["data"]["actions"][0]["id"].as_str().unwrap().to_owned();
    let of_visit = json!({ "conversationId": visit });
    let summary = world.post(KIM, "/api/summaries/generate", of_visit.clone()).await.ok()["data"]["id"].clone();
    let summary = format!("/api/summaries/{}", summary.as_str().unwrap());
    let session = world.post(KIM, "/api/session", json!({})).await.ok()["data"]["sessionId"].clone();
    let visit = visit.as_str().unwrap().to_owned();
    let utterance = json!({
        "conversationId": visit, "role": "clinician", "originalLanguage": "en", "originalText": "Hello",
        "timestamp": "2024-01-15T10:05:00.000Z",
    });
    let edit = json!({ "content": { "chiefComplaint": "Cough." } });
    vec![
        ("create_session", "POST", "/api/session".to_owned(), Some(json!({}))),
        ("end_session", "DELETE", format!("/api/session/{}", session.as_str().unwrap()), None),
        ("start_visit", "POST", "/api/conversations".to_owned(), Some(start)),
        ("list_visits", "GET", "/api/conversations".to_owned(), None),
        ("get_visit", "GET", format!("/api/conversations/{visit}"), None),
        ("add_utterance", "POST", "/api/utterances".to_owned(), Some(utterance)),
        ("list_utterances", "GET", format!("/api/utterances?conversationId={visit}"), None),
        ("detect_actions", "POST", "/api/actions/detect".to_owned(), Some(detect)),
        ("list_actions", "GET", format!("/api/actions?conversationId={visit}"), None),
        ("get_action", "GET", format!("/api/actions/{action}"), None),
        ("validate_action", "POST", format!("/api/actions/{action}/validate"), Some(json!({ "approved": true }))),
        ("generate_summary", "POST", "/api/summaries/generate".to_owned(), Some(of_visit)),
        ("get_summary", "GET", summary.clone(), None),
        ("edit_summary", "PUT", summary.clone(), Some(edit)),
        ("approve_summary", "POST", format!("{summary}/approve"), None),
        ("end_visit", "POST", format!("/api/conversations/{visit}/end"), Some(json!({}))),
        ("visits_health", "GET", "/api/health".to_owned(), None),
    ]
}
