//! Webhooks that the product sends: keeping endpoints, and telling them over real sockets.

use serde_json::{Value, json};
use tests::{World, events};

mod endpoints;
mod kills;
mod network;
mod refusals;

const PHONE: &str = "+2348012345678";

/// What an operator made, with its secret.
async fn subscribe(world: &World, url: &str) -> Value {
    let body = json!({ "url": url, "organizationId": 21 });
    world.post("service", "/api/webhooks", body).await.ok()["data"].clone()
}

/// An endpoint at the runner's own receiver, which checks signatures with its secret.
async fn subscribe_receiver(world: &World) -> Value {
    let endpoint = subscribe(world, &world.url("/_local/webhooks/receive")).await;
    let secret = endpoint["secret"].as_str().unwrap().replace('+', "%2B").replace('=', "%3D");
    let url = world.url(&format!("/_local/webhooks/receive?secret={secret}"));
    change(world, &endpoint, json!({ "url": url })).await;
    endpoint
}

fn path(endpoint: &Value, rest: &str) -> String {
    format!("/api/webhooks/{}{rest}", endpoint["id"].as_str().unwrap())
}

async fn change(world: &World, endpoint: &Value, body: Value) -> Value {
    let request = world.request("service", "PATCH", &path(endpoint, "")).json(&body);
    tests::Answer::of(request).await.ok()["data"].clone()
}

/// An event of a thread, as far as whoever keeps it comes.
async fn happens(world: &World, thread: u64, number: u64) {
    let event = events::ended(&world.stack.app, thread, number).await;
    platform::store::events::tell(&world.stack.app, event.id.stream).await;
}

async fn received(world: &World) -> Vec<Value> {
    world.local_get("webhooks").await.as_array().unwrap().clone()
}

fn number(received: &Value) -> u64 {
    let body: Value = serde_json::from_str(received["body"].as_str().unwrap()).unwrap();
    body["number"].as_u64().unwrap()
}
