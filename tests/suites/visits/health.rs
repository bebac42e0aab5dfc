//! The system's health.

use local::stack::{Assistant, Options};
use serde_json::{Value, json};
use tests::{Answer, World};

async fn health(world: &World) -> (u16, Value) {
    let answer = Answer::of(world.anonymous("GET", "/api/health")).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn healthy_as_documented_and_open_to_everybody() {
    let world = World::start().await;
    world.advance("25h").await;
    let (status, body) = health(&world).await;
    assert_eq!((status, &body["status"], &body["version"]), (200, &json!("healthy"), &json!("1.0.0")));
    let all = json!({ "api": "healthy", "database": "healthy", "openai": "healthy", "webhooks": "healthy" });
    assert_eq!(body["checks"], all);
    assert!(body["uptime"].as_u64().unwrap() >= 25 * 3600 && body.get("errors").is_none(), "{body}");
}

#[tokio::test]
async fn a_model_that_does_not_answer_degrades_it() {
    let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
    let world = World::with(options).await;
    assert_eq!(health(&world).await.1["status"], "healthy");
    world.local_post("model/script", json!({ "away": true })).await;
    assert_eq!(health(&world).await.1["status"], "healthy", "it is not asked again within half a minute");
    world.advance("31s").await;
    let (status, body) = health(&world).await;
    assert_eq!((status, &body["status"], &body["checks"]["openai"]), (200, &json!("degraded"), &json!("unhealthy")));
    assert_eq!(body["errors"], json!({ "openai": "The model does not answer" }));
    assert_eq!((body.get("version"), body.get("uptime")), (None, None));
}
