//! The therapy chat, the dashboard and patients' own conversations with every fault at every one of their calls: acknowledged
//! means kept once, and a danger is never half kept.

use std::time::Duration;

use serde_json::{Value, json};
use tests::InProcess;
use tests::in_process::Answered;
use tokio::time::Instant;

use crate::single_faults::{every_fault, settle};

const SEND: &str = "/request/7/therapy-chat/send";
const DASHBOARD: &str = "/request/7/therapist-dashboard";
const DANGER: &str = "I want to kill myself";
const LATENCY: Duration = Duration::from_millis(4);

/// As a client does that repeats its request with the same key while it is told to.
async fn until_answered(world: &InProcess, who: &str, path: &str, body: &Value) -> Answered {
    let mut last = world.post_once(who, path, ("key", body)).await;
    for _ in 0..5 {
        if last.status < 300 {
            break;
        }
        last = world.post_once(who, path, ("key", body)).await;
    }
    assert!(last.status < 300, "{path}: {last:?}");
    last
}

async fn conversations(world: &InProcess) -> Vec<Value> {
    let listed = world.get("therapist_lee", &format!("{DASHBOARD}/conversations")).await.body;
    listed["conversations"].as_array().unwrap().clone()
}

async fn messages(world: &InProcess) -> Vec<Value> {
    world.get("subject_john", "/request/7/therapy-chat/messages").await.body["messages"].as_array().unwrap().clone()
}

/// The first message opens the conversation, makes the patient, raises the alarm and silences the assistant, or nothing of it.
#[tokio::test(start_paused = true)]
async fn a_danger_as_the_first_message_is_kept_as_a_whole() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.faults.later_call(operation, skip, fault);
        let blocked = until_answered(&world, "subject_john", SEND, &json!({ "content": DANGER })).await.body;
        assert_eq!(blocked["blocked"], true, "{operation} {skip} {fault:?}");
        settle(&world).await;
        let conversations = conversations(&world).await;
        assert_eq!(conversations.len(), 1, "{operation} {skip} {fault:?}");
        let state =
            (&conversations[0]["risk_level"], &conversations[0]["unread_alerts"], &conversations[0]["ai_enabled"]);
        assert_eq!(state, (&json!("critical"), &json!(1), &json!(false)), "{operation} {skip} {fault:?}");
        let alerts = world.get("therapist_lee", &format!("{DASHBOARD}/alerts")).await.body;
        assert_eq!(alerts["alerts"].as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
        let written = messages(&world).await.into_iter().filter(|message| message["content"] == DANGER).count();
        assert_eq!(written, 1, "{operation} {skip} {fault:?}");
    }
}

