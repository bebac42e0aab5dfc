//! The operations on threads that doctors, staff and the assistant share, and the daily reports, with every fault at every
//! one of their calls.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join;
use serde_json::{Value, json};
use tests::InProcess;
use tests::in_process::Answered;

use crate::single_faults::{FAULTS, settle};

const PHONE: &str = "2348012345678";
const OPERATIONS: [&str; 5] = ["GetItem", "Query", "UpdateItem", "TransactWriteItems", "SendMessage"];

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

/// Does something with each fault at each of the calls that it makes without any, and then checks what came of it.
async fn under_every_fault(act: impl AsyncFn(&Shared), check: impl AsyncFn(&Shared, &str)) {
    let calm = Shared::start(0).await;
    calm.world.faults.take_calls();
    act(&calm).await;
    let (calls, _) = calm.world.faults.take_calls();
    assert!(calls.len() > 2);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (seed, call) in calls.iter().enumerate() {
        let operation = OPERATIONS.into_iter().find(|operation| call.operation == *operation).unwrap();
        let skip = seen.entry(operation).or_default();
        for fault in FAULTS {
            let shared = Shared::start(seed as u64).await;
            shared.world.faults.later_call(operation, *skip, fault);
            act(&shared).await;
            settle(&shared.world).await;
            check(&shared, &format!("{operation} {skip} {fault:?}")).await;
        }
        *skip += 1;
    }
}

#[tokio::test(start_paused = true)]
async fn a_switch_happens_once_whatever_happens() {
    let switch = async |shared: &Shared| {
        let body = json!({ "responder": "doctor", "provider_id": 10, "handoff_message": "Dr. Jones takes over." });
        let answer = shared.until_answered(&shared.path("switch-responder/"), &body).await.body;
        let answered = (&answer["previous_responder"], &answer["current_responder"]);
        assert_eq!(answered, (&json!("assistant"), &json!("doctor")));
    };
    under_every_fault(switch, async |shared, fault| {
        let thread = shared.thread().await;
        assert_eq!(
            (&thread["responder_provider_id"], said(&thread, "Dr. Jones takes over.")),
            (&json!(10), 1),
            "{fault}"
        );
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_conversation_is_started_once_whatever_happens() {
    let start = async |shared: &Shared| {
        let body = json!({ "patient_id": shared.patient, "query": "And your knee?" });
        shared.until_answered("/patient-threads/send/", &body).await;
    };
    under_every_fault(start, async |shared, fault| {
        let list = shared.world.get("dr_smith", "/patient-threads/").await.body;
        let threads = list["threads"].as_array().unwrap();
        let begun = threads.iter().filter(|thread| said(thread, "And your knee?") == 1).count();
        assert_eq!((threads.len(), begun), (2, 1), "{fault}");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_alert_is_acknowledged_once_whatever_happens() {
    let acknowledge = async |shared: &Shared| {
        let alerts = shared.world.get("dr_smith", &shared.path("alerts/")).await;
        // Without an answer there is nothing to acknowledge; it is asked for again.
        let alerts =
            if alerts.status == 200 { alerts } else { shared.world.get("dr_smith", &shared.path("alerts/")).await };
        let path = shared.path(&format!("alerts/{}/acknowledge/", alerts.body[0]["alert_id"].as_str().unwrap()));
        shared.until_answered(&path, &Value::Null).await;
    };
    under_every_fault(acknowledge, async |shared, fault| {
        let thread = shared.thread().await;
        assert_eq!((&thread["open_alerts"], &thread["risk"]), (&json!(0), &json!("low")), "{fault}");
        assert_eq!(thread["alerts"][0]["acknowledged"], true, "{fault}");
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_task_is_put_or_refused_whatever_happens() {
    let put = async |shared: &Shared| {
        let task = json!({ "title": "T", "objective": "O", "next_check_in_at": "2030-03-18T18:00:00Z" });
        let first = shared.world.put("dr_smith", &shared.path("task/"), &task).await;
        if first.status == 503 {
            assert_eq!(shared.thread().await["task_title"], Value::Null, "503 says that nothing was changed");
        }
        let mut last = shared.world.put("dr_smith", &shared.path("task/"), &task).await;
        if last.status != 200 {
            // The fault was for the repetition.
            last = shared.world.put("dr_smith", &shared.path("task/"), &task).await;
        }
        assert_eq!(last.status, 200, "{last:?}");
        assert!(first.status != 200 || first.body["task_public_id"] == last.body["task_public_id"], "one task");
    };
    under_every_fault(put, async |shared, fault| {
        let thread = shared.thread().await;
        assert_eq!(
            (&thread["task_title"], &thread["task_next_check_in_at"]),
            (&json!("T"), &json!("2030-03-18T18:00:00Z")),
            "{fault}"
        );
    })
    .await;
}

/// The world begins at 17:46:40; reports are due at 18:00.
#[tokio::test(start_paused = true)]
async fn a_report_is_written_once_whatever_happens() {
    let tick = async |shared: &Shared| {
        tokio::time::sleep(Duration::from_secs(900)).await;
        shared.world.tick().await;
    };
    under_every_fault(tick, async |shared, fault| {
        shared.world.tick().await;
        let reports = shared.world.get("dr_smith", &shared.path("reports/")).await.body;
        assert_eq!(reports.as_array().unwrap().len(), 1, "{fault}");
        assert_eq!(reports[0]["said"].as_array().unwrap().len(), 1, "{fault}");
    })
    .await;
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
