//! The examples of document 001, by the number of their contract item.

use serde_json::json;

use super::Section;

#[tokio::test]
async fn tc_send_and_td_messages() {
    let section = Section::start().await;
    let sent = section.says("Hello, I need some help...").await;
    assert_eq!(sent["success"], true);
    let (message, reply) = (sent["user_message_id"].as_u64().unwrap(), &sent["ai_message"]);
    assert_eq!(
        (&reply["role"], &reply["sender_type"], &reply["label"]),
        (&json!("assistant"), &json!("ai"), &json!("AI Assistant"))
    );
    assert_eq!(reply["id"].as_u64().unwrap(), message + 1, "ids grow by the conversation");
    assert!(reply["timestamp"].as_str().unwrap().ends_with("+00:00") && !reply["content"].as_str().unwrap().is_empty());
    let again =
        section.asks("send", json!({ "conversation_id": sent["conversation_id"], "content": "Thank you!" })).await.ok();
    assert_eq!(again["conversation_id"], sent["conversation_id"]);
    let shown = section.dashboard(&format!("messages?conversation_id={}", sent["conversation_id"])).await;
    let labels: Vec<&str> =
        shown["messages"].as_array().unwrap().iter().map(|message| message["label"].as_str().unwrap()).collect();
    assert_eq!(
        (&shown["success"], labels),
        (&json!(true), vec!["John Doe", "AI Assistant", "John Doe", "AI Assistant"])
    );
}

#[tokio::test]
async fn tc_messages() {
    let section = Section::start().await;
    let none = section.chat("messages").await;
    assert_eq!(none, json!({ "messages": [], "conversation_id": null }));
    let first = section.says("Hello, I need some help...").await;
    let second = section.says("Thank you!").await;
    let after = first["ai_message"]["id"].as_u64().unwrap();
    let news = section.chat(&format!("messages?after={after}&conversation_id={}", first["conversation_id"])).await;
    let message = news["messages"][0].clone();
    let timestamp = message["timestamp"].clone();
    let expected = json!({
        "id": second["user_message_id"], "role": "user", "content": "Thank you!", "sender_type": "subject",
        "sender_id": 10, "sender_name": "John Doe", "label": "You", "timestamp": timestamp, "tags": [], "attachments": null,
    });
    assert_eq!((message, &news["conversation_id"]), (expected, &first["conversation_id"]));
    assert_eq!(news["messages"].as_array().unwrap().len(), 2, "the reply is news too");
    let latest = section.chat(&format!("messages?after={}", second["ai_message"]["id"])).await;
    assert_eq!(latest["messages"], json!([]));
}

#[tokio::test]
async fn tc_send_blocked() {
    let section = Section::start().await;
    let blocked = section.says("I want to kill myself tonight").await;
    assert_eq!((&blocked["blocked"], &blocked["success"]), (&json!(true), &json!(null)));
    assert!(blocked["message"].as_str().unwrap().contains("112"));
    let words = blocked["detected_keywords"].as_array().unwrap();
    let is_written = |word: &serde_json::Value| "I want to kill myself tonight".contains(word.as_str().unwrap());
    assert!(!words.is_empty() && words.iter().all(is_written), "{words:?}");
}

#[tokio::test]
async fn tc_tag_and_td_acknowledge_tag() {
    let section = Section::start().await;
    let conversation = section.says("Hello").await["conversation_id"].clone();
    let body = json!({ "conversation_id": conversation, "reason": "overwhelmed", "urgency": "urgent" });
    let tagged = section.asks("tag", body).await.ok();
    assert_eq!((&tagged["success"], &tagged["alert_created"]), (&json!(true), &json!(true)));
    let shown = section.chat("messages").await;
    let message = shown["messages"].as_array().unwrap().last().unwrap().clone();
    assert!(
        message["content"]
            .as_str()
            .unwrap()
            .starts_with("@therapist I would like to speak with my therapist #overwhelmed: ")
    );
    let created = message["tags"][0]["created_at"].clone();
    let tag = json!({
        "id": tagged["tag_id"], "id_users": 20, "tag_reason": "overwhelmed", "urgency": "urgent", "acknowledged": false,
        "acknowledged_at": null, "created_at": created, "tagged_name": "Lee",
    });
    assert_eq!(message["tags"], json!([tag]));
    let done = section.does("acknowledge-tag", json!({ "tag_id": tagged["tag_id"] })).await.ok();
    assert_eq!(done, json!({ "success": true }));
    let shown = section.chat("messages").await;
    let tag = &shown["messages"].as_array().unwrap().last().unwrap()["tags"][0];
    assert_eq!(tag["acknowledged"], true);
    assert!(tag["acknowledged_at"].as_str().unwrap().ends_with("+00:00"));
}

#[tokio::test]
async fn td_send() {
    let section = Section::start().await;
    let conversation = section.says("Hello").await["conversation_id"].clone();
    let body = json!({ "conversation_id": conversation, "content": "I see you're having a difficult time..." });
    let sent = section.does("send", body).await.ok();
    assert_eq!(sent["success"], true);
    let shown = section.chat("messages").await["messages"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(shown["id"], sent["message_id"]);
    let who = (&shown["role"], &shown["sender_type"], &shown["sender_id"], &shown["label"]);
    assert_eq!(who, (&json!("assistant"), &json!("therapist"), &json!(20), &json!("Lee")));
    let own = section.dashboard(&format!("messages?conversation_id={conversation}")).await;
    assert_eq!(own["messages"].as_array().unwrap().last().unwrap()["label"], "You");
}

#[tokio::test]
async fn td_toggle_ai_set_risk_and_add_note() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    let done = json!({ "success": true });
    assert_eq!(section.does("toggle-ai", json!({ "conversation_id": id, "enabled": false })).await.ok(), done);
    assert_eq!(section.says("Are you there?").await["ai_message"], json!(null));
    assert_eq!(section.does("set-risk", json!({ "conversation_id": id, "risk_level": "high" })).await.ok(), done);
    let content = "Patient showing improvement in anxiety management...";
    let noted = section.does("add-note", json!({ "conversation_id": id, "content": content })).await.ok();
    let notes = section.dashboard(&format!("notes?conversation_id={id}")).await["notes"].clone();
    assert_eq!(
        (&notes[0]["id"], &notes[0]["content"], &notes[0]["author_name"]),
        (&noted["note_id"], &json!(content), &json!("Lee"))
    );
    let listed = section.conversation().await;
    assert_eq!((&listed["risk_level"], &listed["ai_enabled"]), (&json!("high"), &json!(false)));
}

#[tokio::test]
async fn td_mark_alert_read() {
    let section = Section::start().await;
    section.says("I want to kill myself").await;
    let alert = section.alerts().await[0]["id"].clone();
    assert_eq!(section.does("mark-alert-read", json!({ "alert_id": alert })).await.ok(), json!({ "success": true }));
    assert_eq!(section.alerts().await, Vec::<serde_json::Value>::new());
    let read = section.dashboard("alerts").await["alerts"][0].clone();
    assert_eq!((&read["is_read"], read["seconds_to_acknowledge"].is_u64()), (&json!(true), true));
    assert_eq!(section.conversation().await["risk_level"], "critical", "the risk is the therapist's to set");
    section.does("mark-alert-read", json!({ "alert_id": alert })).await.ok();
}
