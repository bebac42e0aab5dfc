//! A danger leaves message, alert, risk and a silent assistant, whatever came before it.

use serde_json::{Value, json};

use super::Section;

const DANGER: &str = "I can't go on, I want to end my life";

async fn left_one_alarm(section: &Section, blocked: &Value) {
    let alerts = section.alerts().await;
    let dangers: Vec<&Value> = alerts.iter().filter(|alert| alert["alert_type"] == "danger_detected").collect();
    assert_eq!((dangers.len(), &dangers[0]["severity"]), (1, &json!("emergency")));
    assert_eq!(dangers[0]["message_id"], blocked["user_message_id"]);
    let listed = section.conversation().await;
    assert_eq!((&listed["risk_level"], &listed["ai_enabled"]), (&json!("critical"), &json!(false)));
    let shown = section.dashboard(&format!("messages?conversation_id={}", listed["id"])).await;
    let kept = shown["messages"].as_array().unwrap().iter().find(|message| message["content"] == DANGER).unwrap();
    assert_eq!((&kept["blocked"], &kept["id"]), (&json!(true), &blocked["user_message_id"]));
}

#[tokio::test]
async fn as_the_very_first_message() {
    let section = Section::start().await;
    let blocked = section.says(DANGER).await;
    left_one_alarm(&section, &blocked).await;
    let shown = section.chat("messages").await["messages"].clone();
    let senders: Vec<&Value> = shown.as_array().unwrap().iter().map(|message| &message["sender_type"]).collect();
    assert_eq!(senders, ["subject", "system"], "what to do stays readable");
}

#[tokio::test]
async fn while_the_assistant_is_off_and_in_a_section_without_one() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    section.does("toggle-ai", json!({ "conversation_id": id, "enabled": false })).await.ok();
    section.sets(json!({ "mode": "human_only" })).await;
    let blocked = section.says(DANGER).await;
    left_one_alarm(&section, &blocked).await;
}

#[tokio::test]
async fn while_a_therapist_is_tagged() {
    let section = Section::start().await;
    section.says("Hello").await;
    section.asks("tag", json!({ "reason": "need_talk" })).await.ok();
    let blocked = section.says(DANGER).await;
    left_one_alarm(&section, &blocked).await;
}

#[tokio::test]
async fn in_own_words_of_a_tag() {
    let section = Section::start().await;
    section.asks("tag", json!({ "reason": DANGER })).await.ok();
    let kinds: Vec<Value> = section.alerts().await.iter().map(|alert| alert["alert_type"].clone()).collect();
    assert_eq!(kinds, ["tag_received", "danger_detected"]);
    assert_eq!(section.conversation().await["risk_level"], "critical");
}

/// A request can be refused; what it says is heard.
#[tokio::test]
async fn in_a_tag_that_is_refused() {
    let section = Section::start().await;
    section.sets(json!({ "tagging_enabled": false })).await;
    let refused = section.asks("tag", json!({ "reason": DANGER })).await;
    assert_eq!(refused.line(), r#"400 {"error":"Tagging is disabled"}"#);
    section.asks("tag", json!({ "reason": "I would like to talk" })).await;
    assert_eq!(section.alerts().await.len(), 1);
    let conversation = section.conversation().await;
    assert_eq!((&conversation["risk_level"], &conversation["ai_enabled"]), (&json!("critical"), &json!(false)));
    section.sets(json!({ "tagging_enabled": true })).await;
    let long = format!("{} {DANGER}", "so ".repeat(100));
    assert_eq!(section.asks("tag", json!({ "reason": long })).await.status, 400);
    assert_eq!(section.alerts().await.len(), 2);
}

/// Later messages are accepted for humans only, and allowing the assistant lifts what the danger imposed.
#[tokio::test]
async fn what_comes_after() {
    let section = Section::start().await;
    let id = section.says(DANGER).await["conversation_id"].clone();
    let later = section.says("I am with my sister now").await;
    assert_eq!((&later["success"], &later["ai_message"]), (&json!(true), &json!(null)));
    section.does("toggle-ai", json!({ "conversation_id": id, "enabled": true })).await.ok();
    assert_eq!(section.says("Thank you").await["ai_message"]["sender_type"], "ai");
    assert_eq!(section.conversation().await["risk_level"], "critical");
}

#[tokio::test]
async fn a_repeated_request_is_answered_the_same() {
    let section = Section::start().await;
    for text in [DANGER, "Hello"] {
        let path = format!("{}/send", super::CHAT);
        let body = json!({ "content": text });
        let first = section.world.post_once("subject_john", &path, (text, &body)).await;
        let again = section.world.post_once("subject_john", &path, (text, &body)).await;
        assert_eq!((first.body, again.header("idempotency-replayed")), (again.body.clone(), "true"));
        section.sets(json!({})).await;
    }
    assert_eq!(section.alerts().await.len(), 1);
}
