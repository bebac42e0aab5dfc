//! What telling other systems costs.

use platform::queue::WebhookHint;
use serde_json::{Value, json};
use tests::in_process::Answered;
use tests::{InProcess, events};

use super::{Cost, cost};

/// A worker's step as an answer.
async fn done(step: impl Future<Output = bool>) -> Answered {
    let status = if step.await { 200 } else { 500 };
    Answered { status, headers: Default::default(), body: json!(null) }
}

pub(super) async fn measure(world: &InProcess, thread: u64) -> Vec<Cost> {
    let mut costs = Vec::new();
    let body = json!({ "url": "https://hooks.example.com/a", "organizationId": 21 });
    let (row, made) = cost(world, "make a webhook endpoint", world.post("service", "/api/webhooks", &body)).await;
    costs.push(row);
    let id = made.body["data"]["id"].as_str().unwrap();
    let path = |rest: &str| format!("/api/webhooks/{id}{rest}");
    costs.push(cost(world, "list of endpoints", world.get("service", "/api/webhooks?organizationId=21")).await.0);
    costs.push(cost(world, "rotate a secret", world.post("service", &path("/rotate-secret"), &Value::Null)).await.0);
    let event = events::ended(&world.app, thread, 1).await;
    let (endpoint, stream) = (id.parse().unwrap(), event.id.stream);
    let spread = done(world.look_at(WebhookHint::Events { stream }));
    costs.push(cost(world, "an event comes to one endpoint's lane", spread).await.0);
    let told = done(world.look_at(WebhookHint::Lane { endpoint, stream }));
    costs.push(cost(world, "telling an endpoint of an event", told).await.0);
    assert_eq!(world.endpoint.numbers(), [1]);
    costs.push(cost(world, "attempts of an endpoint", world.get("service", &path("/attempts"))).await.0);
    let since = json!({ "since": event.at.rfc3339_millis() });
    costs.push(cost(world, "ask for a replay", world.post("service", &path("/replay"), &since)).await.0);
    costs
}
