//! Document 001.

use serde_json::json;
use tests::World;

use crate::access::Operation;

pub(super) async fn operations(world: &World) -> Vec<Operation> {
    let content = json!({ "content": "Hello" });
    let opened = world.post("subject_john", "/request/7/therapy-chat/send", content).await.ok();
    let id = &opened["conversation_id"];
    let tag = world.post("subject_john", "/request/7/therapy-chat/tag", json!({})).await.ok()["tag_id"].clone();
    let alerts = world.get("therapist_lee", "/request/7/therapist-dashboard/alerts").await.ok();
    let alert = &alerts["alerts"][0]["id"];
    let chat = |name, method, last: &str, body| (name, method, format!("/request/7/therapy-chat/{last}"), body);
    let board = |name, method, last: &str, body| (name, method, format!("/request/7/therapist-dashboard/{last}"), body);
    let of = |more: serde_json::Value| {
        let mut body = json!({ "conversation_id": id });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Some(body)
    };
    let query = |first: &str| format!("{first}?conversation_id={id}");
    vec![
        chat("send_subject_message", "POST", "send", of(json!({ "content": "Hello" }))),
        chat("get_subject_messages", "GET", &query("messages"), None),
        chat("tag_therapist", "POST", "tag", of(json!({}))),
        chat("get_subject_conversation", "GET", "conversation", None),
        board("list_section_conversations", "GET", "conversations", None),
        board("get_section_messages", "GET", &query("messages"), None),
        board("send_therapist_message", "POST", "send", of(json!({ "content": "Hello" }))),
        board("toggle_ai", "POST", "toggle-ai", of(json!({ "enabled": true }))),
        board("set_risk", "POST", "set-risk", of(json!({ "risk_level": "low" }))),
        board("add_note", "POST", "add-note", of(json!({ "content": "x" }))),
        board("list_notes", "GET", &query("notes"), None),
        board("acknowledge_tag", "POST", "acknowledge-tag", Some(json!({ "tag_id": tag }))),
        board("list_section_alerts", "GET", "alerts", None),
        board("mark_alert_read", "POST", "mark-alert-read", Some(json!({ "alert_id": alert }))),
        board("mark_all_read", "POST", "mark-all-read", of(json!({}))),
        board("get_section_stats", "GET", "stats", None),
        board("get_section_updates", "GET", "updates", None),
        board("get_section_settings", "GET", "settings", None),
        board("put_section_settings", "PUT", "settings", Some(json!({}))),
    ]
}
