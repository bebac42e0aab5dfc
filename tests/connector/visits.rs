//! Visits with every fault at every call: acknowledged means kept once, in its place, and told once.

use std::time::Duration;

use local::connector::Fault;
use serde_json::{Value, json};
use tests::InProcess;
use tests::in_process::visits::{said, with};

use crate::single_faults::{FAULTS, settle};

const KIM: &str = "clinician_kim";
const TEXT: &str = "I'll prescribe amoxicillin 500mg twice daily for 7 days and order a chest X-ray";

fn every_fault(calls: &[(&'static str, usize)]) -> Vec<(&'static str, usize, Fault)> {
    let positions = calls.iter().flat_map(|(operation, most)| (0..*most).map(move |skip| (*operation, skip)));
    positions.flat_map(|(operation, skip)| FAULTS.map(|fault| (operation, skip, fault))).collect()
}

/// A request with one key, repeated while the client is told to come back; what it was answered in the end.
async fn until_answered(world: &InProcess, path: &str, body: &Value) -> Value {
    for _ in 0..6 {
        let answer = world.post_once(KIM, path, ("key", body)).await;
        if answer.status == 200 {
            return answer.body["data"].clone();
        }
        assert!(matches!(answer.status, 500 | 503 | 504), "{answer:?}");
        tokio::time::sleep(Duration::from_secs(5)).await;
    }
    panic!("never answered");
}

async fn stats(world: &InProcess, visit: &str) -> Value {
    world.get(KIM, &format!("/api/conversations/{visit}")).await.body["data"]["stats"].clone()
}

#[tokio::test(start_paused = true)]
async fn an_utterance_is_kept_once() {
    for (index, (operation, skip, fault)) in
        every_fault(&[("GetItem", 2), ("TransactWriteItems", 1)]).into_iter().enumerate()
    {
        let world = InProcess::start(index as u64).await;
        let visit = world.visit().await;
        world.post(KIM, "/api/utterances", &said(&visit, "Good morning")).await;
        world.faults.later_call(operation, skip, fault);
        let mut body = said(&visit, "How long have you had this pain?");
        body["itemId"] = json!("item_1");
        let answer = until_answered(&world, "/api/utterances", &body).await;
        settle(&world).await;
        let again = world.post(KIM, "/api/utterances", &body).await.body["data"].clone();
        assert_eq!(again, answer, "{operation} {skip} {fault:?}");
        let list = world.get(KIM, &format!("/api/utterances?conversationId={visit}")).await.body["data"].clone();
        let numbers: Vec<u64> =
            list.as_array().unwrap().iter().map(|said| said["sequenceNumber"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [1, 2], "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn actions_are_kept_and_told_once() {
    let calls = [("GetItem", 4), ("TransactWriteItems", 1), ("SendMessage", 1)];
    for (index, (operation, skip, fault)) in every_fault(&calls).into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let visit = world.visit().await;
        world.faults.later_call(operation, skip, fault);
        let body = with(&visit, json!({ "text": TEXT, "utteranceId": "item_1" }));
        let answer = until_answered(&world, "/api/actions/detect", &body).await;
        settle(&world).await;
        let again = world.post(KIM, "/api/actions/detect", &body).await.body["data"].clone();
        assert_eq!(again, answer, "{operation} {skip} {fault:?}");
        assert_eq!(stats(&world, &visit).await["actionCount"], 2, "{operation} {skip} {fault:?}");
        assert_eq!(world.events(&visit).await, 2, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_its_summary_and_the_models_version_are_kept_and_told_once() {
    let calls = [("GetItem", 2), ("Query", 1), ("TransactWriteItems", 1), ("SendMessage", 2)];
    for (index, (operation, skip, fault)) in every_fault(&calls).into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let visit = world.visit().await;
        world.post(KIM, "/api/utterances", &said(&visit, "Come back in two weeks with your headache diary.")).await;
        world.faults.later_call(operation, skip, fault);
        let path = format!("/api/conversations/{visit}/end");
        let answer = until_answered(&world, &path, &json!({})).await;
        settle(&world).await;
        assert_eq!(world.post(KIM, &path, &json!({})).await.body["data"], answer, "{operation} {skip} {fault:?}");
        assert_eq!(world.events(&visit).await, 1, "{operation} {skip} {fault:?}");
        let summary = answer["summary"]["id"].as_str().unwrap();
        assert!(world.write_summary(summary).await && world.write_summary(summary).await);
        let shown = world.get(KIM, &format!("/api/summaries/{summary}")).await.body["data"].clone();
        assert_eq!((&shown["version"], &shown["model"]), (&json!(2), &json!("m")), "{operation} {skip} {fault:?}");
        assert_eq!(world.events(&visit).await, 2, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_model_writes_once_whatever_happens() {
    let calls = [("GetItem", 5), ("Query", 1), ("TransactWriteItems", 2), ("SendMessage", 1)];
    for (index, (operation, skip, fault)) in every_fault(&calls).into_iter().enumerate() {
        let world = InProcess::start(index as u64).await;
        let visit = world.visit().await;
        world.post(KIM, "/api/utterances", &said(&visit, "Come back in two weeks with your headache diary.")).await;
        let ended = world.post(KIM, &format!("/api/conversations/{visit}/end"), &json!({})).await;
        let summary = ended.body["data"]["summary"]["id"].as_str().unwrap().to_owned();
        world.faults.later_call(operation, skip, fault);
        world.write_summary(&summary).await;
        settle(&world).await;
        tokio::time::sleep(Duration::from_secs(120)).await;
        assert!(world.write_summary(&summary).await, "{operation} {skip} {fault:?}");
        let shown = world.get(KIM, &format!("/api/summaries/{summary}")).await.body["data"].clone();
        assert_eq!((&shown["version"], &shown["model"]), (&json!(2), &json!("m")), "{operation} {skip} {fault:?}");
        assert_eq!(world.events(&visit).await, 2, "{operation} {skip} {fault:?}");
        world.faults.take_calls();
        assert!(world.write_summary(&summary).await);
        assert_eq!(world.faults.take_calls().0.len(), 1, "one look, and nothing to do");
    }
}

#[tokio::test(start_paused = true)]
async fn health_tells_of_webhooks_that_wait_and_of_a_table_that_does_not_answer() {
    let world = InProcess::start(1).await;
    let visit = world.visit().await;
    let health = async || {
        let answer = world.get(KIM, "/api/health").await;
        (answer.status, answer.body["status"].clone(), answer.body["errors"].clone())
    };
    assert_eq!(world.post(KIM, &format!("/api/conversations/{visit}/end"), &json!({})).await.status, 200);
    assert_eq!(health().await, (200, json!("healthy"), Value::Null));
    // Nobody tells anybody here.
    tokio::time::sleep(Duration::from_secs(900)).await;
    let late = json!({ "webhooks": "Too many webhooks are waiting" });
    assert_eq!(health().await, (200, json!("degraded"), late));
    for _ in 0..3 {
        world.faults.next_call("GetItem", Fault::FailBefore);
    }
    let (status, named, errors) = health().await;
    assert_eq!((status, named), (503, json!("unhealthy")));
    assert!(errors["database"].as_str().unwrap().starts_with("The database does not answer"), "{errors}");
}
