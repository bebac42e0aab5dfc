//! Sections, their alerts, and patients' own conversations.

use std::time::Duration;

use local::connector::Fault;
use serde_json::json;

use super::history::History;

const CHAT: &str = "/request/7/therapy-chat";
const BOARD: &str = "/request/7/therapist-dashboard";

impl History {
    pub(super) async fn sections(&mut self) {
        let world = &self.world;
        for (section, user) in [(7, 22), (9, 5)] {
            let member = json!({ "organization_id": 21, "name": "Ann", "role": "therapist" });
            let path = format!("/sections/{section}/members/{user}/");
            assert_eq!(world.put("service", &path, &member).await.status, 200);
        }
        assert_eq!(world.delete("service", "/sections/9/members/5/").await.status, 204);
        self.take("DirectoryFunction");
        self.chat().await;
        self.dashboard().await;
        for _ in 0..2 {
            tokio::time::advance(Duration::from_mins(16)).await;
            self.world.tick().await;
        }
        self.take("CheckInsFunction");
    }

    async fn chat(&mut self) {
        let send = format!("{CHAT}/send");
        for text in ["Hello", "I slept badly", "I want to kill myself"] {
            for _ in 0..2 {
                let body = json!({ "content": text });
                assert_eq!(self.world.post_once("subject_john", &send, (text, &body)).await.status, 200);
            }
        }
        self.lose_answers();
        let unconfirmed = self.world.post("subject_john", &send, &json!({ "content": "x" })).await;
        assert_eq!(unconfirmed.status, 504, "a write without an answer looks for its own mark");
        assert_eq!(self.world.post("subject_john", &format!("{CHAT}/tag"), &json!({})).await.status, 200);
        for path in ["messages", "conversation"] {
            assert_eq!(self.world.get("subject_john", &format!("{CHAT}/{path}")).await.status, 200);
        }
        assert_eq!(self.world.post("subject_jane", &send, &json!({ "content": "Hi" })).await.status, 200);
        self.world.faults.later_call("TransactWriteItems", 1, Fault::FailBefore);
        self.lose_answers();
        let sent = self.world.post("subject_jane", &send, &json!({ "content": "Hello" })).await;
        assert_eq!((sent.status, &sent.body["ai_message"]), (200, &json!(null)), "its reply could not be kept");
        self.world.faults.clear();
        self.take("TherapyChatFunction");
        tokio::time::advance(Duration::from_mins(2)).await;
        let listed = self.world.get("therapist_lee", &format!("{BOARD}/conversations")).await.body;
        let listed = listed["conversations"].as_array().unwrap();
        let of_jane = listed.iter().find(|conversation| conversation["subject_name"] != "John Doe").unwrap();
        self.take("TherapistDashboardFunction");
        self.world.faults.next_call("Query", Fault::Torn);
        assert!(self.world.reply(of_jane["id"].as_u64().unwrap()).await);
        self.take("AssistantRepliesFunction");
    }

