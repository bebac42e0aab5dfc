//! Handing over: who answers, who is responsible, what the assistant is told and what a human is told.

use serde_json::{Value, json};
use tests::World;

use super::{PHONE, Shared};

fn doctor() -> Value {
    json!({ "responder": "doctor", "provider_id": 9, "send_handoff_message": false })
}

#[tokio::test]
async fn a_human_who_takes_over_silences_the_assistant() {
    let shared = Shared::start(World::start().await).await;
    assert_eq!(shared.world.inbound(PHONE, "I have a headache").await, 200);
    shared.switch(doctor()).await;
    shared.world.advance("10m").await;
    assert_eq!(shared.said_by("assistant").await, [""; 0], "what was owed is not said");
    shared.patient_says("Are you there?").await;
    shared.world.advance("10m").await;
    assert_eq!(shared.said_by("assistant").await, [""; 0]);
}

#[tokio::test]
async fn a_human_who_writes_takes_over() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I have a headache").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
    shared.world.say("dr_smith", &shared.id, "I am with you now.").await.ok();
    let thread = shared.thread().await;
    assert_eq!((&thread["responder"], &thread["responder_provider_id"]), (&json!("doctor"), &json!(9)));
    shared.patient_says("Thank you").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
}

/// Takes over while an answer is being generated: what was generated is never said.
#[tokio::test]
async fn an_answer_that_is_being_generated_is_not_said_after_a_take_over() {
    let shared = Shared::start(World::start().await).await;
    shared.world.local_post("hold", json!({ "point": "reply-generated" })).await;
    assert_eq!(shared.world.inbound(PHONE, "I have a headache").await, 200);
    shared.world.advance("4s").await;
    assert_eq!(shared.thread().await["responding"], true);
    shared.switch(doctor()).await;
    assert_eq!(shared.thread().await["responding"], false);
    shared.world.local_post("release", json!({ "point": "reply-generated" })).await;
    shared.world.drain().await;
    shared.world.advance("10m").await;
    assert_eq!(shared.said_by("assistant").await, [""; 0]);
    assert_eq!(shared.world.outbox(PHONE).await.len(), 1, "only the opening template");
}

#[tokio::test]
async fn the_assistant_that_gets_a_thread_back_answers_what_waits() {
    let shared = Shared::start(World::start().await).await;
    shared.switch(doctor()).await;
    shared.patient_says("I have a headache").await;
    shared.switch(json!({ "responder": "assistant" })).await;
    shared.world.advance("4s").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
    let thread = shared.thread().await;
    assert_eq!((&thread["responder"], &thread["responder_provider_id"]), (&json!("assistant"), &json!(9)));
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    let shared = Shared::start(World::start().await).await;
    let first = shared.switch(json!({ "responder": "doctor", "provider_id": 9 })).await;
    let before = shared.thread().await;
    let second =
        shared.switch(json!({ "responder": "doctor", "provider_id": 9, "handoff_message": "Hello again" })).await;
    assert_eq!((&first["previous_responder"], &second["previous_responder"]), (&json!("assistant"), &json!("doctor")));
    assert_eq!(shared.thread().await, before, "nobody is told twice");
}

#[tokio::test]
async fn a_repeated_request_answers_as_the_first_did() {
    let shared = Shared::start(World::start().await).await;
    let path = shared.path("switch-responder/");
    let body = json!({ "responder": "doctor", "provider_id": 10, "handoff_message": "Dr. Jones takes over." });
    let first = shared.world.post_once("dr_smith", &path, ("k", &body)).await;
    let second = shared.world.post_once("dr_smith", &path, ("k", &body)).await;
    assert_eq!((second.status, &second.body["previous_responder"]), (200, &first.body["previous_responder"]));
    assert_eq!(second.header("idempotency-replayed"), "true");
    let told = shared.said_by("doctor").await.into_iter().filter(|text| text == "Dr. Jones takes over.").count();
    assert_eq!(told, 1);
    let other = shared.world.post_once("dr_smith", &path, ("k", &json!({ "responder": "assistant" }))).await;
    assert_eq!(other.status, 422);
}

#[tokio::test]
async fn whoever_takes_over_finds_it_in_their_list() {
    let shared = Shared::start(World::start().await).await;
    shared.switch(json!({ "responder": "doctor", "provider_id": 10 })).await;
    let of = async |who: &str| {
        let list = shared.world.get(who, "/patient-threads/").await.ok();
        list["threads"].as_array().unwrap().iter().any(|thread| thread["public_id"] == shared.id.as_str())
    };
    assert!(of("dr_jones").await && !of("dr_smith").await);
    let list = shared.world.get("dr_jones", "/providermessages/").await.ok();
    assert_eq!(list[0]["public_id"], shared.id.as_str(), "both halves of the document show the same thread");
}

#[tokio::test]
async fn the_patient_is_told_in_their_language_when_that_is_asked_for() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("Hola, me duele mucho la cabeza desde ayer").await;
    assert!(shared.said_by("assistant").await[0].starts_with("Hola Test"));
    shared.switch(json!({ "responder": "doctor", "provider_id": 9, "send_handoff_message": true })).await;
    let told = shared.said_by("doctor").await.pop().unwrap();
    assert!(told.contains("Dr. Smith") && !told.contains("taking over"), "{told}");
    shared.switch(json!({ "responder": "assistant", "send_handoff_message": false, "handoff_message": "No." })).await;
    assert_eq!(shared.said_by("doctor").await.pop().unwrap(), told, "asked not to tell, nobody is told");
}

#[tokio::test]
async fn a_human_gets_five_lines() {
    let shared = Shared::start(World::start().await).await;
    shared.world.local_post("clock", json!({ "set": "2030-01-01T09:00:00Z" })).await;
    shared
        .task(json!({ "title": "Blood pressure", "objective": "Below 140/90", "checklist": ["Buy a monitor"] }))
        .await;
    shared.patient_says("My blood pressure is 150/95. Can I still take my walk?").await;
    shared.world.say("dr_smith", &shared.id, "I will call you tomorrow.").await.ok();
    shared.switch(json!({ "responder": "assistant" })).await;
    let brief = shared.switch(json!({ "responder": "human_staff", "provider_id": 102 })).await["brief"].clone();
    insta::assert_json_snapshot!(brief, @r#"
    {
      "last_readings": "blood pressure 150/95 mmHg (2030-01-01 09:00, outside the limits).",
      "open_questions": "None.",
      "promised": "I will call you tomorrow.",
      "reason": "Task: Blood pressure. The patient wrote: \"My blood pressure is 150/95. Can I still take my walk?\"",
      "risk": "Medium. Outside the limits: blood pressure 150/95 mmHg."
    }
    "#);
}
