//! Who read or changed a conversation.

use serde_json::{Value, json};

use super::Section;

async fn actions(section: &Section, who: &str, path: &str) -> Vec<String> {
    let entries = section.world.get(who, path).await.ok();
    let name =
        |entry: &Value| format!("{} {}", entry["actor"]["kind"].as_str().unwrap(), entry["action"].as_str().unwrap());
    entries.as_array().unwrap().iter().rev().map(name).collect()
}

#[tokio::test]
async fn every_look_and_every_change_stands_in_it_once() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    let messages = format!("messages?conversation_id={id}");
    for _ in 0..3 {
        section.dashboard(&messages).await;
    }
    section.does("set-risk", json!({ "conversation_id": id, "risk_level": "high" })).await.ok();
    section.does("set-risk", json!({ "conversation_id": id, "risk_level": "high" })).await.ok();
    section.does("add-note", json!({ "conversation_id": id, "content": "x" })).await.ok();
    section.dashboard(&format!("notes?conversation_id={id}")).await;
    section.does("toggle-ai", json!({ "conversation_id": id, "enabled": false })).await.ok();
    section.world.advance("61m").await;
    section.dashboard(&messages).await;
    // Notes, down to whether there are any, and the risk are the therapists' own.
    let expected = ["therapist thread_read", "therapist assistant_set", "therapist thread_read"];
    assert_eq!(actions(&section, "subject_john", "/patients/me/audit/").await, expected);
    assert_eq!(actions(&section, "subject_jane", "/patients/me/audit/").await, Vec::<String>::new());
}

/// Older messages are a further look, however often the newest were looked at.
#[tokio::test]
async fn older_pages_stand_in_it_too() {
    let section = Section::start().await;
    let id = section.says("Hello").await["conversation_id"].clone();
    section.says("I slept badly").await;
    let path = format!("messages?conversation_id={id}&limit=1");
    let newest = section.world.get("therapist_lee", &format!("{}/{path}", super::DASHBOARD)).await;
    let older = format!("{path}&cursor={}", newest.header("x-next-cursor"));
    for _ in 0..2 {
        section.dashboard(&path).await;
        section.dashboard(&older).await;
    }
    assert_eq!(actions(&section, "subject_john", "/patients/me/audit/").await, ["therapist thread_read"; 2]);
    let first = section.world.get("subject_john", "/patients/me/audit/?limit=1").await;
    assert_eq!(first.body.as_array().unwrap().len(), 1);
    let cursor = first.header("x-next-cursor").replace('#', "%23");
    let rest = format!("/patients/me/audit/?limit=1&cursor={cursor}");
    assert_eq!(actions(&section, "subject_john", &rest).await.len(), 1);
}

#[tokio::test]
async fn an_administrator_reads_it_by_the_patients_number() {
    let section = Section::start().await;
    let patient = section.world.patient("dr_smith", "+2348012345678").await;
    let start = json!({ "patient_id": patient, "query": "Hello", "responder": "assistant" });
    let thread = section.world.post("dr_smith", "/patient-threads/send/", start).await.ok()["public_id"].clone();
    let switch = json!({ "responder": "doctor", "provider_id": 9 });
    let path = format!("/patient-threads/{}/switch-responder/", thread.as_str().unwrap());
    section.world.post("dr_smith", &path, switch).await.ok();
    for path in ["patient-threads", "providermessages"] {
        section.world.get("dr_smith", &format!("/{path}/{}/", thread.as_str().unwrap())).await.ok();
    }
    let path = format!("/patients/{patient}/audit/");
    assert_eq!(actions(&section, "admin", &path).await, ["provider responder_switched", "provider thread_read"]);
    for who in ["dr_smith", "therapist_lee", "service"] {
        assert_eq!(section.world.get(who, &path).await.status, 403, "{who}");
    }
    assert_eq!(section.world.get("patient_123", &path).await.status, 403, "only the own record");
    assert_eq!(section.world.get("admin", "/patients/999/audit/").await.status, 404);
    let page = section.world.get("admin", &format!("{path}?limit=1")).await;
    assert_eq!(page.body.as_array().unwrap().len(), 1);
    assert_eq!(section.world.get("admin", &format!("{path}?cursor=x")).await.status, 400);
}
