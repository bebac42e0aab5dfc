//! When the assistant answers a subject, and when it is silent.

use serde_json::json;
use tests::World;

use super::{CHAT, Section};

#[tokio::test]
async fn not_to_a_message_for_the_therapist_and_not_without_one() {
    let section = Section::start().await;
    assert_eq!(section.says("@therapist are you there?").await["ai_message"], json!(null));
    assert_eq!(section.says("I slept badly").await["ai_message"]["sender_type"], "ai");
    section.sets(json!({ "mode": "human_only" })).await;
    assert_eq!(section.says("I slept badly again").await["ai_message"], json!(null));
    assert_eq!(section.chat("conversation").await["mode"], "human_only");
    section.world.drain().await;
    section.world.advance("10m").await;
    let shown = section.chat("messages").await["messages"].clone();
    let replies = shown.as_array().unwrap().iter().filter(|message| message["sender_type"] == "ai").count();
    assert_eq!(replies, 1, "no worker answers what was not the assistant's");
}

/// The process that holds the turn dies: the worker answers when its lease has ended, once.
#[tokio::test]
async fn a_reply_that_was_cut_off_comes_later() {
    let section = Section::start().await;
    section.world.local_post("crash", json!({ "point": "reply-generated" })).await;
    let path = format!("{CHAT}/send");
    let cut = tests::Answer::of(
        section.world.request("subject_john", "POST", &path).json(&json!({ "content": "I feel sad" })),
    );
    let cut = cut.await;
    assert!(cut.status == 200 || cut.status == 500, "{}", cut.text);
    for _ in 0..3 {
        section.world.advance("1m").await;
        section.world.drain().await;
    }
    let shown = section.chat("messages").await["messages"].clone();
    let senders: Vec<&str> =
        shown.as_array().unwrap().iter().map(|message| message["sender_type"].as_str().unwrap()).collect();
    assert_eq!(senders, ["subject", "ai"]);
}

/// A turn that is owed when the therapists take over is theirs.
#[tokio::test]
async fn nothing_is_said_once_only_humans_answer() {
    let section = Section::start().await;
    section.world.local_post("crash", json!({ "point": "reply-generated" })).await;
    let path = format!("{CHAT}/send");
    tests::Answer::of(section.world.request("subject_john", "POST", &path).json(&json!({ "content": "I feel sad" })))
        .await;
    section.sets(json!({ "mode": "human_only" })).await;
    for _ in 0..3 {
        section.world.advance("1m").await;
        section.world.drain().await;
    }
    section.sets(json!({ "mode": "ai_hybrid" })).await;
    section.world.advance("5m").await;
    let shown = section.chat("messages").await["messages"].clone();
    assert_eq!(shown.as_array().unwrap().len(), 1, "{shown}");
}

/// A doctor's lists and threads show nothing of a section.
#[tokio::test]
async fn the_care_team_sees_nothing_of_it() {
    let section = Section::start().await;
    let id = section.says("I feel sad").await["conversation_id"].clone();
    for path in [format!("/patient-threads/{id}/"), format!("/providermessages/{id}/")] {
        assert_eq!(section.world.get("dr_smith", &path).await.status, 404, "{path}");
    }
    let queue = section.world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
    assert_eq!(queue, json!([]));
    let patients = section.world.get("dr_smith", "/providermessages/all-patients/").await;
    assert!(!patients.text.contains("John Doe"), "{}", patients.text);
}

#[tokio::test]
async fn two_first_messages_at_once_open_one_conversation() {
    let world = World::start().await;
    let path = format!("{CHAT}/send");
    let send = |text: &'static str| world.post("subject_john", &path, json!({ "content": text }));
    let (one, other) = tokio::join!(send("one"), send("two"));
    assert_eq!(one.ok()["conversation_id"], other.ok()["conversation_id"]);
    let listed = world.get("therapist_lee", "/request/7/therapist-dashboard/conversations").await.ok();
    assert_eq!(listed["conversations"].as_array().unwrap().len(), 1);
}
