//! Threads that doctors, staff and the assistant share (document 000, second half).

use serde_json::{Value, json};
use tests::World;

mod alerts;
mod assistant;
mod check_ins;
mod documented;
mod handoff;
mod model;
mod refusals;
mod reports;
mod tasks;

const PHONE: &str = "+2348012345678";

/// A thread that the assistant answers, opened by Dr. Smith.
struct Shared {
    world: World,
    /// Its public id.
    id: String,
    patient: u64,
}

impl Shared {
    /// The patient has answered once, and the assistant to that.
    async fn start(world: World) -> Self {
        let patient = world.patient("dr_smith", PHONE).await;
        let body = json!({ "patient_id": patient, "query": "Hello, how are you feeling today?" });
        let started = world.post("dr_smith", "/patient-threads/send/", body).await.ok();
        world.drain().await;
        let id = started["public_id"].as_str().unwrap().to_owned();
        Self { world, id, patient }
    }

    /// The patient writes, and whoever has something to do about it does it.
    async fn patient_says(&self, text: &str) {
        assert_eq!(self.world.inbound(PHONE, text).await, 200);
        self.world.advance("4s").await;
    }

    async fn thread(&self) -> Value {
        self.world.get("dr_smith", &self.path("")).await.ok()
    }

    fn path(&self, last: &str) -> String {
        format!("/patient-threads/{}/{last}", self.id)
    }

    async fn switch(&self, body: Value) -> Value {
        self.world.post("dr_smith", &self.path("switch-responder/"), body).await.ok()
    }

    async fn task(&self, body: Value) -> Value {
        self.world.put("dr_smith", &self.path("task/"), body).await.ok()
    }

    /// What was said, each with who said it.
    async fn said(&self) -> Vec<(String, String)> {
        let thread = self.thread().await;
        let text = |message: &Value, name: &str| message[name].as_str().unwrap().to_owned();
        let messages = thread["messages"].as_array().unwrap();
        messages.iter().map(|message| (text(message, "author"), text(message, "message_value"))).collect()
    }

    /// What somebody of this kind said.
    async fn said_by(&self, author: &str) -> Vec<String> {
        self.said().await.into_iter().filter(|(by, _)| by == author).map(|(_, text)| text).collect()
    }

    async fn alerts(&self) -> Vec<Value> {
        self.world.get("dr_smith", &self.path("alerts/")).await.ok().as_array().unwrap().clone()
    }

    /// The kinds of the open alerts, newest first.
    async fn open_alerts(&self) -> Vec<String> {
        let alerts = self.alerts().await;
        let open = alerts.iter().filter(|alert| alert["acknowledged"] == false);
        open.map(|alert| alert["alert_type"].as_str().unwrap().to_owned()).collect()
    }
}
