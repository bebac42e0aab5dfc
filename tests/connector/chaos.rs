//! Many clients under random faults, from seeds: the history must add up at the end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use platform::random::Random;
use serde_json::{Value, json};
use tests::InProcess;
use tokio::task::JoinSet;

const PHONE: &str = "2348012345678";

/// Sends a text, repeating it with its key until it is acknowledged.
async fn say(world: &InProcess, public_id: &str, text: &str) -> u64 {
    let body = json!({ "public_id": public_id, "message": text });
    loop {
        let answer = world.post_once("dr_smith", "/providermessages/send-message/", (text, &body)).await;
        if answer.status == 200 {
            return answer.body["message_id"].as_u64().unwrap();
        }
        assert!(matches!(answer.status, 500 | 503 | 504), "{answer:?}");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Polls with `after=`, through faults, until it has seen so many messages.
async fn poll(world: &InProcess, public_id: &str, until: usize) -> Vec<Value> {
    let mut seen: Vec<Value> = Vec::new();
    while seen.len() < until {
        let cursor = seen.last().map_or(String::new(), |last| format!("?after={}", last["message_id"]));
        let answer = world.get("dr_jones", &format!("/providermessages/{public_id}/{cursor}")).await;
        if answer.status == 200 {
            seen.extend(answer.body["messages"].as_array().unwrap().iter().cloned());
        }
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    seen
}

async fn opened(world: &InProcess) -> String {
    let body = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
    let patient = world.post("dr_smith", "/appointments/create-patient/", &body).await.body["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    let sent = world.post("dr_smith", "/providermessages/send-template-message/", &body).await;
    world.inbound(PHONE, ("wamid.first", "Hi")).await;
    sent.body["public_id"].as_str().unwrap().to_owned()
}

async fn one_history(seed: u64) {
    const WRITERS: u64 = 5;
    const EACH: usize = 8;
    let world = Arc::new(InProcess::start(seed).await);
    let public_id = opened(&world).await;
    let total = 2 + EACH * 6;
    let mut tasks = JoinSet::new();
    for writer in 0..WRITERS {
        let (beside, public_id) = (world.beside(seed ^ (writer + 1)), public_id.clone());
        beside.faults.at_random(Random::seeded(seed * 31 + writer), 150);
        beside.faults.each_takes(Duration::from_millis(3));
        tasks.spawn(async move {
            let mut ids = Vec::new();
            for turn in 0..EACH {
                ids.push(say(&beside, &public_id, &format!("{writer}-{turn}")).await);
            }
            ids
        });
    }
    let patient = world.beside(seed ^ 99);
    patient.faults.at_random(Random::seeded(seed * 37), 150);
    tasks.spawn(async move {
        for turn in 0..EACH {
            patient.inbound(PHONE, (&format!("wamid.{turn}"), &format!("patient-{turn}"))).await;
        }
        Vec::new()
    });
    let poller = world.beside(seed ^ 100);
    poller.faults.at_random(Random::seeded(seed * 41), 200);
    let of_poller = public_id.clone();
    let polled = tokio::spawn(async move { poll(&poller, &of_poller, total).await });
    let mut acknowledged = Vec::new();
    while let Some(ids) = tasks.join_next().await {
        acknowledged.push(ids.unwrap());
    }
    check(&polled.await.unwrap(), &acknowledged, total);
    let quiet = poll(&world, &public_id, total).await;
    assert_eq!(quiet.len(), total, "nothing came later");
}

fn check(seen: &[Value], acknowledged: &[Vec<u64>], total: usize) {
    let ids: Vec<u64> = seen.iter().map(|message| message["message_id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), total);
    assert!(ids.windows(2).all(|pair| pair[1] == pair[0] + 1), "every number, once, in order: {ids:?}");
    for writer in acknowledged {
        assert!(writer.is_sorted(), "a writer's own order is kept");
        assert!(writer.iter().all(|id| ids.contains(id)), "nothing acknowledged is lost");
    }
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for message in seen {
        *times.entry(message["message_value"].as_str().unwrap()).or_default() += 1;
    }
    assert!(times.values().all(|times| *times == 1), "nothing twice: {times:?}");
}

#[tokio::test(start_paused = true)]
async fn histories_under_faults_add_up() {
    for seed in [1, 2, 3, 4, 5, 6] {
        one_history(seed).await;
    }
}

#[tokio::test]
async fn deliveries_under_faults_are_complete_and_in_order() {
    let faults = Arc::new(local::connector::Faults::default());
    let options =
        local::stack::Options { rate_limit: Some(0), faults: Some(Arc::clone(&faults)), ..Default::default() };
    let world = tests::World::with(options).await;
    let thread = world.converse("dr_smith", "+2348012345678").await;
    faults.at_random(Random::seeded(7), 60);
    for turn in 0..30 {
        let body = json!({ "public_id": thread.public_id, "message": format!("{turn}") });
        let key = format!("key-{turn}");
        while world.post_once("dr_smith", "/providermessages/send-message/", (&key, &body)).await.status != 200 {}
    }
    faults.at_random(Random::seeded(7), 0);
    world.advance("30m").await;
    let sent = world.outbox("+2348012345678").await;
    let mut texts: Vec<&str> = sent.iter().filter_map(|sent| sent["text"]["body"].as_str()).collect();
    // A worker whose outcome was lost may send again: next to itself, never out of order.
    texts.dedup();
    let expected: Vec<String> = (0..30).map(|turn| turn.to_string()).collect();
    assert_eq!(texts, expected);
    let messages = world.messages("dr_smith", &thread.public_id).await;
    assert!(messages.iter().filter_map(|m| m.get("delivery")).all(|delivery| delivery["status"] == "read"));
    let resends = world.count("InDoubtResend").await;
    assert!(sent.len() as u64 <= 31 + resends, "{} sent, {resends} in doubt", sent.len());
}
