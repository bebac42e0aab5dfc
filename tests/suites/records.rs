//! Patients' own conversations (document 002).

use serde_json::{Value, json};
use tests::{Answer, World};

mod accounts;
mod answers;
mod changes;
mod replays;
mod versions;

const CONVERSATIONS: &str = "/patients/conversations/";

/// A patient with a conversation.
struct Record {
    world: World,
    /// Its id.
    id: String,
}

impl Record {
    async fn start() -> Self {
        let world = World::start().await;
        let created = world.post("patient_123", CONVERSATIONS, json!({ "title": " My  knee " })).await;
        assert_eq!((created.status, &created.body["title"]), (201, &json!("My knee")), "{}", created.text);
        let id = created.body["unique_id"].as_str().unwrap().to_owned();
        Self { world, id }
    }

    fn messages(&self) -> String {
        format!("{CONVERSATIONS}{}/messages/", self.id)
    }

    async fn writes(&self, kind: &str, content: &str) -> Value {
        let body = json!({ "message_type": kind, "content": content });
        let created = self.world.post("patient_123", &self.messages(), body).await;
        assert_eq!(created.status, 201, "{}", created.text);
        created.body
    }

    async fn puts(&self, message: &Value, content: &str) -> Value {
        self.world.put("patient_123", &one(message), json!({ "content": content })).await.ok()
    }

    /// A request with an idempotency key.
    async fn once(&self, method: &str, message: &Value, (key, content): (&str, &str)) -> Answer {
        let request = self.world.request("patient_123", method, &one(message)).header("idempotency-key", key);
        Answer::of(request.json(&json!({ "content": content }))).await
    }

    /// The alerts of the conversation, newest first.
    async fn alerts(&self) -> Vec<Value> {
        let path = format!("/patient-threads/{}/alerts/", self.id);
        self.world.get("dr_smith", &path).await.ok().as_array().unwrap().clone()
    }

    async fn all(&self, who: &str) -> Value {
        self.world.get(who, &self.messages()).await.ok()
    }
}

fn one(message: &Value) -> String {
    format!("/patients/messages/{}/", message["unique_id"].as_str().unwrap())
}

#[tokio::test]
async fn cm_list_and_create() {
    let record = Record::start().await;
    let first = record.writes("user", "Hello, I need help.").await;
    let second = record.writes("assistant", "How can I assist you today?").await;
    assert_eq!(record.all("patient_123").await, json!([first, second]));
    let keys: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["content", "conversation_id", "date_created", "last_updated", "message_type", "unique_id"]);
    assert_eq!((&first["conversation_id"], &first["message_type"]), (&json!(record.id), &json!("user")));
    assert!(first["date_created"].as_str().unwrap().ends_with('Z'));
    assert_eq!(first["date_created"], first["last_updated"]);
}

#[tokio::test]
async fn cm_get_put_and_delete() {
    let record = Record::start().await;
    let message = record.writes("user", "Hello, I need help.").await;
    assert_eq!(record.world.get("patient_123", &one(&message)).await.ok(), message);
    record.world.advance("10m").await;
    let body = json!({ "content": "Updated message content." });
    let updated = record.world.put("patient_123", &one(&message), body).await.ok();
    assert_eq!(
        (&updated["content"], &updated["date_created"]),
        (&json!("Updated message content."), &message["date_created"])
    );
    assert!(updated["last_updated"].as_str() > message["last_updated"].as_str());
    assert_eq!(record.all("patient_123").await, json!([updated]));
    let delete = || Answer::of(record.world.request("patient_123", "DELETE", &one(&message)));
    let gone = delete().await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    assert_eq!(record.all("patient_123").await, json!([]));
    let put = record.world.put("patient_123", &one(&message), json!({ "content": "x" })).await;
    let get = record.world.get("patient_123", &one(&message)).await;
    assert_eq!((delete().await.status, put.status, get.status), (404, 404, 404));
    let audit = record.world.get("patient_123", "/patients/me/audit/").await.ok();
    let actions: Vec<&str> = audit.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["message_deleted", "message_changed"]);
}

