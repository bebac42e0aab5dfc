//! Interpreter visits (document 004).

use serde_json::{Value, json};
use tests::{Answer, World};

mod actions;
mod documented;
mod executions;
mod health;
mod lists;
mod model;
mod once;
mod refusals;
mod sessions;
mod summaries;
mod told;
mod utterances;

const KIM: &str = "clinician_kim";

/// A visit that Kim started.
struct Visit {
    world: World,
    id: String,
}

impl Visit {
    async fn start() -> Self {
        Self::on(World::start().await).await
    }

    async fn on(world: World) -> Self {
        let session = world.post(KIM, "/api/session", json!({})).await.ok()["data"]["sessionId"].clone();
        let body = json!({
            "sessionId": session,
            "metadata": { "patientId": "patient_123", "visitType": "routine", "department": "cardiology" },
            "language": { "primary": "en", "secondary": "es" },
        });
        let id = data(world.post(KIM, "/api/conversations", body).await)["id"].as_str().unwrap().to_owned();
        Self { world, id }
    }

    /// A body for this visit with other members.
    fn with(&self, more: Value) -> Value {
        let mut body = json!({ "conversationId": self.id });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    async fn says(&self, role: &str, text: &str) -> Value {
        let body = self.with(utterance(role, text));
        data(self.world.post(KIM, "/api/utterances", body).await)
    }

    async fn detects(&self, text: &str) -> Value {
        data(self.world.post(KIM, "/api/actions/detect", self.with(json!({ "text": text }))).await)
    }

    async fn ends(&self) -> Answer {
        self.world.post(KIM, &format!("/api/conversations/{}/end", self.id), json!({})).await
    }

    async fn conversation(&self) -> Value {
        data(self.world.get(KIM, &format!("/api/conversations/{}", self.id)).await)
    }

    /// What is told to a receiver of webhooks, in order.
    async fn events(&self) -> Vec<Value> {
        let stream = domain::ids::StreamNo::from(self.id.parse::<domain::ids::VisitNo>().unwrap());
        let app = &self.world.stack.app;
        let last = platform::store::events::stream(app, domain::ids::OrganizationId::new(21).unwrap(), stream);
        vec![json!(last.await.unwrap().last.get())]
    }
}

fn utterance(role: &str, text: &str) -> Value {
    let language = if role == "clinician" { "en" } else { "es" };
    json!({
        "role": role,
        "originalLanguage": language,
        "originalText": text,
        "timestamp": "2024-01-15T10:05:00.000Z",
    })
}

/// The data of an answer that must be a success.
#[track_caller]
fn data(answer: Answer) -> Value {
    let body = answer.ok();
    assert_eq!(body["success"], true);
    body["data"].clone()
}

/// A refusal as status, code and message, with the field when there is one.
fn refused(answer: &Answer) -> String {
    let error = &answer.body["error"];
    assert_eq!(answer.body["success"], false, "{}", answer.text);
    let detail = &error["details"][0];
    let field = detail["field"].as_str().map_or_else(String::new, |field| format!(" {field}: {}", detail["message"]));
    format!("{} {} {}{field}", answer.status, error["code"].as_str().unwrap(), error["message"].as_str().unwrap())
}
