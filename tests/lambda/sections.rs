//! The functions of documents 001 and 002.

use serde_json::json;

use crate::deployed::Deployed;
use crate::http::{Answer, assert_discreet};

#[tokio::test]
async fn therapy_chat_and_dashboard() {
    let deployed = Deployed::new().await;
    let chat = deployed.start("therapy-chat").await;
    let sent = Answer::to(&chat, &deployed.event("therapy-chat/send", "subject_john")).await.json();
    assert_eq!((&sent["success"], &sent["ai_message"]["sender_type"]), (&json!(true), &json!("ai")));
    let refused = Answer::to(&chat, &deployed.event("therapy-chat/send", "therapist_lee")).await;
    assert_eq!(refused.line(), r#"403 {"error":"Access denied"}"#);
    let dashboard = deployed.start("therapist-dashboard").await;
    let listed = Answer::to(&dashboard, &deployed.event("therapist-dashboard/conversations", "therapist_lee")).await;
    assert_eq!(listed.json()["conversations"][0]["id"], sent["conversation_id"]);
    assert_discreet(&chat);
    assert_discreet(&dashboard);
}

#[tokio::test]
async fn conversation_messages() {
    let deployed = Deployed::new().await;
    let function = deployed.start("conversation-messages").await;
    let created =
        Answer::to(&function, &deployed.event("conversation-messages/create-conversation", "patient_123")).await;
    assert!(created.line().starts_with("201 ") && created.text.contains(r#""title":"My visit""#), "{created:?}");
    assert_discreet(&function);
}

#[tokio::test]
async fn members_of_sections() {
    let deployed = Deployed::new().await;
    let function = deployed.start("directory").await;
    let member = Answer::to(&function, &deployed.event("directory/put-section-member", "service")).await.json();
    let expected = json!({
        "section_id": 7, "user_id": 20, "organization_id": 21, "name": "Example Therapist", "role": "therapist",
    });
    assert_eq!(member, expected);
    assert_discreet(&function);
}

#[tokio::test]
async fn symptom_assessment() {
    let deployed = Deployed::new().await;
    let function = deployed.start("symptom-assessment").await;
    let health = Answer::to(&function, &deployed.event("symptom-assessment/health", "patient_123")).await;
    assert_eq!(health.line(), r#"200 {"status":"healthy","version":"1.0.0"}"#);
    let assessed = Answer::to(&function, &deployed.event("symptom-assessment/assess", "patient_123")).await.json();
    assert_eq!(assessed["assessment"]["level"], "emergency_now");
    let refused = Answer::to(&function, &deployed.event("symptom-assessment/assess", "patient_456")).await;
    assert!(refused.line().starts_with("403 ") && refused.text.contains(r#""code":"FORBIDDEN""#), "{refused:?}");
    assert_discreet(&function);
}
