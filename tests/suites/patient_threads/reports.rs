//! The daily report of a thread.

use serde_json::{Value, json};
use tests::World;

use super::{PHONE, Shared};

async fn reports(shared: &Shared, query: &str) -> Vec<Value> {
    let answer = shared.world.get("dr_smith", &shared.path(&format!("reports/{query}"))).await;
    answer.ok().as_array().unwrap().clone()
}

async fn with_report() -> Shared {
    let world = World::start().await;
    world.local_post("clock", json!({ "set": "2030-01-01T09:00:00Z" })).await;
    let patient = world.patient("dr_smith", PHONE).await;
    let body = json!({ "patient_id": patient, "query": "How are you?", "daily_report": true });
    let started = world.post("dr_smith", "/patient-threads/send/", body).await.ok();
    world.drain().await;
    Shared { id: started["public_id"].as_str().unwrap().to_owned(), world, patient }
}

#[tokio::test]
async fn one_report_a_day_at_the_set_hour() {
    let shared = with_report().await;
    shared
        .task(json!({ "title": "Blood pressure", "objective": "Below 140/90", "checklist": ["Buy a monitor"] }))
        .await;
    shared.patient_says("I slept badly. My blood pressure is 150/95").await;
    shared.patient_says("Now it is 138/88, blood pressure I mean").await;
    shared.world.local_post("clock", json!({ "set": "2030-01-01T17:59:00Z" })).await;
    assert!(reports(&shared, "").await.is_empty());
    shared.world.local_post("clock", json!({ "set": "2030-01-01T18:05:00Z" })).await;
    let all = reports(&shared, "").await;
    insta::assert_json_snapshot!(all, @r#"
    [
      {
        "created": "2030-01-01T18:00:00Z",
        "date": "2030-01-01",
        "open_tasks": [
          "Blood pressure: Below 140/90",
          "Buy a monitor"
        ],
        "readings": [
          "blood pressure 138/88 mmHg, down from 150/95 mmHg"
        ],
        "risk": "Medium. Outside the limits: blood pressure 150/95 mmHg.",
        "said": [
          "09:00 I slept badly. My blood pressure is 150/95",
          "09:00 Now it is 138/88, blood pressure I mean"
        ],
        "text": "Daily report of 2030-01-01\nThe patient said:\n- 09:00 I slept badly. My blood pressure is 150/95\n- 09:00 Now it is 138/88, blood pressure I mean\nReadings:\n- blood pressure 138/88 mmHg, down from 150/95 mmHg\nRisk: Medium. Outside the limits: blood pressure 150/95 mmHg.\nOpen tasks:\n- Blood pressure: Below 140/90\n- Buy a monitor"
      }
    ]
    "#);
    shared.world.advance("24h").await;
    let dates: Vec<Value> = reports(&shared, "").await.iter().map(|report| report["date"].clone()).collect();
    assert_eq!(dates, ["2030-01-02", "2030-01-01"]);
    assert_eq!(reports(&shared, "?limit=1").await.len(), 1);
}

#[tokio::test]
async fn the_team_reads_it_and_the_patient_does_not() {
    let shared = with_report().await;
    shared.patient_says("I slept badly.").await;
    shared.world.local_post("clock", json!({ "set": "2030-01-01T18:05:00Z" })).await;
    shared.world.drain().await;
    let thread = shared.thread().await;
    let report =
        thread["messages"].as_array().unwrap().iter().find(|message| message["visible_to"] == "staff").unwrap();
    assert!(report["message_value"].as_str().unwrap().contains("I slept badly."));
    assert!(!shared.world.outbox(PHONE).await.iter().any(|sent| sent.to_string().contains("slept badly")));
    let listed = shared.world.get("dr_smith", &format!("/providermessages/{}/", shared.id)).await.ok();
    let marked =
        listed["messages"].as_array().unwrap().iter().filter(|message| message["visible_to"] == "staff").count();
    assert_eq!(marked, 1);
}

#[tokio::test]
async fn it_ends_when_it_is_not_wanted_any_more() {
    let shared = with_report().await;
    shared.task(json!({ "title": "T", "objective": "O", "daily_report": false })).await;
    shared.world.advance("3d").await;
    assert!(reports(&shared, "").await.is_empty());
    shared.task(json!({ "title": "T", "objective": "O", "daily_report": true })).await;
    shared.world.advance("25h").await;
    assert_eq!(reports(&shared, "").await.len(), 1);
}
