//! Telling endpoints of events under a paused clock: the schedule, endpoints that fail in every way, and every fault at every call.

use std::time::Duration;

use domain::delivery::HINT_GRACE;
use domain::event::Event;
use domain::time::Timestamp;
use platform::identity::Machine;
use platform::queue::WebhookHint;
use platform::store::lanes;
use serde_json::{Value, json};
use tests::endpoint::Turn;
use tests::{InProcess, events};

mod executions;
mod faults;
mod replays;

const HOOKS: &str = "https://hooks.example.com/a";

/// An endpoint of organisation 21 and a thread.
struct Told {
    world: InProcess,
    id: String,
    thread: u64,
}

async fn thread(world: &InProcess, phone: &str) -> u64 {
    let entry = json!({ "phone_number": phone, "first_name": "John", "last_name": "Doe" });
    let patient = world.post("dr_smith", "/appointments/create-patient/", &entry).await.body["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
    let opened = world.post("dr_smith", "/providermessages/send-template-message/", &body).await.body;
    opened["thread_id"].as_u64().unwrap()
}

impl Told {
    async fn new(seed: u64) -> Self {
        let world = InProcess::start(seed).await;
        let thread = thread(&world, "+2348012345678").await;
        let id = Self::subscribe(&world, HOOKS).await;
        Self { world, id, thread }
    }

    async fn subscribe(world: &InProcess, url: &str) -> String {
        let body = json!({ "url": url, "organizationId": 21 });
        let made = world.post("service", "/api/webhooks", &body).await;
        assert_eq!(made.status, 200, "{made:?}");
        made.body["data"]["id"].as_str().unwrap().to_owned()
    }

    /// An event, told to the lanes.
    async fn event(&self, number: u64) -> Event {
        let event = events::ended(&self.world.app, self.thread, number).await;
        assert!(self.world.look_at(WebhookHint::Events { stream: event.id.stream }).await);
        event
    }

    /// When the lane of an event's stream is due; nothing when nothing is owed.
    async fn due(&self, event: &Event) -> Option<Timestamp> {
        let lane = (self.id.parse().unwrap(), event.id.stream);
        lanes::load(&self.world.app, Machine::of_invocation(), lane).await.unwrap().map(|lane| lane.due)
    }

    /// Time passes to when the lane is due, and the endpoint is told.
    async fn next(&self, event: &Event) {
        if let Some(due) = self.due(event).await {
            tokio::time::sleep(due.since(self.world.app.now()) + Duration::from_millis(1)).await;
            self.world.notify().await;
        }
    }

    async fn attempts(&self) -> Vec<Value> {
        let path = format!("/api/webhooks/{}/attempts?limit=100", self.id);
        self.world.get("service", &path).await.body["data"].as_array().unwrap().clone()
    }

    async fn shown(&self) -> Value {
        self.world.get("service", &format!("/api/webhooks/{}", self.id)).await.body["data"].clone()
    }
}

#[tokio::test(start_paused = true)]
async fn a_failing_endpoint_is_tried_eight_times_in_the_order_of_the_contract() {
    let told = Told::new(1).await;
    told.world.endpoint.otherwise(Turn::Status(500));
    let event = told.event(1).await;
    for _ in 0..8 {
        told.next(&event).await;
    }
    assert_eq!(told.due(&event).await, None, "given up");
    let heard = told.world.endpoint.heard();
    let waits: Vec<u64> = heard.windows(2).map(|pair| pair[1].at.since(pair[0].at).as_secs()).collect();
    for (wait, expected) in waits.iter().zip([5, 300, 1800, 7200, 18_000, 36_000, 36_000]) {
        assert!((expected * 4 / 5..=expected * 6 / 5 + 1).contains(wait), "{waits:?}");
    }
    assert_eq!((heard.len(), waits.len()), (8, 7));
    assert!(heard.iter().all(|one| one.id == event.id.to_string()), "the same id in every attempt");
    assert_eq!(told.world.app.metrics.totals()["WebhookGivenUp"], 1);
    assert_eq!(told.attempts().await.len(), 8);
}

#[tokio::test(start_paused = true)]
async fn what_waits_behind_a_failing_event_waits_with_it_and_other_conversations_do_not() {
    let told = Told::new(1).await;
    told.world.endpoint.then([Turn::Status(503)]);
    let first = told.event(1).await;
    told.event(2).await;
    let other =
        Told { thread: thread(&told.world, "+2348012349999").await, world: told.world.beside(9), id: told.id.clone() };
    told.world.notify().await;
    other.event(10).await;
    told.world.notify().await;
    assert_eq!(told.world.endpoint.numbers(), [1, 10]);
    told.next(&first).await;
    assert_eq!(told.world.endpoint.numbers(), [1, 10, 1, 2]);
    assert_eq!(told.due(&first).await, None, "nothing is owed any more");
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_answers_500_for_a_week_is_disabled_after_five_days() {
    let told = Told::new(1).await;
    told.world.endpoint.otherwise(Turn::Status(500));
    for day in 1..=7 {
        told.event(day).await;
        for _ in 0..24 {
            told.world.notify().await;
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
    }
    let shown = told.shown().await;
    assert_eq!((&shown["status"], &shown["disabledReason"]), (&json!("disabled"), &json!("failing")));
    let heard = told.world.endpoint.heard();
    let span = heard.last().unwrap().at.since(heard[0].at);
    assert!(span >= Duration::from_secs(120 * 3600) && span < Duration::from_secs(144 * 3600), "{span:?}");
    assert_eq!(told.world.app.metrics.totals()["WebhookDisabled"], 1);
    assert!(lanes::due(&told.world.app, Machine::of_invocation(), 9).await.unwrap().is_empty(), "nothing is left over");
    // Enabled again it is told what happens from then on.
    told.world.endpoint.otherwise(Turn::Status(200));
    let path = format!("/api/webhooks/{}", told.id);
    assert_eq!(told.world.patch("service", &path, &json!({ "enabled": true })).await.status, 200);
    told.event(8).await;
    told.world.notify().await;
    assert_eq!(told.world.endpoint.numbers().last(), Some(&8));
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_gone_is_told_nothing_again() {
    let told = Told::new(1).await;
    told.world.endpoint.then([Turn::Status(410)]);
    told.event(1).await;
    told.event(2).await;
    told.world.notify().await;
    told.event(3).await;
    told.world.notify().await;
    assert_eq!(told.world.endpoint.numbers(), [1]);
    assert_eq!(told.shown().await["disabledReason"], "gone");
    assert_eq!(told.attempts().await[0]["result"], "gone");
}

#[tokio::test(start_paused = true)]
async fn silence_redirects_and_wishes_for_time() {
    let told = Told::new(1).await;
    let cases = [
        (Turn::Hang, "timed_out", Value::Null, 48..=73),
        (Turn::Redirect("https://elsewhere.example.com/"), "refused", json!(307), 4..=7),
        (Turn::Later(429, "90"), "refused", json!(429), 90..=91),
        (Turn::Later(503, "7"), "refused", json!(503), 7..=8),
        (Turn::Later(503, "3600"), "refused", json!(503), 10..=11),
    ];
    for (index, (turn, result, status, waits)) in cases.into_iter().enumerate() {
        told.world.endpoint.then([turn.clone()]);
        let event = told.event(index as u64).await;
        let began = told.world.app.now();
        told.world.notify().await;
        let attempt = told.attempts().await[0].clone();
        assert_eq!((&attempt["result"], &attempt["statusCode"]), (&json!(result), &status), "{turn:?}");
        let wait = told.due(&event).await.unwrap().since(told.world.app.now()).as_secs();
        assert!(waits.contains(&wait), "{turn:?}: {wait}");
        assert!(told.world.app.now().since(began) < Duration::from_secs(21), "{turn:?}");
        told.next(&event).await;
        assert_eq!(told.due(&event).await, None, "{turn:?}");
    }
    assert!(told.world.endpoint.heard().iter().all(|heard| heard.url == HOOKS), "no redirect is followed");
}

/// Nobody gave a hint: the job that was kept with the events is due by itself.
#[tokio::test(start_paused = true)]
async fn a_lost_hint_is_repeated() {
    let told = Told::new(1).await;
    events::ended(&told.world.app, told.thread, 1).await;
    told.world.notify().await;
    assert!(told.world.endpoint.heard().is_empty());
    tokio::time::sleep(HINT_GRACE).await;
    told.world.notify().await;
    assert_eq!(told.world.endpoint.numbers(), [1]);
}

#[tokio::test(start_paused = true)]
async fn both_secrets_sign_during_a_rotation() {
    let told = Told::new(1).await;
    let rotate = format!("/api/webhooks/{}/rotate-secret", told.id);
    assert_eq!(told.world.post("service", &rotate, &Value::Null).await.status, 200);
    told.event(1).await;
    told.world.notify().await;
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    told.event(2).await;
    told.world.notify().await;
    let signatures: Vec<usize> =
        told.world.endpoint.heard().iter().map(|heard| heard.signature.split(' ').count()).collect();
    assert_eq!(signatures, [2, 1]);
}
