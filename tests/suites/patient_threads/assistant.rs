//! The assistant without a model: one reply to a burst, recorded readings, and alarm before any words.

use serde_json::json;
use tests::World;

use super::{PHONE, Shared};

#[tokio::test]
async fn a_burst_gets_one_reply() {
    let shared = Shared::start(World::start().await).await;
    for text in ["Hi", "I have a headache", "since this morning", "it is strong"] {
        assert_eq!(shared.world.inbound(PHONE, text).await, 200);
    }
    assert_eq!(shared.said_by("assistant").await, [""; 0], "the patient may still be writing");
    shared.world.advance("4s").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
    shared.world.advance("10m").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
}

#[tokio::test]
async fn a_reply_reaches_the_patient_and_looks_like_one_of_the_team() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("I have a headache").await;
    let outbox = shared.world.outbox(PHONE).await;
    assert_eq!(outbox[1]["text"]["body"], shared.said_by("assistant").await[0].as_str());
    let thread = shared.world.get("dr_smith", &format!("/providermessages/{}/", shared.id)).await.ok();
    let reply = &thread["messages"][2];
    assert_eq!((&reply["role"], &reply["from_doctor"]), (&json!("assistant"), &json!(false)));
}

#[tokio::test]
async fn a_reading_is_kept_and_one_outside_its_limits_alarms() {
    let shared = Shared::start(World::start().await).await;
    shared.patient_says("My sugar is 110").await;
    assert_eq!(shared.open_alerts().await, [""; 0]);
    shared.patient_says("and my blood pressure is 150/95").await;
    assert_eq!(shared.open_alerts().await, ["abnormal_reading"]);
    let thread = shared.thread().await;
    let displays: Vec<&str> =
        thread["observations"].as_array().unwrap().iter().map(|o| o["display"].as_str().unwrap()).collect();
    assert_eq!(displays, ["glucose 110 mg/dL", "blood pressure 150/95 mmHg"]);
    assert_eq!(thread["observations"][1]["value"], json!({ "systolic": 150.0, "diastolic": 95.0 }));
    assert_eq!(thread["alerts"][0]["message_id"], thread["observations"][1]["message_id"]);
    let said = shared.said_by("assistant").await.pop().unwrap();
    assert!(said.contains("blood pressure 150/95 mmHg") && said.contains("outside the usual limits"), "{said}");
}

#[tokio::test]
async fn a_thread_that_nobody_gave_to_the_assistant_is_not_answered_by_it() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    assert_eq!(world.inbound(PHONE, "Are you there?").await, 200);
    world.advance("10m").await;
    let shown = world.get("dr_smith", &format!("/patient-threads/{}/", thread.public_id)).await.ok();
    assert_eq!((&shown["responder"], shown["messages"].as_array().unwrap().len()), (&json!("doctor"), 3));
}

#[tokio::test]
async fn a_lost_hint_is_healed_by_the_sweeper() {
    let shared = Shared::start(World::start().await).await;
    shared.world.local_post("crash", json!({ "point": "inbound-kept" })).await;
    shared.world.inbound(PHONE, "I have a headache").await;
    shared.world.advance("3m").await;
    assert_eq!(shared.said_by("assistant").await.len(), 1);
    assert_eq!(shared.said_by("patient").await.len(), 1, "Meta delivered it again, and it was known");
}

/// A worker dies at each step of its turn: the patient gets one reply all the same.
#[tokio::test]
async fn a_dying_worker_costs_no_reply_and_doubles_none() {
    for point in ["reply-taken", "reply-generated", "reply-kept", "delivery-claimed"] {
        let shared = Shared::start(World::start().await).await;
        shared.world.local_post("crash", json!({ "point": point })).await;
        shared.patient_says("I have a headache").await;
        shared.world.advance("15m").await;
        assert_eq!(shared.said_by("assistant").await.len(), 1, "{point}");
        assert_eq!(shared.world.outbox(PHONE).await.len(), 2, "{point}");
        assert_eq!(shared.thread().await["responding"], false, "{point}");
    }
}
