//! Tasks of a thread: nine fields, a checklist, completion.

use serde_json::{Value, json};
use tests::World;

use super::Shared;

#[tokio::test]
async fn a_task_has_nine_fields() {
    let shared = Shared::start(World::start().await).await;
    shared.world.local_post("clock", json!({ "set": "2030-01-01T09:00:00Z" })).await;
    let thread = shared
        .task(json!({
            "title": "Blood pressure", "objective": "Below 140/90 for a week",
            "checklist": ["Buy a monitor", { "text": "Measure every morning", "completed": true }],
            "next_check_in_at": "2030-01-02T10:00:00+01:00", "next_check_in_summary": "Please send today's blood pressure.",
            "repeat_every_hours": 24,
        }))
        .await;
    let id = thread["task_public_id"].as_str().unwrap().to_owned();
    let fields =
        thread.as_object().unwrap().iter().filter(|(name, _)| name.starts_with("task_") && *name != "task_public_id");
    insta::assert_json_snapshot!(fields.collect::<std::collections::BTreeMap<_, _>>(), @r#"
    {
      "task_checklist": [
        {
          "completed": false,
          "text": "Buy a monitor"
        },
        {
          "completed": true,
          "text": "Measure every morning"
        }
      ],
      "task_next_check_in_at": "2030-01-02T09:00:00Z",
      "task_next_check_in_summary": "Please send today's blood pressure.",
      "task_objective": "Below 140/90 for a week",
      "task_objective_completed": false,
      "task_objective_completed_at": null,
      "task_status": "active",
      "task_title": "Blood pressure"
    }
    "#);
    let changed = shared.task(json!({ "title": "Blood pressure", "objective": "Below 130/80" })).await;
    assert_eq!(
        (changed["task_public_id"].as_str(), &changed["task_objective"]),
        (Some(id.as_str()), &json!("Below 130/80"))
    );
    let done = shared
        .task(json!({ "title": "Blood pressure", "objective": "Below 130/80", "objective_completed": true }))
        .await;
    assert_eq!((&done["task_status"], &done["task_objective_completed"]), (&json!("completed"), &json!(true)));
    assert!(done["task_objective_completed_at"].is_string());
    let next = shared.task(json!({ "title": "Glucose", "objective": "Below 130 before breakfast" })).await;
    assert_ne!(next["task_public_id"].as_str(), Some(id.as_str()), "a completed task makes room for another");
}

#[tokio::test]
async fn a_switch_completes_the_objective() {
    let shared = Shared::start(World::start().await).await;
    shared.task(json!({ "title": "Blood pressure", "objective": "Below 140/90" })).await;
    shared.switch(json!({ "responder": "doctor", "provider_id": 9 })).await;
    assert_eq!(shared.thread().await["task_status"], "paused", "its follow-ups wait while a human answers");
    shared.switch(json!({ "responder": "assistant", "objective_completed": true })).await;
    assert_eq!(shared.thread().await["task_status"], "completed");
}

#[tokio::test]
async fn what_is_no_task_is_refused_and_changes_nothing() {
    let shared = Shared::start(World::start().await).await;
    shared.world.local_post("clock", json!({ "set": "2030-01-01T09:00:00Z" })).await;
    let before = shared.thread().await;
    let mut table = String::new();
    for body in no_tasks() {
        table += &shared.world.put("dr_smith", &shared.path("task/"), body).await.line();
        table.push('\n');
    }
    insta::assert_snapshot!(table, @r#"
    400 {"title":["title is required."]}
    400 {"objective":["objective is required."]}
    400 {"title":["title is required."]}
    400 {"title":["title must have at most 200 characters."]}
    400 {"objective":["objective must have at most 2000 characters."]}
    400 {"checklist":["checklist must have at most 30 items."]}
    400 {"checklist":["checklist must have at most 200 characters."]}
    400 {"checklist":["checklist is not of the expected type, or is given twice."]}
    400 {"checklist[0]":["checklist[0] is not of the expected type, or is given twice."]}
    400 {"next_check_in_at":["next_check_in_at must be in the future."]}
    400 {"next_check_in_at":["next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z."]}
    400 {"next_check_in_at":["next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z."]}
    400 {"next_check_in_at":["next_check_in_at must be within a year."]}
    400 {"next_check_in_at":["next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z."]}
    400 {"next_check_in_at":["next_check_in_at is required with repeat_every_hours."]}
    400 {"repeat_every_hours":["repeat_every_hours must be from 1 to 744."]}
    400 {"repeat_every_hours":["repeat_every_hours is not of the expected type, or is given twice."]}
    400 {"repeat_every_hours":["repeat_every_hours must be from 1 to 744."]}
    400 {"next_check_in_summary":["next_check_in_summary must have at most 500 characters."]}
    400 {"daily_report":["daily_report is not of the expected type, or is given twice."]}
    "#);
    assert_eq!(shared.thread().await, before);
}

/// Bodies that are no task.
fn no_tasks() -> Vec<Value> {
    let with = |more: Value| {
        let mut body = json!({ "title": "T", "objective": "O" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let many: Vec<String> = (0..1000).map(|n| format!("item {n}")).collect();
    vec![
        json!({}),
        json!({ "title": "T" }),
        with(json!({ "title": " " })),
        with(json!({ "title": "x".repeat(10_000) })),
        with(json!({ "objective": "x".repeat(10_000) })),
        with(json!({ "checklist": many })),
        with(json!({ "checklist": ["x".repeat(1001)] })),
        with(json!({ "checklist": "Buy a monitor" })),
        with(json!({ "checklist": [5] })),
        with(json!({ "next_check_in_at": "2020-01-01T00:00:00Z" })),
        with(json!({ "next_check_in_at": "tomorrow" })),
        with(json!({ "next_check_in_at": "2030-02-30T00:00:00Z" })),
        with(json!({ "next_check_in_at": "2999-01-01T00:00:00Z" })),
        with(json!({ "next_check_in_at": "2030-01-02T00:00:00" })),
        with(json!({ "repeat_every_hours": 24 })),
        with(json!({ "next_check_in_at": "2030-01-02T00:00:00Z", "repeat_every_hours": 0 })),
        with(json!({ "next_check_in_at": "2030-01-02T00:00:00Z", "repeat_every_hours": -1 })),
        with(json!({ "next_check_in_at": "2030-01-02T00:00:00Z", "repeat_every_hours": 1_000_000 })),
        with(json!({ "next_check_in_summary": "x".repeat(2000) })),
        with(json!({ "daily_report": "yes" })),
    ]
}
