//! The real handlers on the real SDK without sockets, so that time can be paused and every call can be made to fail.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use domain::time::Timestamp;
use domain::webhook::target::Loopback;
use local::accounts::{TokenWish, accounts, token};
use local::clients::in_process;
use local::clock::MovableClock;
use local::connector::{Connector, Faults};
use local::embedded::Embedded;
use local::settings::{Secrets, deployment, settings};
use local::template::{TEMPLATE, Template};
use platform::App;
use platform::clock::Clock;
use platform::config::{Settings, WhatsappWebhook};
use platform::metrics::Metrics;
use platform::random::Random;
use platform::whatsapp::signature::sign;
use serde_json::{Value, json};
use web::Api;

use crate::endpoint::Endpoint;
use crate::google::Google;
use crate::meta::Meta;

pub mod visits;
mod workers;

/// How the addresses of shared threads begin.
const THREADS: [&str; 3] = ["/patient-threads/", "/gpt-threads/", "/gptthreads/"];
/// How the addresses of patients' own conversations begin.
const RECORDS: [&str; 2] = ["/patients/conversations/", "/patients/messages/"];
/// Where paused clocks start.
const START: i64 = 1_900_000_000;

/// Embedded services, and functions on them.
pub struct InProcess {
    /// The services.
    pub embedded: Embedded,
    /// The app of the functions.
    pub app: App,
    /// What goes wrong, and what was called.
    pub faults: Arc<Faults>,
    /// WhatsApp.
    pub meta: Meta,
    /// Google.
    pub google: Google,
    /// Whoever is told of events.
    pub endpoint: Endpoint,
    settings: Settings,
    secrets: Secrets,
}

/// What a handler answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; null when it is none.
    pub body: Value,
}

