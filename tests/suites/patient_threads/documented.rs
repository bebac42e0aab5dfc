//! The examples of document 000, second half, by the number of their contract item.

use serde_json::json;
use tests::{World, redacted};

use super::Shared;

#[tokio::test]
async fn dp_2_1_the_list() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I have a headache").await;
    let list = shared.world.get("dr_smith", "/patient-threads/").await.ok();
    insta::assert_json_snapshot!(redacted(&list));
}

#[tokio::test]
async fn dp_2_2_one_thread_by_number_or_public_id() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I have a headache that started this morning").await;
    shared.patient_says("It's moderate and I feel nauseous too").await;
    let by_public_id = shared.thread().await;
    let by_number = shared.world.get("dr_smith", &format!("/patient-threads/{}/", by_public_id["id"])).await.ok();
    assert_eq!(by_number, by_public_id);
    insta::assert_json_snapshot!(redacted(&by_public_id));
}

/// A client polls and compares `updated` with `>`.
#[tokio::test]
async fn dp_2_2_updated_moves_with_every_message() {
    let shared = Shared::start(World::start().await).await;
    let mut seen = shared.thread().await["updated"].as_str().unwrap().to_owned();
    for text in ["one", "two", "three"] {
        assert_eq!(shared.world.inbound(super::PHONE, text).await, 200);
        let now = shared.thread().await["updated"].as_str().unwrap().to_owned();
        assert!(now > seen, "{now} after {seen}");
        seen = now;
    }
}

#[tokio::test]
async fn dp_3_1_send_a_message() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I have a headache").await;
    let text = "Please take 2 tablets of paracetamol every 6 hours and rest. Call me if symptoms worsen.";
    for path in ["gpt-threads", "gptthreads", "patient-threads"] {
        let path = format!("/{path}/{}/send-message/", shared.id);
        let sent = shared.world.post("dr_smith", &path, json!({ "message": text })).await.ok();
        assert_eq!((&sent["status"], &sent["delivery_status"]), (&json!("Message sent"), &json!("queued")));
        assert!(sent["message_id"].as_str().unwrap().starts_with("msg_"));
        for body in [json!({}), json!({ "message": "" }), json!({ "message": " \n" })] {
            let refused = shared.world.post("dr_smith", &path, body).await;
            assert_eq!(refused.line(), r#"400 {"error":"Message is required"}"#);
        }
        let colleague = shared.world.post("dr_jones", &path, json!({ "message": text })).await;
        assert_eq!(colleague.line(), r#"403 {"error":"Not authorized to send messages in this thread"}"#);
    }
    assert_eq!(shared.said_by("doctor").await.len(), 4);
}

#[tokio::test]
async fn dp_3_2_start_a_conversation() {
    let world = World::start().await;
    let patient = world.patient("dr_smith", super::PHONE).await;
    let body = json!({
        "patient_id": patient, "query": "Hello, how are you feeling today?",
        "responder": "doctor", "daily_report": false, "expertise_level": "medium",
    });
    let started = world.post("dr_smith", "/patient-threads/send/", body).await.ok();
    insta::assert_json_snapshot!(redacted(&started), @r#"
    {
      "created": "<created>",
      "delivery_status": "queued",
      "message": "Hello, how are you feeling today?",
      "message_id": "<message_id>",
      "patient_id": "<patient_id>",
      "public_id": "<public_id>",
      "responder": "doctor",
      "thread_id": "<thread_id>"
    }
    "#);
    world.drain().await;
    let outbox = world.outbox(super::PHONE).await;
    assert_eq!(outbox[0]["type"], "template", "WhatsApp lets nobody begin with free text");
    assert!(outbox[0].to_string().contains("Hello, how are you feeling today?"));
}

#[tokio::test]
async fn dp_4_1_switch_the_responder() {
    let shared = Shared::start(World::start().await).await;
    let doctor = json!({
        "responder": "doctor", "provider_id": 9, "send_handoff_message": true,
        "handoff_message": "I'm taking over this conversation to provide personalized care.",
    });
    let assistant = json!({
        "responder": "assistant", "objective_completed": true, "send_handoff_message": true,
        "handoff_message": "I'll let our AI assistant continue helping you.",
    });
    let staff = json!({
        "responder": "human_staff", "provider_id": 102, "send_handoff_message": true,
        "handoff_message": "Transferring you to our support staff.",
    });
    let mut answers = Vec::new();
    for body in [doctor, assistant, staff] {
        let mut answer = shared.switch(body).await;
        let brief = answer.as_object_mut().unwrap().remove("brief");
        assert_eq!(brief.is_some(), answer["current_responder"] != "assistant", "a human gets a brief");
        answers.push(answer);
    }
    insta::assert_json_snapshot!(answers, @r#"
    [
      {
        "current_responder": "doctor",
        "message": "Switched to doctor responder",
        "previous_responder": "assistant",
        "responder_provider_id": 9,
        "responder_provider_name": "Dr. Smith",
        "success": true
      },
      {
        "current_responder": "assistant",
        "message": "Switched to assistant responder",
        "previous_responder": "doctor",
        "responder_provider_id": 9,
        "responder_provider_name": "Dr. Smith",
        "success": true
      },
      {
        "current_responder": "human_staff",
        "message": "Switched to human_staff responder",
        "previous_responder": "assistant",
        "responder_provider_id": 102,
        "responder_provider_name": "Ama",
        "success": true
      }
    ]
    "#);
    let told = shared.said_by("doctor").await;
    assert_eq!(
        told[1..],
        [
            "I'm taking over this conversation to provide personalized care.",
            "I'll let our AI assistant continue helping you.",
            "Transferring you to our support staff.",
        ]
    );
}

#[tokio::test]
async fn dp_4_1e_whom_nobody_names() {
    let shared = Shared::start(World::start().await).await;
    for responder in ["doctor", "human_staff"] {
        let refused =
            shared.world.post("dr_smith", &shared.path("switch-responder/"), json!({ "responder": responder })).await;
        let detail = format!("provider_id is required when switching to {responder} responder.");
        assert_eq!(refused.status, 400);
        assert_eq!(refused.body, json!({ "error": "doctor_assignment_required", "detail": detail }));
    }
}

#[tokio::test]
async fn dp_6_refusals_in_the_shapes_of_the_document() {
    let shared = Shared::start(World::start().await).await;
    let anonymous = tests::Answer::of(shared.world.anonymous("GET", "/patient-threads/")).await;
    assert_eq!(anonymous.line(), r#"401 {"detail":"Authentication credentials were not provided."}"#);
    let patient = shared.world.get("patient_123", "/patient-threads/").await;
    assert_eq!(patient.line(), r#"403 {"detail":"You do not have permission to perform this action."}"#);
    for path in ["/patient-threads/5/", "/patient-threads/abc-123-def/", "/patient-threads/x/y/z"] {
        assert_eq!(shared.world.get("dr_smith", path).await.line(), r#"404 {"detail":"Not found."}"#, "{path}");
    }
    let field = shared.world.post("dr_smith", "/patient-threads/send/", json!({ "query": "Hello" })).await;
    assert_eq!(field.line(), r#"400 {"patient_id":["patient_id is required."]}"#);
    let foreign = shared.world.get("dr_other", &shared.path("")).await;
    assert_eq!(foreign.line(), r#"404 {"detail":"Not found."}"#);
}
