//! What document 001 refuses, in its shape.

use serde_json::{Value, json};
use tests::Answer;

use super::{CHAT, DASHBOARD, Section};

#[tokio::test]
async fn bodies_and_parameters() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    let long = "x".repeat(10_001);
    let mut table = String::new();
    for (action, body) in [
        ("send", json!({ "conversation_id": id })),
        ("send", json!({ "conversation_id": id, "content": " \u{200B}\n" })),
        ("send", json!({ "conversation_id": id, "content": long })),
        ("send", json!({ "conversation_id": 5, "content": "x" })),
        ("send", json!({ "conversation_id": 4_000_000_000_u64, "content": "x" })),
        ("send", json!({ "conversation_id": "x", "content": "x" })),
        ("tag", json!({ "conversation_id": 4_000_000_000_u64 })),
        ("tag", json!({ "reason": "x".repeat(201) })),
    ] {
        table += &format!("{action}: {}\n", section.asks(action, body).await.line());
    }
    for query in ["messages?conversation_id=x", "messages?conversation_id=5", "messages?after=x", "messages?limit=0"] {
        let answer = section.world.get("subject_john", &format!("{CHAT}/{query}")).await;
        table += &format!("{query}: {}\n", answer.line());
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn of_the_dashboard() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    let long = "x".repeat(10_001);
    let mut table = String::new();
    for (action, body) in [
        ("send", json!({ "content": "x" })),
        ("send", json!({ "conversation_id": 5, "content": "x" })),
        ("send", json!({ "conversation_id": id, "content": "" })),
        ("send", json!({ "conversation_id": id, "content": long })),
        ("toggle-ai", json!({ "conversation_id": id })),
        ("set-risk", json!({ "conversation_id": id })),
        ("set-risk", json!({ "conversation_id": id, "risk_level": "grave" })),
        ("add-note", json!({ "conversation_id": id, "content": " " })),
        ("acknowledge-tag", json!({})),
        ("acknowledge-tag", json!({ "tag_id": 5 })),
        ("acknowledge-tag", json!({ "tag_id": 4_398_046_511_105_u64 })),
        ("mark-alert-read", json!({})),
        ("mark-alert-read", json!({ "alert_id": 5 })),
        ("mark-alert-read", json!({ "alert_id": (id.as_u64().unwrap() << 20) + 9 })),
        ("mark-all-read", json!({})),
    ] {
        table += &format!("{action}: {}\n", section.does(action, body).await.line());
    }
    for query in [
        "messages",
        "messages?conversation_id=x",
        "notes",
        "alerts?alert_type=x",
        "alerts?unread_only=maybe",
        "alerts?cursor=x",
        "conversations?cursor=x",
    ] {
        let answer = section.world.get("therapist_lee", &format!("{DASHBOARD}/{query}")).await;
        table += &format!("{query}: {}\n", answer.line());
    }
    insta::assert_snapshot!(table);
}

/// Membership is checked on every call: roles, sections, and another subject's conversation.
#[tokio::test]
async fn whoever_is_not_of_the_section() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    let denied = r#"403 {"error":"Access denied"}"#;
    let missing = r#"404 {"error":"Conversation not found"}"#;
    let conversation = format!("messages?conversation_id={id}");
    for (who, path, line) in [
        ("subject_john", format!("{DASHBOARD}/{conversation}"), denied),
        ("therapist_lee", format!("{CHAT}/messages"), denied),
        ("therapist_other", format!("{DASHBOARD}/{conversation}"), denied),
        ("therapist_other", format!("/request/8/therapist-dashboard/{conversation}"), missing),
        ("subject_jane", format!("{CHAT}/{conversation}"), denied),
        ("subject_john", "/request/8/therapy-chat/messages".to_owned(), denied),
        ("subject_john", "/request/x/therapy-chat/messages".to_owned(), denied),
        ("dr_smith", format!("{DASHBOARD}/conversations"), denied),
    ] {
        assert_eq!(section.world.get(who, &path).await.line(), line, "{who} {path}");
    }
    let nobody = Answer::of(section.world.anonymous("GET", &format!("{CHAT}/messages"))).await;
    assert_eq!(nobody.line(), r#"401 {"error":"User not authenticated"}"#);
}

#[tokio::test]
async fn unknown_paths_methods_and_types() {
    let section = Section::start().await;
    let unknown = section.world.get("subject_john", &format!("{CHAT}/nowhere")).await;
    assert_eq!(unknown.line(), r#"404 {"error":"Not found."}"#);
    let method = section.world.put("subject_john", &format!("{CHAT}/send"), json!({})).await;
    assert_eq!((method.status, method.header("allow")), (405, "POST"));
    let text = section.world.request("subject_john", "POST", &format!("{CHAT}/send")).body("x");
    assert_eq!(Answer::of(text).await.status, 415);
    let large = json!({ "content": "x".repeat(300_000) });
    let large = section.asks("send", large).await;
    assert_eq!((large.status, large.body["error"].is_string()), (413, true));
    let slash: Value = section.world.get("subject_john", &format!("{CHAT}/messages/")).await.ok();
    assert_eq!(slash["conversation_id"], json!(null), "both slash forms are one path");
}