impl InProcess {
    /// Empty tables with the providers of the seeded accounts; time starts with tokio's.
    pub async fn start(seed: u64) -> Self {
        let embedded = Embedded::open(None, &MovableClock::open(None)).expect("embedded services");
        let template = Template::read(TEMPLATE, &deployment("sqs.local")).expect("our template");
        embedded.create(&template).expect("tables and queues");
        let secrets = Secrets::generate(&Random::seeded(seed));
        let settings = settings(&template, &secrets, &[]);
        let clock = Clock::tokio(Timestamp::from_seconds(START));
        let mut world = Self::on(embedded, (settings, secrets), (clock, seed));
        world.app.config = Arc::new(platform::Config {
            rate_limits: platform::config::RateLimits { reads: None, writes: None, uploads: None, replies: None },
            ..world.app.config.as_ref().clone()
        });
        for (id, name) in [(9, "Dr. Smith"), (10, "Dr. Jones")] {
            let body = json!({ "organization_id": 21, "name": name });
            let answer = world.put("service", &format!("/providers/{id}/"), &body).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        for (user, name, role) in [(20, "Lee", "therapist"), (10, "John Doe", "subject")] {
            let body = json!({ "organization_id": 21, "name": name, "role": role });
            let answer = world.put("service", &format!("/sections/7/members/{user}/"), &body).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        world.faults.take_calls();
        world
    }

    fn on(embedded: Embedded, (settings, secrets): (Settings, Secrets), (clock, seed): (Clock, u64)) -> Self {
        let faults = Arc::new(Faults::default());
        let clients = in_process(&Connector::new(embedded.clone(), Arc::clone(&faults)));
        let mut app = App::new(&settings, clients).expect("settings");
        app.clock = clock;
        app.random = Random::seeded(seed);
        app.metrics = Metrics::memory();
        let (meta, google, endpoint) = (Meta::default(), Google::default(), Endpoint::default());
        Self { embedded, app, faults, meta, google, endpoint, settings, secrets }
    }

    /// The same tables behind a connector of its own: another environment of a function.
    pub fn beside(&self, seed: u64) -> Self {
        let settings = (self.settings.clone(), self.secrets.clone());
        let mut world = Self::on(self.embedded.clone(), settings, (self.app.clock.clone(), seed));
        world.app.config = Arc::clone(&self.app.config);
        world.app.metrics = self.app.metrics.clone();
        world.meta = self.meta.clone();
        world.google = self.google.clone();
        world.endpoint = self.endpoint.clone();
        world
    }

    /// The API as the settings make it.
    pub fn api(&self) -> Api {
        Api::new(self.app.clone(), &self.settings).expect("an API")
    }

    fn router(&self, path: &str) -> Router {
        let whatsapp = || WhatsappWebhook::from_settings(&self.settings).expect("settings");
        match path {
            path if path.starts_with("/webhooks/") => whatsapp_webhook::service(&self.app, whatsapp()),
            path if path.starts_with("/api/symptomAssessmentBot") => {
                symptom_assessment::service(&self.api(), self.model())
            }
            path if path.starts_with("/api/webhooks") => webhooks::service(&self.api(), Loopback::Refused),
            path if path.starts_with("/api/") => interpreter_visits::service(&self.api(), self.visits()),
            path if path.starts_with("/ai-processing/") => uploads::service(&self.api(), Some(self.google.drive())),
            path if path.starts_with("/appointments/") || path.contains("all-patients") => {
                patients::service(&self.api())
            }
            path if THREADS.iter().any(|threads| path.starts_with(threads)) => patient_threads::service(&self.api()),
            path if path.contains("/therapy-chat/") => therapy_chat::service(&self.api(), self.model()),
            path if path.contains("/therapist-dashboard/") => therapist_dashboard::service(&self.api()),
            path if RECORDS.iter().any(|records| path.starts_with(records)) || path.contains("/audit") => {
                conversation_messages::service(&self.api())
            }
            path if path.starts_with("/providermessages/") => provider_messages::service(&self.api()),
            _ => directory::service(&self.api()),
        }
    }

    /// Sends a request into the function that has its path.
    pub async fn send(&self, request: Request<Body>) -> Answered {
        let router = self.router(request.uri().path());
        let response = tower::ServiceExt::oneshot(router, request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Answered { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    fn request(&self, who: &str, method: &str, path: &str) -> axum::http::request::Builder {
        let claims = accounts().into_iter().find(|account| account.key == who).expect("an account").claims();
        let wish = TokenWish { claims, ..TokenWish::default() };
        let token = token(wish, &self.secrets.tokens, self.app.now()).expect("a token");
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {token}"));
        request.header("content-type", "application/json")
    }

    /// What a seeded account gets.
    pub async fn get(&self, who: &str, path: &str) -> Answered {
        self.send(self.request(who, "GET", path).body(Body::empty()).expect("a request")).await
    }

    /// What a seeded account gets when it already has something.
    pub async fn get_unless(&self, who: &str, path: &str, tag: &str) -> Answered {
        let request = self.request(who, "GET", path).header("if-none-match", tag);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// What a seeded account's deletion is answered.
    pub async fn delete(&self, who: &str, path: &str) -> Answered {
        self.send(self.request(who, "DELETE", path).body(Body::empty()).expect("a request")).await
    }

    /// What a seeded account's command is answered.
    pub async fn post(&self, who: &str, path: &str, body: &Value) -> Answered {
        self.send(self.request(who, "POST", path).body(Body::from(body.to_string())).expect("a request")).await
    }

    /// What a seeded account's command with an idempotency key is answered.
    pub async fn post_once(&self, who: &str, path: &str, (key, body): (&str, &Value)) -> Answered {
        let request = self.request(who, "POST", path).header("idempotency-key", key);
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    /// What the upload of a file with an idempotency key is answered.
    pub async fn upload_once(&self, who: &str, (key, file): (&str, &[u8])) -> Answered {
        let head = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\n\r\n";
        let body = [&head[..], file, b"\r\n--b--\r\n"].concat();
        let mut request = self.request(who, "POST", "/ai-processing/upload-file/").header("idempotency-key", key);
        let headers = request.headers_mut().expect("headers");
        headers.insert("content-type", "multipart/form-data; boundary=b".parse().expect("a header"));
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// What a seeded account's replacement is answered.
    pub async fn put(&self, who: &str, path: &str, body: &Value) -> Answered {
        self.send(self.request(who, "PUT", path).body(Body::from(body.to_string())).expect("a request")).await
    }

    /// What a seeded account's change is answered.
    pub async fn patch(&self, who: &str, path: &str, body: &Value) -> Answered {
        self.send(self.request(who, "PATCH", path).body(Body::from(body.to_string())).expect("a request")).await
    }

    /// Posts a signed webhook with one value, and answers the status.
    pub async fn webhook(&self, value: &Value) -> u16 {
        let change = json!({ "field": "messages", "value": value });
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [change] }] }).to_string();
        let signature = sign(&self.secrets.whatsapp_app, body.as_bytes()).expect("a signature");
        let request =
            Request::builder().method("POST").uri("/webhooks/whatsapp").header("x-hub-signature-256", signature);
        self.send(request.body(Body::from(body)).expect("a request")).await.status
    }

    /// A patient sends a picture, and Meta delivers it until it is taken.
    pub async fn inbound_picture(&self, from: &str, wamid: &str) {
        let image = json!({ "id": "7", "mime_type": "image/jpeg" });
        let message = json!({ "id": wamid, "from": from, "type": "image", "image": image });
        while self.webhook(&json!({ "messages": [message] })).await != 200 {}
    }

    /// A patient writes, and Meta delivers it until it is taken.
    pub async fn inbound(&self, from: &str, (wamid, text): (&str, &str)) {
        let message = json!({ "id": wamid, "from": from, "type": "text", "text": { "body": text } });
        while self.webhook(&json!({ "messages": [message] })).await != 200 {}
    }
}