#[tokio::test]
async fn a_repeated_request_happens_once() {
    let record = Record::start().await;
    let body = json!({ "message_type": "user", "content": "Hello" });
    let first = record.world.post_once("patient_123", &record.messages(), ("k", &body)).await;
    let again = record.world.post_once("patient_123", &record.messages(), ("k", &body)).await;
    assert_eq!(
        (first.body.clone(), again.status, again.header("idempotency-replayed")),
        (again.body.clone(), 201, "true")
    );
    let delete =
        || Answer::of(record.world.request("patient_123", "DELETE", &one(&first.body)).header("idempotency-key", "d"));
    assert_eq!((delete().await.status, delete().await.status), (204, 204));
    let title = json!({ "title": "x" });
    let one = record.world.post_once("patient_123", CONVERSATIONS, ("c", &title)).await.body;
    let other = record.world.post_once("patient_123", CONVERSATIONS, ("c", &title)).await.body;
    assert_eq!(one, other);
    let listed = record.world.get("patient_123", CONVERSATIONS).await.ok();
    assert_eq!(listed.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_patient_sees_only_their_own_and_staff_may_read() {
    let record = Record::start().await;
    let message = record.writes("user", "Hello").await;
    let paths = [format!("{CONVERSATIONS}{}/", record.id), record.messages(), one(&message)];
    for (who, status) in [
        ("patient_123", 200),
        ("patient_456", 404),
        ("dr_smith", 200),
        ("staff_ama", 200),
        ("dr_other", 404),
        ("admin", 200),
        ("service", 403),
        ("therapist_lee", 403),
    ] {
        for path in &paths {
            assert_eq!(record.world.get(who, path).await.status, status, "{who} {path}");
        }
    }
    let body = json!({ "message_type": "user", "content": "x" });
    assert_eq!(record.world.post("dr_smith", &record.messages(), body.clone()).await.status, 403);
    assert_eq!(record.world.post("patient_456", &record.messages(), body).await.status, 404);
    for (who, status) in [("dr_smith", 403), ("patient_456", 404), ("admin", 200)] {
        let put = record.world.put(who, &one(&message), json!({ "content": "y" })).await;
        assert_eq!(put.status, status, "{who}");
    }
    let other = record.world.get("patient_456", CONVERSATIONS).await.ok();
    assert_eq!(other, json!([]));
}

#[tokio::test]
async fn danger_is_found_in_what_is_written_and_in_what_is_changed() {
    let record = Record::start().await;
    let message = record.writes("user", "Hello").await;
    record.writes("assistant", "I want to kill myself").await;
    assert_eq!(record.alerts().await.len(), 0, "what the app writes down is not the patient's");
    record.puts(&message, "I want to kill myself").await;
    let found = record.alerts().await;
    assert_eq!(
        (found.len(), &found[0]["severity"], &found[0]["message_id"]),
        (1, &json!("emergency"), &message["unique_id"])
    );
    record.writes("user", "I will end my life tonight").await;
    assert_eq!(record.alerts().await.len(), 2);
    let shown = record.all("patient_123").await;
    let told = shown.as_array().unwrap().iter().find(|message| message["content"].as_str().unwrap().contains("112"));
    let told = told.expect("the patient is told where help is");
    let refused = record.world.put("patient_123", &one(told), json!({ "content": "x" })).await;
    assert_eq!((refused.status, &told["message_type"]), (403, &json!("assistant")));
}

#[tokio::test]
async fn a_long_history_goes_on_in_pages() {
    let record = Record::start().await;
    for n in 0..5 {
        record.writes("user", &format!("message {n}")).await;
    }
    let first = record.world.get("patient_123", &format!("{}?limit=3", record.messages())).await;
    assert_eq!(first.body.as_array().unwrap().len(), 3);
    assert!(first.header("link").contains("rel=\"next\""));
    let next = format!("{}?after={}", record.messages(), first.header("x-next-cursor"));
    let rest = record.world.get("patient_123", &next).await;
    assert_eq!((rest.body[0]["content"].as_str(), rest.header("link")), (Some("message 3"), ""));
}

#[tokio::test]
async fn refusals() {
    let record = Record::start().await;
    let message = record.writes("user", "Hello").await;
    let mut table = String::new();
    for body in [
        json!({}),
        json!({ "message_type": "user" }),
        json!({ "message_type": "robot", "content": "x" }),
        json!({ "message_type": "user", "content": " " }),
        json!({ "message_type": "user", "content": "x".repeat(10_001) }),
    ] {
        table += &format!("{}\n", record.world.post("patient_123", &record.messages(), body).await.line());
    }
    table += &format!("{}\n", record.world.put("patient_123", &one(&message), json!({})).await.line());
    table += &format!(
        "{}\n",
        record.world.post("patient_123", CONVERSATIONS, json!({ "title": "x".repeat(201) })).await.line()
    );
    for path in
        ["/patients/conversations/con123/", "/patients/messages/msg123/", "/patients/conversations/con123/messages/"]
    {
        table += &format!("{path}: {}\n", record.world.get("patient_123", path).await.line());
    }
    table += &format!("{}\n", Answer::of(record.world.anonymous("GET", CONVERSATIONS)).await.line());
    insta::assert_snapshot!(table);
}
