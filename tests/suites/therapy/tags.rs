//! Calls for a therapist.

use serde_json::{Value, json};

use super::{CHAT, Section};

async fn risk_after(reason: &str, urgency: Option<&str>) -> (Value, Value) {
    let section = Section::start().await;
    section.asks("tag", json!({ "reason": reason, "urgency": urgency })).await.ok();
    (section.alerts().await[0]["severity"].clone(), section.conversation().await["risk_level"].clone())
}

#[tokio::test]
async fn the_urgency_decides_about_alert_and_risk() {
    for (reason, urgency, severity, risk) in [
        ("overwhelmed", None, "warning", "low"),
        ("overwhelmed", Some("urgent"), "critical", "medium"),
        ("emergency", None, "emergency", "critical"),
        ("overwhelmed", Some("whenever"), "warning", "low"),
    ] {
        assert_eq!(risk_after(reason, urgency).await, (json!(severity), json!(risk)), "{reason} {urgency:?}");
    }
}

#[tokio::test]
async fn the_one_who_wrote_last_is_called() {
    let section = Section::start().await;
    let member = json!({ "organization_id": 21, "name": "Ann", "role": "therapist" });
    section.world.put("service", "/sections/7/members/19/", member).await.ok();
    let id = section.says("Hello").await["conversation_id"].clone();
    let called = async || {
        section.asks("tag", json!({ "reason": "need_talk" })).await.ok();
        let shown = section.chat("messages").await["messages"].as_array().unwrap().last().unwrap().clone();
        shown["tags"][0]["tagged_name"].clone()
    };
    assert_eq!(called().await, "Ann", "the first of the section");
    section.does("send", json!({ "conversation_id": id, "content": "I am here." })).await.ok();
    assert_eq!(called().await, "Lee");
}

/// A second call is a second tag; the same request repeated is not.
#[tokio::test]
async fn twice() {
    let section = Section::start().await;
    let path = format!("{CHAT}/tag");
    let body = json!({ "reason": "overwhelmed" });
    let first = section.world.post_once("subject_john", &path, ("k", &body)).await.ok();
    let again = section.world.post_once("subject_john", &path, ("k", &body)).await.ok();
    assert_eq!(first, again);
    let second = section.asks("tag", json!({ "reason": "emergency" })).await.ok();
    assert_ne!(first["tag_id"], second["tag_id"]);
    assert_eq!((section.alerts().await.len(), &section.conversation().await["open_tags"]), (2, &json!(2)));
}

#[tokio::test]
async fn only_the_one_who_is_called_acknowledges() {
    let section = Section::start().await;
    let member = json!({ "organization_id": 21, "name": "Ann", "role": "therapist" });
    section.world.put("service", "/sections/7/members/19/", member).await.ok();
    let tag = section.asks("tag", json!({})).await.ok()["tag_id"].clone();
    let refused = section.does("acknowledge-tag", json!({ "tag_id": tag })).await;
    assert_eq!(refused.line(), r#"403 {"error":"Access denied"}"#);
}

#[tokio::test]
async fn a_section_without_therapists_says_so() {
    let section = Section::start().await;
    let of_nine = section.of_nine("tag", json!({}), json!(21)).await;
    assert_eq!(of_nine.line(), r#"400 {"error":"No therapist available"}"#);
}

#[tokio::test]
async fn a_tag_that_was_answered_is_answered_again() {
    let section = Section::start().await;
    let path = format!("{CHAT}/tag");
    let body = json!({ "reason": "overwhelmed" });
    let first = section.world.post_once("subject_john", &path, ("k", &body)).await.ok();
    section.sets(json!({ "tagging_enabled": false })).await;
    assert_eq!(section.world.post_once("subject_john", &path, ("k", &body)).await.ok(), first);
    let other = section.world.post_once("subject_john", &path, ("l", &body)).await;
    assert_eq!(other.line(), r#"400 {"error":"Tagging is disabled"}"#);
}
