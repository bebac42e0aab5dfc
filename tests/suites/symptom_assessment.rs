//! The assessment of symptoms (document 003).

use serde_json::{Value, json};
use tests::{Answer, World};

mod concurrency;
mod corpus;
mod crisis;
mod documented;
mod model;
mod record;
mod refusals;
mod turns;

const BOT: &str = "/api/symptomAssessmentBot";

/// Patients 123 and 456, and the bot.
struct Clinic {
    world: World,
}

impl Clinic {
    async fn start() -> Self {
        Self { world: World::start().await }
    }

    /// What patient 123 is answered who tells something.
    async fn tells(&self, message: &str) -> Value {
        self.asks(json!({ "message": message, "patientId": "patient-123" })).await.ok()
    }

    /// What patient 123 is answered who goes on in a thread.
    async fn goes_on(&self, thread: &Value, message: &str) -> Value {
        self.asks(json!({ "message": message, "patientId": "patient-123", "threadId": thread })).await.ok()
    }

    async fn asks(&self, body: Value) -> Answer {
        self.world.post("patient_123", BOT, body).await
    }

    /// The record of a thread.
    async fn record(&self, thread: &Value) -> Value {
        self.world.get("patient_123", &format!("{BOT}/threads/{}", thread.as_str().unwrap())).await.ok()
    }

    /// The threads of the organisation as its care team sees them.
    async fn queue(&self) -> Vec<Value> {
        let queue = self.world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
        queue.as_array().unwrap().clone()
    }

    /// The alerts of a thread as its care team sees them.
    async fn alerts(&self, thread: &Value) -> Vec<Value> {
        let number = thread.as_str().unwrap().trim_start_matches("thread_");
        let alerts = self.world.get("dr_smith", &format!("/patient-threads/{number}/alerts/")).await.ok();
        alerts.as_array().unwrap().clone()
    }
}

/// The resources of a bundle that are of a kind.
fn of_kind<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    entries.filter(|resource| resource["resourceType"] == kind).collect()
}
