//! Document 002 and the audit.

use serde_json::json;
use tests::World;

use crate::access::Operation;

pub(super) async fn operations(world: &World) -> Vec<Operation> {
    let created = world.post("patient_123", "/patients/conversations/", json!({})).await.body;
    let of = |last: &str| format!("/patients/conversations/{}/{last}", created["unique_id"].as_str().unwrap());
    let body = json!({ "message_type": "user", "content": "Hello" });
    let message = world.post("patient_123", &of("messages/"), body.clone()).await.body;
    let one = format!("/patients/messages/{}/", message["unique_id"].as_str().unwrap());
    vec![
        ("list_own_conversations", "GET", "/patients/conversations/".to_owned(), None),
        ("create_conversation", "POST", "/patients/conversations/".to_owned(), Some(json!({}))),
        ("get_conversation", "GET", of(""), None),
        ("list_conversation_messages", "GET", of("messages/"), None),
        ("create_conversation_message", "POST", of("messages/"), Some(body)),
        ("get_conversation_message", "GET", one.clone(), None),
        ("update_conversation_message", "PUT", one.clone(), Some(json!({ "content": "Hi" }))),
        ("delete_conversation_message", "DELETE", "/patients/messages/msg_1/".to_owned(), None),
        ("list_message_versions", "GET", format!("{one}versions/"), None),
        ("get_audit", "GET", "/patients/me/audit/".to_owned(), None),
    ]
}
