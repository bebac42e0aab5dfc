//! Check-ins under a schedule that does not run, runs often, or runs twice at once.

use std::time::Duration;

use futures_util::future::join;
use local::connector::Fault;
use serde_json::{Value, json};
use tests::InProcess;

const PHONE: &str = "2348012345678";
const ASKED: &str = "Please send today's blood pressure.";

/// A thread with a check-in in an hour, and every day after that.
struct Watched {
    world: InProcess,
    id: u64,
}

impl Watched {
    /// The world begins at 17:46:40 UTC, which is 18:46:40 in Lagos.
    async fn start(seed: u64) -> Self {
        let world = InProcess::start(seed).await;
        let entry = json!({ "phone_number": format!("+{PHONE}"), "first_name": "John", "last_name": "Doe" });
        let patient = world.post("dr_smith", "/appointments/create-patient/", &entry).await.body["patient_id"].clone();
        let start = json!({ "patient_id": patient, "query": "Hello" });
        let started = world.post("dr_smith", "/patient-threads/send/", &start).await.body;
        let id = started["thread_id"].as_u64().unwrap();
        let task = json!({
            "title": "Blood pressure", "objective": "Below 140/90", "next_check_in_at": "2030-03-17T18:46:40Z",
            "next_check_in_summary": ASKED, "repeat_every_hours": 24,
        });
        assert_eq!(world.put("dr_smith", &format!("/patient-threads/{id}/task/"), &task).await.status, 200);
        Self { world, id }
    }

    async fn thread(&self) -> Value {
        self.world.get("dr_smith", &format!("/patient-threads/{}/", self.id)).await.body
    }

    async fn check_ins(&self) -> usize {
        let thread = self.thread().await;
        let texts =
            thread["messages"].as_array().unwrap().iter().map(|message| message["message_value"].as_str().unwrap());
        texts.filter(|text| text.contains(ASKED)).count()
    }
}

/// Nobody gets a dozen messages because a deployment was down for days.
#[tokio::test(start_paused = true)]
async fn missed_runs_become_one_check_in_and_the_rhythm_stays() {
    let watched = Watched::start(1).await;
    tokio::time::advance(Duration::from_secs(3600 + 5 * 86_400 + 420)).await;
    for _ in 0..3 {
        watched.world.tick().await;
    }
    assert_eq!(watched.check_ins().await, 1);
    assert_eq!(watched.thread().await["task_next_check_in_at"], "2030-03-23T18:46:40Z", "no drift");
}

#[tokio::test(start_paused = true)]
async fn two_schedules_at_once_send_one() {
    for seed in 0..10 {
        let watched = Watched::start(seed).await;
        tokio::time::advance(Duration::from_secs(3601)).await;
        watched.world.faults.each_takes(Duration::from_millis(3));
        let other = watched.world.beside(seed + 50);
        join(watched.world.tick(), other.tick()).await;
        assert_eq!(watched.check_ins().await, 1, "seed {seed}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_check_in_is_kept_once_whatever_happens() {
    let faults = [
        Fault::FailBefore,
        Fault::LoseAnswer,
        Fault::ExecuteLate(Duration::from_secs(4)),
        Fault::Throttle,
        Fault::Conflict,
        Fault::Torn,
    ];
    for (operation, most) in [("Query", 3), ("GetItem", 4), ("TransactWriteItems", 1), ("SendMessage", 1)] {
        for (skip, fault) in (0..most).flat_map(|skip| faults.map(|fault| (skip, fault))) {
            let watched = Watched::start(7).await;
            tokio::time::advance(Duration::from_secs(3601)).await;
            watched.world.faults.later_call(operation, skip, fault);
            watched.world.tick().await;
            watched.world.faults.clear();
            tokio::time::sleep(Duration::from_secs(60)).await;
            watched.world.tick().await;
            assert_eq!(watched.check_ins().await, 1, "{operation} {skip} {fault:?}");
        }
    }
}
