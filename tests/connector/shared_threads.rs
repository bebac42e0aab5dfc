//! The operations on threads that doctors, staff and the assistant share, and the daily reports, with every fault at every
//! one of their calls.

use std::time::Duration;

use futures_util::future::join;
use serde_json::{Value, json};
use tests::InProcess;
use tests::in_process::Answered;

use crate::single_faults::{every_fault, settle};

const PHONE: &str = "2348012345678";

/// A thread that the assistant answers, with an alert.
struct Shared {
    world: InProcess,
    id: u64,
    patient: Value,
}

impl Shared {
    async fn start(seed: u64) -> Self {
        let world = InProcess::start(seed).await;
        let entry = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
        let patient = world.post("dr_smith", "/appointments/create-patient/", &entry).await.body["patient_id"].clone();
        let start = json!({ "patient_id": patient, "query": "Hello", "daily_report": true });
        let started = world.post("dr_smith", "/patient-threads/send/", &start).await.body;
        world.inbound(PHONE, ("wamid.1", "My blood pressure is 190/125")).await;
        Self { world, id: started["thread_id"].as_u64().unwrap(), patient }
    }

    fn path(&self, rest: &str) -> String {
        format!("/patient-threads/{}/{rest}", self.id)
    }

    async fn thread(&self) -> Value {
        self.world.get("dr_smith", &self.path("")).await.body
    }

    /// As a client does that repeats its request with the same key while it is told to.
    async fn until_answered(&self, path: &str, body: &Value) -> Answered {
        let mut last = self.world.post_once("dr_smith", path, ("key", body)).await;
        for _ in 0..5 {
            if last.status == 200 {
                break;
            }
            last = self.world.post_once("dr_smith", path, ("key", body)).await;
        }
        assert_eq!(last.status, 200, "{path}: {last:?}");
        last
    }
}

fn said(thread: &Value, text: &str) -> usize {
    thread["messages"].as_array().unwrap().iter().filter(|message| message["message_value"] == text).count()
}

#[tokio::test(start_paused = true)]
async fn a_switch_happens_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let shared = Shared::start(index as u64).await;
        shared.world.faults.later_call(operation, skip, fault);
        let body = json!({ "responder": "doctor", "provider_id": 10, "handoff_message": "Dr. Jones takes over." });
        let answer = shared.until_answered(&shared.path("switch-responder/"), &body).await.body;
        let answered = (&answer["previous_responder"], &answer["current_responder"]);
        assert_eq!(answered, (&json!("assistant"), &json!("doctor")), "{operation} {skip} {fault:?}");
        settle(&shared.world).await;
        let thread = shared.thread().await;
        assert_eq!(thread["responder_provider_id"], 10, "{operation} {skip} {fault:?}");
        assert_eq!(said(&thread, "Dr. Jones takes over."), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_conversation_is_started_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let shared = Shared::start(index as u64).await;
        shared.world.faults.later_call(operation, skip, fault);
        let body = json!({ "patient_id": shared.patient, "query": "And your knee?" });
        let answer = shared.until_answered("/patient-threads/send/", &body).await.body;
        settle(&shared.world).await;
        let list = shared.world.get("dr_smith", "/patient-threads/").await.body;
        let threads = list["threads"].as_array().unwrap();
        let begun: Vec<&Value> = threads.iter().filter(|thread| said(thread, "And your knee?") == 1).collect();
        assert_eq!((threads.len(), begun.len()), (2, 1), "{operation} {skip} {fault:?}");
        assert_eq!(begun[0]["id"], answer["thread_id"], "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_alert_is_acknowledged_and_a_task_is_put_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let shared = Shared::start(index as u64).await;
        let alert = shared.thread().await["alerts"][0]["alert_id"].as_str().unwrap().to_owned();
        shared.world.faults.later_call(operation, skip, fault);
        shared.until_answered(&shared.path(&format!("alerts/{alert}/acknowledge/")), &Value::Null).await;
        let task = json!({ "title": "T", "objective": "O", "daily_report": true });
        shared.world.faults.later_call(operation, skip, fault);
        for _ in 0..5 {
            if shared.world.put("dr_smith", &shared.path("task/"), &task).await.status == 200 {
                break;
            }
        }
        settle(&shared.world).await;
        let thread = shared.thread().await;
        assert_eq!(
            (&thread["open_alerts"], &thread["risk"]),
            (&json!(0), &json!("low")),
            "{operation} {skip} {fault:?}"
        );
        assert_eq!(thread["task_title"], "T", "{operation} {skip} {fault:?}");
    }
}

/// The world begins at 17:46:40; reports are due at 18:00.
#[tokio::test(start_paused = true)]
async fn a_report_is_written_once_whatever_happens() {
    for (index, (operation, skip, fault)) in every_fault().into_iter().enumerate() {
        let shared = Shared::start(index as u64).await;
        tokio::time::sleep(Duration::from_secs(900)).await;
        shared.world.faults.later_call(operation, skip, fault);
        shared.world.tick().await;
        settle(&shared.world).await;
        shared.world.tick().await;
        let reports = shared.world.get("dr_smith", &shared.path("reports/")).await.body;
        assert_eq!(reports.as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
        assert_eq!(reports[0]["said"].as_array().unwrap().len(), 1, "{operation} {skip} {fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_schedules_at_once_write_one_report_and_the_next_day_goes_on_from_it() {
    let shared = Shared::start(1).await;
    tokio::time::sleep(Duration::from_secs(900)).await;
    shared.world.faults.each_takes(Duration::from_millis(3));
    let other = shared.world.beside(51);
    join(shared.world.tick(), other.tick()).await;
    shared.world.inbound(PHONE, ("wamid.2", "I slept badly.")).await;
    tokio::time::sleep(Duration::from_secs(86_400)).await;
    shared.world.tick().await;
    let reports = shared.world.get("dr_smith", &shared.path("reports/")).await.body;
    let said: Vec<usize> =
        reports.as_array().unwrap().iter().map(|report| report["said"].as_array().unwrap().len()).collect();
    assert_eq!(said, [1, 1], "every message is told of once: {reports}");
}
