//! Check-ins go out by themselves: once, at the patient's time of day, by a template where WhatsApp demands one, and never to
//! somebody who said stop.

use serde_json::{Value, json};
use tests::World;

use super::{PHONE, Shared};

/// 10:00 in Lagos, where the patient's number is from.
const MORNING: &str = "2030-01-01T09:00:00Z";

async fn with_check_in(next: &str, repeat: Option<u32>) -> Shared {
    let world = World::start().await;
    world.local_post("clock", json!({ "set": MORNING })).await;
    let shared = Shared::start(world).await;
    shared.patient_says("Hello").await;
    let mut body = json!({
        "title": "Blood pressure", "objective": "Below 140/90", "next_check_in_at": next,
        "next_check_in_summary": "Please send today's blood pressure.",
    });
    if let Some(hours) = repeat {
        body["repeat_every_hours"] = json!(hours);
    }
    shared.task(body).await;
    shared
}

async fn check_ins(shared: &Shared) -> usize {
    let said = shared.said_by("system").await;
    said.iter().filter(|text| text.contains("Please send today's blood pressure.")).count()
}

async fn set(shared: &Shared, time: &str) {
    shared.world.local_post("clock", json!({ "set": time })).await;
}

#[tokio::test]
async fn a_check_in_goes_out_once_whatever_the_number_of_ticks() {
    let shared = with_check_in("2030-01-01T11:00:00Z", None).await;
    set(&shared, "2030-01-01T10:59:00Z").await;
    assert_eq!(check_ins(&shared).await, 0);
    set(&shared, "2030-01-01T11:01:00Z").await;
    assert_eq!(check_ins(&shared).await, 1);
    for _ in 0..5 {
        shared.world.local_post("schedules/check-ins/run", json!({})).await;
    }
    shared.world.advance("30m").await;
    assert_eq!(check_ins(&shared).await, 1);
    let sent = shared.world.outbox(PHONE).await;
    let texts = sent.iter().filter(|sent| sent.to_string().contains("today's blood pressure")).count();
    assert_eq!(texts, 1);
}

#[tokio::test]
async fn the_answer_is_read_and_alarms() {
    let shared = with_check_in("2030-01-01T11:00:00Z", None).await;
    set(&shared, "2030-01-01T11:01:00Z").await;
    shared.patient_says("150/95").await;
    assert_eq!(shared.open_alerts().await, ["abnormal_reading"]);
    assert_eq!(shared.thread().await["observations"][0]["display"], "blood pressure 150/95 mmHg");
    shared.world.advance("3d").await;
    assert_eq!(shared.open_alerts().await, ["abnormal_reading"], "it was answered");
}

#[tokio::test]
async fn a_check_in_that_nobody_answers_is_told() {
    let shared = with_check_in("2030-01-01T11:00:00Z", None).await;
    shared.world.advance("3d").await;
    assert_eq!(shared.open_alerts().await, ["inactivity"]);
    assert_eq!(check_ins(&shared).await, 1);
}

#[tokio::test]
async fn nothing_is_repeated_in_the_patients_night() {
    let shared = with_check_in("2030-01-01T11:00:00Z", Some(10)).await;
    set(&shared, "2030-01-01T11:01:00Z").await;
    assert_eq!(check_ins(&shared).await, 1);
    let next = shared.thread().await["task_next_check_in_at"].clone();
    assert_eq!(next, json!("2030-01-02T07:00:00Z"), "21:00 UTC is 22:00 in Lagos; it is 8:00 there at 7:00 UTC");
}

#[tokio::test]
async fn a_template_carries_it_when_the_window_is_closed() {
    let shared = with_check_in("2030-01-03T11:00:00Z", None).await;
    set(&shared, "2030-01-03T11:01:00Z").await;
    shared.world.drain().await;
    let sent = shared.world.outbox(PHONE).await.pop().unwrap();
    assert_eq!(sent["type"], "template");
    assert!(sent.to_string().contains("Please send today's blood pressure."));
}

#[tokio::test]
async fn a_word_stops_them_and_a_word_starts_them() {
    for (stop, start) in [("STOP", "START"), ("Alto", "Iniciar")] {
        let shared = with_check_in("2030-01-01T11:00:00Z", Some(2)).await;
        shared.patient_says(stop).await;
        assert_eq!(shared.said_by("assistant").await.len(), 1, "a command gets no answer of the assistant");
        assert_eq!(shared.said_by("system").await.len(), 1, "but is confirmed");
        assert_eq!(shared.open_alerts().await, ["check_ins_stopped"]);
        set(&shared, "2030-01-01T15:00:00Z").await;
        assert_eq!(check_ins(&shared).await, 0, "{stop}");
        shared.patient_says(start).await;
        let again = json!({
            "title": "Blood pressure", "objective": "Below 140/90", "next_check_in_at": "2030-01-01T16:00:00Z",
            "next_check_in_summary": "Please send today's blood pressure.",
        });
        shared.task(again).await;
        set(&shared, "2030-01-01T16:01:00Z").await;
        assert_eq!(check_ins(&shared).await, 1, "{start}");
    }
}

/// Whoever said stop in one conversation means all of them.
#[tokio::test]
async fn stop_counts_in_every_conversation() {
    let shared = with_check_in("2030-01-01T11:00:00Z", None).await;
    let body = json!({ "patient_id": shared.patient, "custom_snippet": "Hello" });
    shared.world.post("dr_jones", "/providermessages/send-template-message/", body).await.ok();
    shared.world.drain().await;
    shared.patient_says("stop").await;
    set(&shared, "2030-01-01T12:00:00Z").await;
    assert_eq!(check_ins(&shared).await, 0);
}

#[tokio::test]
async fn a_human_who_answers_holds_them_up() {
    let shared = with_check_in("2030-01-01T11:00:00Z", Some(2)).await;
    shared.switch(json!({ "responder": "doctor", "provider_id": 9, "send_handoff_message": false })).await;
    set(&shared, "2030-01-01T12:00:00Z").await;
    assert_eq!(check_ins(&shared).await, 0);
    shared.switch(json!({ "responder": "assistant" })).await;
    set(&shared, "2030-01-01T14:30:00Z").await;
    assert_eq!(check_ins(&shared).await, 1);
}

#[tokio::test]
async fn a_dying_schedule_loses_and_doubles_nothing() {
    for point in ["check-in-decided", "check-in-kept"] {
        let shared = with_check_in("2030-01-01T11:00:00Z", None).await;
        shared.world.local_post("crash", json!({ "point": point })).await;
        set(&shared, "2030-01-01T11:01:00Z").await;
        shared.world.advance("5m").await;
        assert_eq!(check_ins(&shared).await, 1, "{point}");
        let sent = shared.world.outbox(PHONE).await;
        let of_check_in = |sent: &Value| sent.to_string().contains("today's blood pressure");
        assert_eq!(sent.iter().filter(|sent| of_check_in(sent)).count(), 1, "{point}");
    }
}
