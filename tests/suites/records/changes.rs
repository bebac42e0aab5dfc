//! What a change of a text sets off, and what it does not.

use serde_json::{Value, json};

use super::Record;

const DANGER: &str = "I want to kill myself";

#[tokio::test]
async fn the_same_text_is_no_change() {
    let record = Record::start().await;
    let message = record.writes("user", DANGER).await;
    let before = (record.alerts().await, record.all("patient_123").await);
    record.world.advance("10m").await;
    assert_eq!(record.puts(&message, DANGER).await, message, "not even its date");
    assert_eq!((record.alerts().await, record.all("patient_123").await), before);
    let audit = record.world.get("patient_123", "/patients/me/audit/").await.ok();
    let changes = audit.as_array().unwrap().iter().filter(|entry| entry["action"] == "message_changed").count();
    assert_eq!(changes, 0);
    let first = record.once("PUT", &message, ("k", DANGER)).await;
    let again = record.once("PUT", &message, ("k", DANGER)).await;
    assert_eq!((&first.body, &again.body), (&message, &message));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(record.once("PUT", &message, ("k", "Hello")).await.status, 422, "the key is used up");
}

#[tokio::test]
async fn a_reading_that_a_change_brings_alarms_once() {
    let record = Record::start().await;
    let message = record.writes("user", "Good morning").await;
    record.puts(&message, "My blood pressure is 190/125").await;
    let alerts = record.alerts().await;
    let seen: Vec<[&Value; 2]> = alerts.iter().map(|alert| [&alert["alert_type"], &alert["message_id"]]).collect();
    assert_eq!(json!(seen), json!([["abnormal_reading", message["unique_id"]]]));
    record.puts(&message, "Good morning, my blood pressure is 190/125").await;
    assert_eq!(record.alerts().await.len(), 1, "it was there before");
    record.puts(&message, "Good morning, my blood pressure is 195/125").await;
    assert_eq!(record.alerts().await.len(), 2);
    let thread = record.world.get("dr_smith", &format!("/patient-threads/{}/", record.id)).await.ok();
    assert_eq!(thread["observations"], json!([]), "what was measured is not measured again");
}

/// A bare number answers the question that was asked before it, also when it is corrected.
#[tokio::test]
async fn a_corrected_answer_is_read_as_an_answer() {
    let record = Record::start().await;
    let path = |last: &str| format!("/patient-threads/{}/{last}", record.id);
    let set = async |time: &str| record.world.local_post("clock", json!({ "set": time })).await;
    set("2030-01-01T09:00:00Z").await;
    let switch = json!({ "responder": "doctor", "provider_id": 9 });
    record.world.post("dr_smith", &path("switch-responder/"), switch).await.ok();
    let task = json!({
        "title": "Sugar", "objective": "Below 180", "next_check_in_at": "2030-01-01T11:00:00Z",
        "next_check_in_summary": "What is your blood sugar in mg/dL?",
    });
    record.world.put("dr_smith", &path("task/"), task).await.ok();
    set("2030-01-01T11:01:00Z").await;
    let answer = record.writes("user", "110").await;
    assert_eq!(record.alerts().await.len(), 0);
    record.puts(&answer, "410").await;
    assert_eq!(record.alerts().await[0]["alert_type"], "abnormal_reading");
}
