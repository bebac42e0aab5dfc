//! Lists and numbers of the dashboard.

use serde_json::{Value, json};

use super::{CHAT, DASHBOARD, Section};

async fn jane_says(section: &Section, text: &str) -> Value {
    section.world.post("subject_jane", &format!("{CHAT}/send"), json!({ "content": text })).await.ok()
}

#[tokio::test]
async fn conversations_stand_by_risk_and_then_by_age() {
    let section = Section::start().await;
    let john = section.says("Hello").await["conversation_id"].clone();
    section.world.advance("2s").await;
    let jane = jane_says(&section, "Hello").await["conversation_id"].clone();
    let order = async || {
        let listed = section.dashboard("conversations").await["conversations"].clone();
        listed.as_array().unwrap().iter().map(|conversation| conversation["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(order().await, [jane.clone(), john.clone()]);
    section.does("set-risk", json!({ "conversation_id": john, "risk_level": "medium" })).await.ok();
    assert_eq!(order().await, [john.clone(), jane.clone()]);
    let first = section.world.get("therapist_lee", &format!("{DASHBOARD}/conversations?limit=1")).await;
    let cursor = first.header("x-next-cursor").to_owned();
    assert_eq!(first.ok()["conversations"][0]["id"], john);
    let second =
        section.world.get("therapist_lee", &format!("{DASHBOARD}/conversations?limit=1&cursor={cursor}")).await;
    assert_eq!((second.header("x-next-cursor"), &second.body["conversations"][0]["id"]), ("", &jane));
}

#[tokio::test]
async fn what_is_unread_is_counted_for_each_therapist() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    let last = section.says("I feel tired").await["ai_message"]["id"].clone();
    let updates = section.dashboard("updates").await;
    assert_eq!(updates, json!({ "unread_messages": 2, "unread_alerts": 0, "latest_message_id": last }));
    assert_eq!(section.conversation().await["unread_messages"], 2);
    section.does("mark-all-read", json!({ "conversation_id": id })).await.ok();
    assert_eq!(section.dashboard("updates").await["unread_messages"], 0);
    section.says("I want to kill myself").await;
    let stats = section.dashboard("stats").await;
    let expected = json!({
        "success": true, "total_conversations": 1, "ai_enabled": 0, "unread_messages": 1, "unread_alerts": 1,
        "open_tags": 0, "risk_levels": { "low": 0, "medium": 0, "high": 0, "critical": 1 },
    });
    assert_eq!(stats, expected);
    section.does("send", json!({ "conversation_id": id, "content": "I am here." })).await.ok();
    assert_eq!(section.dashboard("updates").await["unread_messages"], 0, "whoever answers has read");
}

#[tokio::test]
async fn an_unchanged_conversation_is_not_sent_again() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    section.world.advance("40s").await;
    for (who, path) in [
        ("therapist_lee", format!("{DASHBOARD}/messages?conversation_id={id}")),
        ("subject_john", format!("{CHAT}/messages")),
        ("therapist_lee", format!("{DASHBOARD}/conversations")),
    ] {
        // The first look is written down, and shows in the list.
        section.world.get(who, &path).await;
        let tag = section.world.get(who, &path).await.header("etag").to_owned();
        let again = section.world.request(who, "GET", &path).header("if-none-match", &tag);
        assert_eq!(tests::Answer::of(again).await.status, 304, "{path}");
    }
}

#[tokio::test]
async fn alerts_are_filtered_by_type() {
    let section = Section::start().await;
    section.says("I want to kill myself").await;
    section.asks("tag", json!({ "reason": "emergency" })).await.ok();
    let kinds = async |filter: &str| {
        let alerts = section.dashboard(&format!("alerts{filter}")).await["alerts"].clone();
        alerts.as_array().unwrap().iter().map(|alert| alert["alert_type"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(kinds("").await, ["tag_received", "danger_detected"]);
    assert_eq!(kinds("?alert_type=danger_detected").await, ["danger_detected"]);
    assert_eq!(kinds("?alert_type=inactivity").await, Vec::<Value>::new());
    let first = section.world.get("therapist_lee", &format!("{DASHBOARD}/alerts?limit=1")).await;
    let next = section
        .dashboard(&format!("alerts?limit=1&cursor={}", first.header("x-next-cursor").replace('#', "%23")))
        .await;
    assert_eq!(next["alerts"][0]["alert_type"], "danger_detected");
}

#[tokio::test]
async fn no_subject_sees_a_note() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    section.does("add-note", json!({ "conversation_id": id, "content": "UNSEEN" })).await.ok();
    for path in ["therapy-chat/messages", "therapy-chat/conversation", "therapist-dashboard/notes?conversation_id=1"] {
        let answer = section.world.get("subject_john", &format!("/request/7/{path}")).await;
        assert!(!answer.text.contains("UNSEEN"), "{path}");
    }
    let audit = section.world.get("subject_john", "/patients/me/audit/").await;
    assert!(!audit.text.contains("UNSEEN") && !audit.text.contains("note"));
}

/// The numbers of a section are asked for every few seconds: what did not change is said so, and what did is not.
#[tokio::test]
async fn unchanged_numbers() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    for path in ["updates", "stats"] {
        let address = format!("{}/{path}", super::DASHBOARD);
        let asked = async |tag: &str| {
            let request = section.world.request("therapist_lee", "GET", &address).header("If-None-Match", tag);
            let answer = tests::Answer::of(request).await;
            (answer.status, answer.header("etag").to_owned())
        };
        section.world.advance("1m").await;
        let (_, tag) = asked("none").await;
        assert_eq!(asked(&tag).await.0, 304, "{path}");
        section.says("And I sleep badly").await;
        let (status, tag) = asked(&tag).await;
        assert_eq!(status, 200, "{path}: a message");
        section.does("mark-all-read", json!({ "conversation_id": id })).await.ok();
        let (status, tag) = asked(&tag).await;
        assert_eq!(status, 200, "{path}: what was read");
        section.does("set-risk", json!({ "conversation_id": id, "risk_level": "high" })).await.ok();
        section.does("set-risk", json!({ "conversation_id": id, "risk_level": "low" })).await.ok();
        assert_eq!(asked(&tag).await.0, 200, "{path}: the risk");
    }
}