/// The reply may be cut off, and then the worker says it; there is one in any case.
#[tokio::test(start_paused = true)]
async fn a_message_and_its_reply_are_said_once() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.post("subject_john", SEND, &json!({ "content": "Hello" })).await;
        world.faults.later_call(operation, skip, fault);
        let sent = until_answered(&world, "subject_john", SEND, &json!({ "content": "I slept badly" })).await.body;
        settle(&world).await;
        world.reply(sent["conversation_id"].as_u64().unwrap()).await;
        let senders: Vec<String> =
            messages(&world).await.iter().map(|message| message["sender_type"].as_str().unwrap().to_owned()).collect();
        assert_eq!(senders, ["subject", "ai", "subject", "ai"], "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn tags_notes_and_alerts_happen_once() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let id = world.post("subject_john", SEND, &json!({ "content": DANGER })).await.body["conversation_id"].clone();
        let again = || world.faults.later_call(operation, skip, fault);
        again();
        let tag = json!({ "reason": "need_talk" });
        let tagged = until_answered(&world, "subject_john", "/request/7/therapy-chat/tag", &tag).await.body;
        again();
        let note = json!({ "conversation_id": id, "content": "x" });
        until_answered(&world, "therapist_lee", &format!("{DASHBOARD}/add-note"), &note).await;
        again();
        let acknowledge = json!({ "tag_id": tagged["tag_id"] });
        until_answered(&world, "therapist_lee", &format!("{DASHBOARD}/acknowledge-tag"), &acknowledge).await;
        settle(&world).await;
        let alerts = world.get("therapist_lee", &format!("{DASHBOARD}/alerts?unread_only=1")).await.body;
        let alert = json!({ "alert_id": alerts["alerts"][0]["id"] });
        again();
        until_answered(&world, "therapist_lee", &format!("{DASHBOARD}/mark-alert-read"), &alert).await;
        settle(&world).await;
        let listed = &conversations(&world).await[0];
        let open = (&listed["unread_alerts"], &listed["open_tags"]);
        assert_eq!(open, (&json!(1), &json!(0)), "{operation} {skip} {fault:?}");
        let notes = world.get("therapist_lee", &format!("{DASHBOARD}/notes?conversation_id={id}")).await.body;
        assert_eq!(notes["notes"].as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_record_is_written_changed_and_deleted_once() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        world.faults.later_call(operation, skip, fault);
        let created = until_answered(&world, "patient_123", "/patients/conversations/", &json!({})).await.body;
        let path = format!("/patients/conversations/{}/messages/", created["unique_id"].as_str().unwrap());
        world.faults.later_call(operation, skip, fault);
        let body = json!({ "message_type": "user", "content": "Hello" });
        let message = until_answered(&world, "patient_123", &path, &body).await.body;
        let one = format!("/patients/messages/{}/", message["unique_id"].as_str().unwrap());
        settle(&world).await;
        world.faults.later_call(operation, skip, fault);
        let put = world.put("patient_123", &one, &json!({ "content": "Hi" })).await.status;
        settle(&world).await;
        let shown = world.get("patient_123", &path).await.body;
        let content = &shown[0]["content"];
        assert!(put != 200 || content == "Hi", "{operation} {skip} {fault:?}");
        assert!(matches!(put, 200 | 500 | 503 | 504), "{put} {operation} {skip} {fault:?}");
        world.faults.later_call(operation, skip, fault);
        let deleted = world.delete("patient_123", &one).await.status;
        settle(&world).await;
        let left = world.get("patient_123", &path).await.body.as_array().unwrap().len();
        assert!(deleted != 204 || left == 0, "{operation} {skip} {fault:?}");
        let all = world.get("patient_123", "/patients/conversations/").await.body;
        assert_eq!(all.as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
    }
}

/// A therapist calms a conversation while its subject writes of danger: whoever decided before the danger was kept never has the
/// last word.
#[tokio::test(start_paused = true)]
async fn nobody_calms_a_conversation_over_a_danger_that_they_could_not_see() {
    let (mut overtaken, mut calmed) = (0, 0);
    for delay in 0..40 {
        let world = InProcess::start(delay).await;
        let first = world.post("subject_john", SEND, &json!({ "content": "I slept badly" })).await.body;
        let id = &first["conversation_id"];
        let high = json!({ "conversation_id": id, "risk_level": "high" });
        world.post("therapist_lee", &format!("{DASHBOARD}/set-risk"), &high).await;
        world.faults.each_takes(LATENCY);
        let written = async {
            let sent = world.post("subject_john", SEND, &json!({ "content": DANGER, "conversation_id": id })).await;
            assert_eq!(sent.body["blocked"], true);
            Instant::now()
        };
        let decided = async {
            tokio::time::sleep(Duration::from_millis(delay)).await;
            let began = Instant::now();
            let low = json!({ "conversation_id": id, "risk_level": "low" });
            (began, world.post("therapist_lee", &format!("{DASHBOARD}/set-risk"), &low).await.status)
        };
        let (kept, (began, status)) = tokio::join!(written, decided);
        world.faults.each_takes(Duration::ZERO);
        assert!(matches!(status, 200 | 409), "{status}");
        overtaken += usize::from(status == 409);
        let risk = conversations(&world).await[0]["risk_level"].clone();
        calmed += usize::from(risk == "low");
        assert!(risk == "critical" || began >= kept - LATENCY, "{delay} ms: {risk} over a danger");
    }
    assert!(overtaken > 0 && calmed > 0, "both happen: {overtaken} {calmed}");
}
