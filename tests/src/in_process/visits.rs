//! Interpreter visits in process, with a model that writes summaries.

use std::sync::Arc;

use interpreter_visits::Visits;
use platform::config::OpenAiSettings;
use platform::model::{Model, OpenAi};
use platform::outward::{Outward, Server};
use reqwest::Response;
use serde_json::{Value, json};
use summary_generation::Worker as SummaryWorker;

use super::InProcess;
use super::workers::batch;

/// A model that always writes the same note.
fn model() -> Model {
    let note = json!({
        "chiefComplaint": "Headache, by a model.", "historyOfPresentIllness": "", "assessmentAndPlan": "",
        "medicationsDiscussed": [], "testsOrdered": [], "followUpInstructions": "",
    });
    let message = json!({ "role": "assistant", "content": note.to_string() });
    let answer = json!({ "choices": [{ "message": message, "finish_reason": "stop" }] }).to_string();
    let server: Server = Arc::new(move |_| {
        let answer = http::Response::new(answer.clone());
        Box::pin(async move { Response::from(answer) })
    });
    let settings = OpenAiSettings { base: "http://model.local".into(), key: "k".into(), model: "m".into() };
    Model::OpenAi(OpenAi::on(Outward::in_process(server).expect("a client"), settings))
}

/// A request about a visit, with other members.
pub fn with(visit: &str, more: Value) -> Value {
    let mut body = json!({ "conversationId": visit });
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    body
}

/// Something that a clinician says.
pub fn said(visit: &str, text: &str) -> Value {
    let timestamp = "2030-01-15T10:05:00.000Z";
    with(visit, json!({ "role": "clinician", "originalLanguage": "en", "originalText": text, "timestamp": timestamp }))
}

impl InProcess {
    pub(super) fn visits(&self) -> Visits {
        Visits::new(&self.app, &self.settings, model()).expect("settings")
    }

    /// A visit that a clinician started, by its id.
    pub async fn visit(&self) -> String {
        let body = json!({ "sessionId": "abc", "language": { "primary": "en", "secondary": "es" } });
        let started = self.post("clinician_kim", "/api/conversations", &body).await;
        assert_eq!(started.status, 200, "{started:?}");
        started.body["data"]["id"].as_str().expect("an id").to_owned()
    }

    /// A hint about a summary reaches whoever has models write; whether it was done.
    pub async fn write_summary(&self, summary: &str) -> bool {
        let number = summary.trim_start_matches("summary_");
        let worker = SummaryWorker { app: self.app.clone(), model: model() };
        worker.work(batch(format!(r#"{{"summary":{number}}}"#))).await.batch_item_failures.is_empty()
    }

    /// How many events of a visit there are, for those who are told.
    pub async fn events(&self, visit: &str) -> u32 {
        let no: domain::ids::VisitNo = visit.parse().expect("a visit");
        let organization = domain::ids::OrganizationId::new(21).expect("a number");
        let stream = platform::store::events::stream(&self.app, organization, no.into()).await;
        stream.expect("the table answers").last.get()
    }
}
