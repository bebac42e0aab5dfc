//! The world in which the suites act: the whole product on one machine, driven through HTTP as its clients drive it.

use std::time::Duration;

use local::stack::{Options, Stack};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub mod answer;
pub mod endpoint;
pub mod events;
pub mod fhir;
pub mod files;
pub mod google;
pub mod in_process;
pub mod meta;
pub mod patients;

pub use answer::{Answer, redacted};
pub use in_process::InProcess;

/// A running product with nobody in it but the seeded accounts.
pub struct World {
    /// The stack, for tests that look behind the API.
    pub stack: Stack,
    base: String,
    client: reqwest::Client,
    accounts: Vec<Value>,
}

impl World {
    /// A world in memory, without a rate limit.
    pub async fn start() -> Self {
        Self::with(Options { rate_limit: Some(0), ..Options::default() }).await
    }

    /// A world as the options say.
    pub async fn with(options: Options) -> Self {
        let stack = Stack::start(&options).await.expect("the stack starts");
        let base = format!("http://{}", stack.api);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut world = Self { stack, base, client, accounts: Vec::new() };
        world.accounts = world.local_get("accounts").await.as_array().expect("a list of accounts").clone();
        world
    }

    /// The token of a seeded account.
    pub fn token(&self, who: &str) -> &str {
        let account = self.accounts.iter().find(|account| account["key"] == who);
        account.and_then(|account| account["token"].as_str()).expect("a seeded account")
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A request without a token.
    pub fn anonymous(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse::<Method>().expect("a method"), self.url(path))
    }

    /// A request of a seeded account.
    pub fn request(&self, who: &str, method: &str, path: &str) -> RequestBuilder {
        self.anonymous(method, path).bearer_auth(self.token(who))
    }

    /// What a seeded account gets.
    pub async fn get(&self, who: &str, path: &str) -> Answer {
        Answer::of(self.request(who, "GET", path)).await
    }

    /// What a seeded account's command is answered.
    pub async fn post(&self, who: &str, path: &str, body: Value) -> Answer {
        Answer::of(self.request(who, "POST", path).json(&body)).await
    }

    /// What a seeded account's command with an idempotency key is answered.
    pub async fn post_once(&self, who: &str, path: &str, (key, body): (&str, &Value)) -> Answer {
        Answer::of(self.request(who, "POST", path).header("idempotency-key", key).json(body)).await
    }

    /// What a seeded account's replacement is answered.
    pub async fn put(&self, who: &str, path: &str, body: Value) -> Answer {
        Answer::of(self.request(who, "PUT", path).json(&body)).await
    }

    /// What a runner-only route answers.
    pub async fn local_get(&self, path: &str) -> Value {
        Answer::of(self.anonymous("GET", &format!("/_local/{path}"))).await.ok()
    }

    /// What a runner-only command answers.
    pub async fn local_post(&self, path: &str, body: Value) -> Value {
        Answer::of(self.anonymous("POST", &format!("/_local/{path}")).json(&body)).await.ok()
    }

    /// Waits until the workers have nothing left to do.
    pub async fn drain(&self) {
        let answer = self.local_post("drain", json!({ "timeout_ms": 60_000 })).await;
        assert_eq!(answer["idle"], true, "the workers do not come to rest");
    }

    /// Moves the clock.
    pub async fn advance(&self, span: &str) {
        self.local_post("clock", json!({ "advance": span })).await;
    }

    /// A patient writes; answers the webhook's status.
    pub async fn inbound(&self, from: &str, text: &str) -> u64 {
        let answer = self.local_post("whatsapp/inbound", json!({ "from": from, "type": "text", "text": text })).await;
        answer["status"].as_u64().expect("the webhook answers")
    }

    /// What WhatsApp took for a number, in order.
    pub async fn outbox(&self, to: &str) -> Vec<Value> {
        let sent = self.local_get(&format!("whatsapp/outbox?to={}", to.trim_start_matches('+'))).await;
        sent.as_array().expect("a list").clone()
    }

    /// How often something was counted.
    pub async fn count(&self, name: &str) -> u64 {
        self.local_get("metrics").await[name].as_u64().unwrap_or(0)
    }

    /// Ends the world, and gives back what it was told when it is started again on the same data.
    pub async fn stop(self) {
        tokio::time::timeout(Duration::from_secs(10), self.stack.stop()).await.expect("it ends");
    }
}
