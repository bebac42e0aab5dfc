//! The therapy chat and the therapists' dashboard (document 001).

use serde_json::{Value, json};
use tests::{Answer, World};

mod assistant;
mod audit;
mod danger;
mod dashboard;
mod documented;
mod escalation;
mod refusals;
mod settings;
mod tags;

const CHAT: &str = "/request/7/therapy-chat";
const DASHBOARD: &str = "/request/7/therapist-dashboard";

/// Section 7: Lee treats John and Jane.
struct Section {
    world: World,
}

impl Section {
    async fn start() -> Self {
        Self { world: World::start().await }
    }

    /// What a subject of section 9, which nobody has set up, is answered; their token names an organization, or none.
    async fn of_nine(&self, last: &str, body: Value, organization: Value) -> Answer {
        let claims = json!({ "sub": "s9", "role": "subject", "user_id": 90, "section_ids": [7, 9], "organization_id": organization });
        let claims = json!({ "claims": claims });
        let token = self.world.local_post("token", claims).await["token"].as_str().unwrap().to_owned();
        let path = format!("/request/9/therapy-chat/{last}");
        Answer::of(self.world.anonymous("POST", &path).bearer_auth(token).json(&body)).await
    }

    /// What John is answered who writes.
    async fn says(&self, text: &str) -> Value {
        self.world.post("subject_john", &format!("{CHAT}/send"), json!({ "content": text })).await.ok()
    }

    async fn chat(&self, last: &str) -> Value {
        self.world.get("subject_john", &format!("{CHAT}/{last}")).await.ok()
    }

    async fn dashboard(&self, last: &str) -> Value {
        self.world.get("therapist_lee", &format!("{DASHBOARD}/{last}")).await.ok()
    }

    async fn asks(&self, action: &str, body: Value) -> Answer {
        self.world.post("subject_john", &format!("{CHAT}/{action}"), body).await
    }

    async fn does(&self, action: &str, body: Value) -> Answer {
        self.world.post("therapist_lee", &format!("{DASHBOARD}/{action}"), body).await
    }

    async fn sets(&self, body: Value) -> Value {
        self.world.put("therapist_lee", &format!("{DASHBOARD}/settings"), body).await.ok()
    }

    /// John's conversation as the dashboard lists it.
    async fn conversation(&self) -> Value {
        self.dashboard("conversations").await["conversations"][0].clone()
    }

    /// The alerts that nobody has read.
    async fn alerts(&self) -> Vec<Value> {
        self.dashboard("alerts?unread_only=true").await["alerts"].as_array().unwrap().clone()
    }
}
