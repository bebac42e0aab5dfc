//! A history that takes every path through the functions, and the calls that each made in it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use local::connector::{Call, Fault};
use platform::Config;
use platform::config::RateLimits;
use serde_json::{Value, json};
use tests::InProcess;
use tests::meta::Turn;

pub(super) const PHONE: &str = "2348012345678";
const CREATE: &str = "/appointments/create-patient/";

/// What happened, by the function in whose name it was called.
pub(crate) struct History {
    pub(super) world: InProcess,
    calls: BTreeMap<&'static str, Vec<Call>>,
}

/// The thread that the history is about.
pub(super) struct Opened {
    pub(super) public_id: String,
    pub(super) thread: u64,
    message: u64,
}

fn entry(name: &str, notes: &str) -> Value {
    json!({ "phone_number": format!("+{PHONE}"), "first_name": name, "last_name": "Doe", "notes": notes })
}

/// The calls of each function.
pub(crate) async fn calls() -> BTreeMap<&'static str, Vec<Call>> {
    let mut world = InProcess::start(1).await;
    let rate_limits = RateLimits { reads: Some(300), writes: Some(100), uploads: Some(20), replies: Some(20) };
    world.app.config = Arc::new(Config { rate_limits, ..world.app.config.as_ref().clone() });
    let mut history = History { world, calls: BTreeMap::new() };
    let patient = history.patients().await;
    history.directory(&patient).await;
    let opened = history.template(&patient).await;
    history.deliveries(&opened).await;
    history.files(&opened).await;
    history.patient_threads(&opened, &patient).await;
    history.check_ins(&opened).await;
    history.visits().await;
    history.late(&opened).await;
    history.late_refusals(&patient).await;
    history.sections().await;
    history.symptoms().await;
    history.records().await;
    history.webhooks(&opened).await;
    history.calls
}

impl History {
    pub(super) fn take(&mut self, function: &'static str) {
        self.calls.entry(function).or_default().extend(self.world.faults.take_calls().0);
    }

    /// The next write gets no answer, as often as it is sent: then one looks whether it happened.
    pub(super) fn lose_answers(&self) {
        for _ in 0..5 {
            self.world.faults.next_call("TransactWriteItems", Fault::FailBefore);
        }
    }

    async fn patients(&mut self) -> Value {
        let world = &self.world;
        let patient = world.post_once("dr_smith", CREATE, ("k", &entry("John", "x"))).await.body["patient_id"].clone();
        for body in [entry("John", "x"), entry("Mary", "x"), entry("John", "new")] {
            world.post("dr_smith", CREATE, &body).await;
        }
        world.get("dr_smith", "/providermessages/all-patients/").await;
        self.take("PatientsFunction");
        patient
    }

    async fn directory(&mut self, patient: &Value) {
        let world = &self.world;
        world.put("service", "/providers/9/", &json!({ "organization_id": 21, "name": "Dr. Smith" })).await;
        let path = format!("/patients/{patient}/subscription/");
        let body = json!({ "subscription_status": "active", "subscription_id": 1 });
        world.put("service", &path, &body).await;
        self.lose_answers();
        let body = json!({ "subscription_status": null });
        let unconfirmed = world.put("service", &path, &body).await;
        assert_eq!(unconfirmed.status, 504, "a write without an answer looks for its own mark");
        let template = json!({ "name": "check_in", "language": "en", "body": "Hi {{1}}, this is {{2}}. {{3}} Bye.", "approved": true });
        world.put("service", "/organizations/21/template/", &template).await;
        self.take("DirectoryFunction");
    }

    async fn template(&mut self, patient: &Value) -> Opened {
        let world = &self.world;
        let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
        let send = "/providermessages/send-template-message/";
        let opened = world.post_once("dr_smith", send, ("k", &body)).await.body;
        world.post_once("dr_smith", send, ("k", &body)).await;
        world.get("dr_smith", &format!("/providermessages/{}/", opened["thread_id"])).await;
        self.take("ProviderMessagesFunction");
        Opened {
            public_id: opened["public_id"].as_str().unwrap().to_owned(),
            thread: opened["thread_id"].as_u64().unwrap(),
            message: opened["message_id"].as_u64().unwrap(),
        }
    }

    /// WhatsApp tells later that it refuses the account, the template, and that the patient wants no messages.
    async fn late_refusals(&mut self, patient: &Value) {
        let mut sent = Vec::new();
        for _ in 0..3 {
            let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
            sent.push(self.world.post("dr_smith", "/providermessages/send-template-message/", &body).await.body);
            self.take("ProviderMessagesFunction");
            self.world.deliver(sent[0]["thread_id"].as_u64().unwrap()).await;
            self.take("WhatsappDeliveryFunction");
        }
        for (sent, code) in sent.iter().zip([131_042, 132_015, 131_050]) {
            let about = format!("{}.9", sent["message_id"]);
            let status = json!({ "statuses": [{ "id": format!("wamid.late{code}"), "status": "failed", "errors": [{ "code": code }], "biz_opaque_callback_data": about }] });
            assert_eq!(self.world.webhook(&status).await, 200);
            self.take("WhatsappWebhookFunction");
        }
    }

