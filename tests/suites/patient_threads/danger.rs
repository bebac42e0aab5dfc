//! A patient's message that speaks of danger: people are told and the assistant is silent, in the transaction that keeps it.

use serde_json::json;
use tests::World;

use super::{PHONE, Shared};

#[tokio::test]
async fn a_danger_alarms_silences_the_assistant_and_tells_the_patient_where_help_is() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I can't do this any more. I want to kill myself").await;
    let thread = shared.thread().await;
    assert_eq!((&thread["risk"], &thread["responder"]), (&json!("critical"), &json!("doctor")));
    let alert = shared.alerts().await.remove(0);
    insta::assert_json_snapshot!(json!({ "alert_type": alert["alert_type"], "severity": alert["severity"], "text": alert["text"] }), @r#"
    {
      "alert_type": "danger_detected",
      "severity": "emergency",
      "text": "The patient's message speaks of danger: self-harm."
    }
    "#);
    assert_eq!(shared.said_by("assistant").await, [""; 0], "no model answers a danger");
    let told = shared.said_by("system").await;
    assert!(told.len() == 1 && told[0].contains("emergency"), "{told:?}");
    shared.patient_says("I mean it").await;
    shared.world.advance("10m").await;
    assert_eq!(shared.said_by("assistant").await, [""; 0], "until a human gives it back");
    shared.switch(json!({ "responder": "assistant" })).await;
    shared.patient_says("I have a headache").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
}

#[tokio::test]
async fn a_medical_emergency_is_told_as_one_in_the_patients_language() {
    for (text, number) in [
        ("I have crushing chest pain and my left arm is numb", "emergency number"),
        ("Tengo un dolor muy fuerte en el pecho y no puedo respirar", "emergencias"),
    ] {
        let shared = Shared::start(World::start().await).await;
        shared.patient_says(text).await;
        let told = shared.said_by("system").await;
        assert!(told.len() == 1 && told[0].contains(number), "{told:?}");
        assert_eq!(shared.alerts().await[0]["text"], "The patient's message speaks of danger: medical emergency.");
    }
}

#[tokio::test]
async fn what_is_no_danger_is_answered() {
    for text in
        ["This traffic kills me", "I don't want to hurt myself, I only feel tired", "My uncle killed himself in 1990"]
    {
        let shared = Shared::start(World::start().await).await;
        shared.patient_says(text).await;
        assert_eq!((shared.open_alerts().await.len(), shared.said_by("assistant").await.len()), (0, 1), "{text}");
    }
}

/// A stranger's first words: the patient, the thread, the alert and the risk come into being together.
#[tokio::test]
async fn a_danger_as_the_first_message_of_all() {
    let world = World::start().await;
    assert_eq!(world.inbound(PHONE, "I took all my pills, I want to die").await, 200);
    world.drain().await;
    let threads = world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
    let path = format!("/patient-threads/{}/", threads[0]["public_id"].as_str().unwrap());
    let thread = world.get("dr_smith", &path).await.ok();
    assert_eq!((&thread["risk"], &thread["open_alerts"]), (&json!("critical"), &json!(1)));
    assert_eq!(thread["messages"].as_array().unwrap().len(), 2, "the message, and where help is");
}

/// Where help is depends on the danger: somebody who was told of the one is told of the other at once.
#[tokio::test]
async fn another_danger_is_answered_though_one_was_just_answered() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I have crushing chest pain and my left arm is numb").await;
    shared.patient_says("I want to kill myself").await;
    shared.patient_says("I really want to kill myself").await;
    let told = shared.said_by("system").await;
    assert!(told.len() == 2 && told[1].contains("alone"), "{told:?}");
    assert_eq!(shared.open_alerts().await.len(), 3, "every message alarms");
}