    async fn dashboard(&mut self) {
        let world = &self.world;
        let board = |path: &str| format!("{BOARD}/{path}");
        let listed = world.get("therapist_lee", &board("conversations")).await.body;
        let id = &listed["conversations"][0]["id"];
        for path in
            ["stats", "updates", &format!("messages?conversation_id={id}"), &format!("notes?conversation_id={id}")]
        {
            assert_eq!(world.get("therapist_lee", &board(path)).await.status, 200, "{path}");
        }
        // A number that is missing in a list for long is looked up by itself.
        tokio::time::advance(Duration::from_mins(2)).await;
        world.faults.next_call("Query", Fault::Torn);
        assert_eq!(world.get("therapist_lee", &board(&format!("messages?conversation_id={id}"))).await.status, 200);
        let alerts = world.get("therapist_lee", &board("alerts")).await.body;
        let messages = world.get("therapist_lee", &board(&format!("messages?conversation_id={id}"))).await.body;
        let tagged = messages["messages"].as_array().unwrap().iter().find(|message| message["tags"][0].is_object());
        for (action, body) in [
            ("send", json!({ "conversation_id": id, "content": "x" })),
            ("toggle-ai", json!({ "conversation_id": id, "enabled": true })),
            ("toggle-ai", json!({ "conversation_id": id, "enabled": true })),
            ("set-risk", json!({ "conversation_id": id, "risk_level": "low" })),
            ("add-note", json!({ "conversation_id": id, "content": "x" })),
            ("mark-all-read", json!({ "conversation_id": id })),
            ("mark-alert-read", json!({ "alert_id": alerts["alerts"][0]["id"] })),
            ("acknowledge-tag", json!({ "tag_id": tagged.unwrap()["tags"][0]["id"] })),
        ] {
            let answer = world.post("therapist_lee", &board(action), &body).await;
            assert_eq!(answer.status, 200, "{action}: {answer:?}");
        }
        for mode in ["human_only", "ai_hybrid"] {
            let answer = world.put("therapist_lee", &board("settings"), &json!({ "mode": mode })).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        self.lose_answers();
        let body = json!({ "conversation_id": id, "content": "x" });
        assert_eq!(self.world.post("therapist_lee", &board("send"), &body).await.status, 504);
        self.take("TherapistDashboardFunction");
    }

    pub(super) async fn symptoms(&mut self) {
        let bot = "/api/symptomAssessmentBot";
        let tell = |message: &str, thread: &serde_json::Value| json!({ "message": message, "patientId": "patient-456", "threadId": thread });
        let none = serde_json::Value::Null;
        let first = tell("I have a cough", &none);
        let mut thread = none.clone();
        for _ in 0..2 {
            let answer = self.world.post_once("patient_456", bot, ("cough", &first)).await;
            assert_eq!(answer.status, 200, "{answer:?}");
            thread = answer.body["threadId"].clone();
        }
        // A danger moves the thread in its lists.
        let danger = tell("I want to kill myself", &thread);
        assert_eq!(self.world.post("patient_456", bot, &danger).await.status, 200);
        let record = format!("{bot}/threads/{}", thread.as_str().unwrap());
        for who in ["patient_456", "dr_smith"] {
            assert_eq!(self.world.get(who, &record).await.status, 200, "{who}");
        }
        self.lose_answers();
        assert_eq!(self.world.post("patient_456", bot, &tell("I have a cough", &none)).await.status, 504);
        self.take("SymptomAssessmentFunction");
    }

    pub(super) async fn records(&mut self) {
        let world = &self.world;
        let created = world.post("patient_123", "/patients/conversations/", &json!({})).await.body;
        let own = |last: &str| format!("/patients/conversations/{}/{last}", created["unique_id"].as_str().unwrap());
        self.take("ConversationMessagesFunction");
        let switch = json!({ "responder": "assistant" });
        let path = format!("/patient-threads/{}/switch-responder/", created["unique_id"].as_str().unwrap());
        assert_eq!(self.world.post("dr_smith", &path, &switch).await.status, 200);
        self.take("PatientThreadsFunction");
        let body = json!({ "message_type": "user", "content": "Hello" });
        let message = self.world.post("patient_123", &own("messages/"), &body).await.body;
        let one = format!("/patients/messages/{}/", message["unique_id"].as_str().unwrap());
        for path in ["/patients/conversations/", &own(""), &own("messages/"), &one, "/patients/me/audit/"] {
            assert_eq!(self.world.get("patient_123", path).await.status, 200, "{path}");
        }
        self.lose_answers();
        assert_eq!(self.world.put("patient_123", &one, &json!({ "content": "x" })).await.status, 504);
        assert_eq!(self.world.put("patient_123", &one, &json!({ "content": "Hi" })).await.status, 200);
        let danger = json!({ "message_type": "user", "content": "I want to kill myself" });
        assert_eq!(self.world.post("patient_123", &own("messages/"), &danger).await.status, 201);
        assert_eq!(self.world.delete("patient_123", &one).await.status, 204);
        assert_eq!(self.world.get("dr_smith", &format!("{one}versions/")).await.status, 200);
        self.take("ConversationMessagesFunction");
    }
}
