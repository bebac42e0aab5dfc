//! Interpreter visits in every way.

use local::connector::Fault;
use serde_json::{Value, json};
use tests::in_process::visits::{said, with};

use super::history::History;

const KIM: &str = "clinician_kim";
const TEXT: &str = "I'll prescribe amoxicillin 500mg twice daily and order a chest X-ray";

impl History {
    pub(super) async fn visits(&mut self) {
        let world = &self.world;
        let session = world.post(KIM, "/api/session", &json!({})).await.body["data"]["sessionId"].clone();
        let start = json!({ "sessionId": session, "language": { "primary": "en", "secondary": "es" } });
        let visit = world.post_once(KIM, "/api/conversations", ("k", &start)).await.body["data"]["id"].clone();
        world.post_once(KIM, "/api/conversations", ("k", &start)).await;
        let visit = visit.as_str().unwrap().to_owned();
        let mut spoken = said(&visit, TEXT);
        spoken["itemId"] = json!("item_1");
        for _ in 0..2 {
            assert_eq!(world.post(KIM, "/api/utterances", &spoken).await.status, 200);
        }
        let mut danger = said(&visit, "I want to kill myself tonight");
        danger["role"] = json!("patient");
        assert_eq!(world.post(KIM, "/api/utterances", &danger).await.status, 200);
        let action = self.actions(&visit).await;
        let world = &self.world;
        world.get(KIM, &format!("/api/actions/{action}")).await;
        let ended =
            world.post(KIM, &format!("/api/conversations/{visit}/end"), &json!({ "finalTranscript": "x" })).await;
        assert_eq!(ended.status, 200, "{ended:?}");
        world.post(KIM, &format!("/api/conversations/{visit}/end"), &json!({})).await;
        for path in ["/api/conversations".to_owned(), format!("/api/conversations/{visit}"), "/api/health".to_owned()] {
            assert_eq!(world.get(KIM, &path).await.status, 200, "{path}");
        }
        let ended_session = world.delete(KIM, &format!("/api/session/{}", session.as_str().unwrap())).await;
        assert_eq!(ended_session.status, 200);
        self.lose_answers();
        let unconfirmed = self
            .world
            .post(
                KIM,
                "/api/conversations",
                &json!({ "sessionId": "abc", "language": { "primary": "en", "secondary": "es" } }),
            )
            .await;
        assert_eq!(unconfirmed.status, 504, "a write without an answer looks for its own mark");
        self.take("InterpreterVisitsFunction");
        self.summaries(&visit, ended.body["data"]["summary"]["id"].as_str().unwrap()).await;
    }

    async fn actions(&mut self, visit: &str) -> String {
        let world = &self.world;
        let mut action = Value::Null;
        for text in [TEXT, "I'll prescribe ibuprofen 400 mg"] {
            let body = with(visit, json!({ "text": text, "utteranceId": "item_1" }));
            action = world.post(KIM, "/api/actions/detect", &body).await.body["data"]["actions"][0]["id"].clone();
            world.post(KIM, "/api/actions/detect", &body).await;
        }
        world.get(KIM, &format!("/api/actions?conversationId={visit}")).await;
        world.get(KIM, &format!("/api/utterances?conversationId={visit}")).await;
        let action = action.as_str().unwrap().to_owned();
        let decided = world.post(KIM, &format!("/api/actions/{action}/validate"), &json!({ "approved": true })).await;
        assert_eq!(decided.status, 200, "{decided:?}");
        action
    }

    /// A model's version of one summary, one that a clinician was faster with, and one that nobody writes in time.
    async fn summaries(&mut self, visit: &str, first: &str) {
        assert!(self.world.write_summary(first).await);
        self.take("SummaryGenerationFunction");
        let other =
            self.world.post(KIM, "/api/summaries/generate", &with(visit, json!({}))).await.body["data"]["id"].clone();
        let path = format!("/api/summaries/{}", other.as_str().unwrap());
        let edit = json!({ "content": { "chiefComplaint": "Cough." } });
        assert_eq!(self.world.put(KIM, &path, &edit).await.status, 200);
        assert_eq!(self.world.post(KIM, &format!("{path}/approve"), &json!({})).await.status, 200);
        let third =
            self.world.post(KIM, "/api/summaries/generate", &with(visit, json!({}))).await.body["data"]["id"].clone();
        self.take("InterpreterVisitsFunction");
        tokio::time::advance(std::time::Duration::from_secs(3 * 3600)).await;
        assert!(self.world.write_summary(third.as_str().unwrap()).await);
        self.take("SummaryGenerationFunction");
        // One whose outcome nobody tells, and which stays owed, for the sweeper.
        let body = self.world.post(KIM, "/api/summaries/generate", &with(visit, json!({}))).await.body;
        self.take("InterpreterVisitsFunction");
        self.world.faults.later_call("TransactWriteItems", 1, Fault::FailBefore);
        for _ in 0..4 {
            self.world.faults.next_call("TransactWriteItems", Fault::FailBefore);
        }
        assert!(!self.world.write_summary(body["data"]["id"].as_str().unwrap()).await);
        self.take("SummaryGenerationFunction");
    }
}