    /// The worker delivers, is refused in every way, and the webhook brings statuses and messages.
    async fn deliveries(&mut self, opened: &Opened) {
        let world = &self.world;
        assert!(world.deliver(opened.thread).await);
        self.take("WhatsappDeliveryFunction");
        let world = &self.world;
        world.inbound(PHONE, ("wamid.1", "Hi")).await;
        world.inbound("2348099999999", ("wamid.2", "Hello?")).await;
        world.inbound("2348099999999", ("wamid.3", "STOP")).await;
        world.inbound("2348099999999", ("wamid.danger", "I want to kill myself")).await;
        let status = json!({ "statuses": [{ "id": "wamid.taken1", "status": "delivered", "biz_opaque_callback_data": format!("{}.1", opened.message) }] });
        assert_eq!(world.webhook(&status).await, 200);
        self.take("WhatsappWebhookFunction");
        for turn in [Turn::Refuse(131_056), Turn::Refuse(131_026), Turn::Refuse(131_042), Turn::Lose] {
            let text = json!({ "public_id": opened.public_id, "message": "Hello" });
            self.world.post("dr_smith", "/providermessages/send-message/", &text).await;
            self.world.get("dr_smith", "/providermessages/").await;
            self.take("ProviderMessagesFunction");
            self.world.meta.then([turn]);
            for _ in 0..3 {
                self.world.deliver(opened.thread).await;
                tokio::time::advance(Duration::from_secs(120)).await;
            }
            self.take("WhatsappDeliveryFunction");
        }
    }

    async fn patient_threads(&mut self, opened: &Opened, patient: &Value) {
        let world = &self.world;
        let of = |last: &str| format!("/patient-threads/{}/{last}", opened.public_id);
        let start = json!({ "patient_id": patient, "query": "Hello", "responder": "assistant" });
        for _ in 0..2 {
            assert_eq!(world.post_once("dr_smith", "/patient-threads/send/", ("s", &start)).await.status, 200);
        }
        let text = json!({ "message": "How are you?" });
        world.post_once("dr_smith", &of("send-message/"), ("s", &text)).await;
        let doctor = json!({ "responder": "doctor", "provider_id": 10 });
        for (key, body) in
            [("d", &doctor), ("d", &doctor), ("d2", &doctor), ("a", &json!({ "responder": "assistant" }))]
        {
            let answer = world.post_once("dr_smith", &of("switch-responder/"), (key, body)).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        self.lose_answers();
        let unconfirmed = world.post("dr_jones", &of("send-message/"), &text).await;
        assert_eq!(unconfirmed.status, 504, "a write without an answer looks for its own mark");
        for path in ["/patient-threads/".to_owned(), of(""), of("alerts/"), of("reports/")] {
            assert_eq!(world.get("dr_smith", &path).await.status, 200, "{path}");
        }
        let task = json!({ "title": "Blood pressure", "objective": "Below 140/90", "daily_report": true, "next_check_in_at": "2030-03-18T09:00:00Z", "repeat_every_hours": 1 });
        let answer = world.put("dr_smith", &of("task/"), &task).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        self.take("PatientThreadsFunction");
    }

    /// The patient writes to the assistant, which replies; then the schedule runs for two days.
    async fn check_ins(&mut self, opened: &Opened) {
        self.world.inbound(PHONE, ("wamid.4", "Hello, who is there? My blood pressure is 190/125")).await;
        self.take("WhatsappWebhookFunction");
        let alerts = self.world.get("dr_smith", &format!("/patient-threads/{}/alerts/", opened.public_id)).await.body;
        if let Some(alert) = alerts[0]["alert_id"].as_str() {
            let path = format!("/patient-threads/{}/alerts/{alert}/acknowledge/", opened.public_id);
            assert_eq!(self.world.post("dr_smith", &path, &json!(null)).await.status, 200);
        }
        let switch = format!("/patient-threads/{}/switch-responder/", opened.thread);
        for body in [json!({ "responder": "doctor", "provider_id": 9 }), json!({ "responder": "assistant" })] {
            assert_eq!(self.world.post("dr_smith", &switch, &body).await.status, 200);
        }
        self.take("PatientThreadsFunction");
        tokio::time::advance(Duration::from_secs(120)).await;
        self.world.sweep().await;
        self.take("OutboxSweeperFunction");
        self.lose_answers();
        assert!(!self.world.reply(opened.thread).await, "the table does not answer");
        tokio::time::advance(Duration::from_secs(60)).await;
        assert!(self.world.reply(opened.thread).await);
        self.take("AssistantRepliesFunction");
        for run in 0..4 {
            tokio::time::advance(Duration::from_hours(12)).await;
            if run == 2 {
                self.lose_answers();
            }
            self.world.tick().await;
        }
        self.take("CheckInsFunction");
        let reports = self.world.get("dr_smith", &format!("/patient-threads/{}/reports/", opened.public_id)).await.body;
        assert!(!reports.as_array().unwrap().is_empty(), "no report was written");
        self.take("PatientThreadsFunction");
    }

    async fn late(&mut self, opened: &Opened) {
        let text = json!({ "public_id": opened.public_id, "message": "Hello" });
        let refused = self.world.post_once("dr_smith", "/providermessages/send-message/", ("late", &text)).await;
        assert_eq!(refused.status, 400, "a refusal looks whether the key was used before");
        self.take("ProviderMessagesFunction");
        for _ in 0..2 {
            self.world.sweep().await;
            tokio::time::advance(Duration::from_secs(300)).await;
        }
        self.take("OutboxSweeperFunction");
    }
}
