//! Turns of one thread at once: one after the other, never forked, never lost.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{BOT, Clinic, of_kind};

/// Tells something, again and again while the service asks for it, as documents tell clients to.
async fn until_taken(clinic: &Clinic, thread: &Value, (key, text): (&str, &str)) -> Value {
    let body = json!({ "message": text, "patientId": "patient-123", "threadId": thread });
    loop {
        let answer = clinic.world.post_once("patient_123", BOT, (key, &body)).await;
        match answer.status {
            200 => return answer.body,
            503 => assert_eq!(answer.header("retry-after"), "1"),
            other => panic!("{other} {}", answer.text),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twelve_turns_at_once_are_twelve_turns_one_after_the_other() {
    let clinic = Arc::new(Clinic::start().await);
    let thread = clinic.tells("I have a cough").await["threadId"].clone();
    let symptoms = ["headache", "sore throat", "runny nose", "back pain", "earache", "rash"];
    let mut tasks = JoinSet::new();
    for turn in 0..12 {
        let (clinic, thread) = (Arc::clone(&clinic), thread.clone());
        let text = format!("I have a {}", symptoms[turn % symptoms.len()]);
        tasks.spawn(async move { until_taken(&clinic, &thread, (&format!("turn-{turn}"), &text)).await });
    }
    let mut risks = BTreeSet::new();
    while let Some(answer) = tasks.join_next().await {
        let answer = answer.unwrap();
        assert_eq!(answer["threadId"], thread, "never forked");
        risks.insert(answer["resources"]["RiskAssessment"]["id"].as_str().unwrap().to_owned());
    }
    let record = clinic.record(&thread).await;
    let kept = of_kind(&record, "RiskAssessment");
    assert_eq!((risks.len(), kept.len()), (12, 13), "never lost");
    let queue = clinic.queue().await;
    assert_eq!(queue.len(), 1);
    let path = format!("/providermessages/{}/", queue[0]["public_id"].as_str().unwrap());
    let seen = clinic.world.get("dr_smith", &path).await.ok();
    let roles: Vec<&str> =
        seen["messages"].as_array().unwrap().iter().map(|message| message["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["user", "assistant"].repeat(13), "each is answered before the next is read");
    // The last assessment knows of everything that was told.
    let told: BTreeSet<&str> =
        of_kind(&record, "Observation").iter().filter_map(|observation| observation["valueString"].as_str()).collect();
    let basis = kept.last().unwrap()["basis"].as_array().unwrap().len();
    assert_eq!(basis, told.len(), "{told:?}");
}

/// The last turn that a thread has is given away once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_fiftieth_turns_at_once_are_one() {
    let clinic = Arc::new(Clinic::start().await);
    let thread = clinic.tells("I have a cough").await["threadId"].clone();
    for _ in 2..=49 {
        clinic.goes_on(&thread, "I still cough").await;
    }
    let mut tasks = JoinSet::new();
    for _ in 0..4 {
        let (clinic, thread) = (Arc::clone(&clinic), thread.clone());
        let body = json!({ "message": "I still cough", "patientId": "patient-123", "threadId": thread });
        tasks.spawn(async move { clinic.asks(body).await.status });
    }
    let mut statuses = Vec::new();
    while let Some(status) = tasks.join_next().await {
        statuses.push(status.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400, 400]);
    assert_eq!(of_kind(&clinic.record(&thread).await, "RiskAssessment").len(), 50);
}

/// New threads of a patient whom nobody knows yet are one patient's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_turns_at_once_make_one_patient() {
    let clinic = Arc::new(Clinic::start().await);
    let mut tasks = JoinSet::new();
    for turn in 0..6 {
        let clinic = Arc::clone(&clinic);
        tasks.spawn(async move { until_taken(&clinic, &Value::Null, (&format!("first-{turn}"), "I cough")).await });
    }
    let mut threads = BTreeSet::new();
    while let Some(answer) = tasks.join_next().await {
        threads.insert(answer.unwrap()["threadId"].as_str().unwrap().to_owned());
    }
    assert_eq!(threads.len(), 6);
    let queue = clinic.queue().await;
    let patients: BTreeSet<String> = queue.iter().map(|thread| thread["patient"].to_string()).collect();
    assert_eq!((queue.len(), patients.len()), (6, 1));
}
