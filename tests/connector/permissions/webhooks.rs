//! Endpoints that are made, told, replayed and removed.

use std::time::Duration;

use platform::queue::WebhookHint;
use serde_json::{Value, json};
use tests::endpoint::Turn;
use tests::events;

use super::history::{History, Opened};

impl History {
    pub(super) async fn webhooks(&mut self, opened: &Opened) {
        let world = &self.world;
        let body = json!({ "url": "https://hooks.example.com/a", "organizationId": 21 });
        let made = world.post_once("service", "/api/webhooks", ("w", &body)).await.body["data"].clone();
        world.post_once("service", "/api/webhooks", ("w", &body)).await;
        let other = world.post("service", "/api/webhooks", &body).await.body["data"].clone();
        let path = |rest: &str| format!("/api/webhooks/{}{rest}", made["id"].as_str().unwrap());
        assert_eq!(world.get("service", "/api/webhooks?organizationId=21").await.status, 200);
        assert_eq!(world.post("service", &path("/rotate-secret"), &Value::Null).await.status, 200);
        assert_eq!(world.get("service", &path("/attempts")).await.status, 200);
        let removed = format!("/api/webhooks/{}", other["id"].as_str().unwrap());
        assert_eq!(world.delete("service", &removed).await.status, 200);
        self.take("WebhooksFunction");
        let event = events::ended(&self.world.app, opened.thread, 1).await;
        events::ended(&self.world.app, opened.thread, 2).await;
        self.world.faults.take_calls();
        let (endpoint, stream) = (made["id"].as_str().unwrap().parse().unwrap(), event.id.stream);
        self.world.endpoint.then([Turn::Status(500)]);
        assert!(self.world.look_at(WebhookHint::Events { stream }).await);
        assert!(self.world.look_at(WebhookHint::Lane { endpoint, stream }).await);
        tokio::time::advance(Duration::from_secs(7)).await;
        assert!(self.world.look_at(WebhookHint::Lane { endpoint, stream }).await);
        assert_eq!(self.world.endpoint.numbers(), [1, 1, 2]);
        self.take("WebhookDeliveryFunction");
        let since = json!({ "since": event.at.rfc3339_millis() });
        assert_eq!(self.world.post("service", &path("/replay"), &since).await.status, 200);
        self.take("WebhooksFunction");
        self.world.sweep().await;
        self.take("OutboxSweeperFunction");
        assert!(self.world.look_at(WebhookHint::Replay { endpoint }).await);
        self.take("WebhookDeliveryFunction");
    }
}
