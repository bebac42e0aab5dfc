//! Endpoints of organisation 21 that are told of events.

use serde_json::{Value, json};
use tests::World;

use crate::access::Operation;

pub(super) async fn operations(world: &World) -> Vec<Operation> {
    let body = |path: &str| json!({ "url": format!("https://hooks.example.com/{path}"), "organizationId": 21 });
    let mut ids = Vec::new();
    for path in ["kept", "removed"] {
        let made = world.post("service", "/api/webhooks", body(path)).await.ok();
        ids.push(made["data"]["id"].as_str().unwrap().to_owned());
    }
    let kept = |rest: &str| format!("/api/webhooks/{}{rest}", ids[0]);
    let now = world.local_get("clock").await["now"].clone();
    vec![
        ("create_webhook", "POST", "/api/webhooks".to_owned(), Some(body("made"))),
        ("list_webhooks", "GET", "/api/webhooks?organizationId=21".to_owned(), None),
        ("get_webhook", "GET", kept(""), None),
        ("change_webhook", "PATCH", kept(""), Some(json!({ "description": "x" }))),
        ("rotate_webhook_secret", "POST", kept("/rotate-secret"), Some(Value::Null)),
        ("list_webhook_attempts", "GET", kept("/attempts"), None),
        ("replay_webhook", "POST", kept("/replay"), Some(json!({ "since": now }))),
        // Whoever comes second finds it gone.
        ("delete_webhook", "DELETE", format!("/api/webhooks/{}", ids[1]), None),
    ]
}
