//! The queues under a clock that only the test moves.

mod concurrency;
mod delivery;
mod durability;
mod protocol;
mod queue_settings;
mod redrive;
mod sdk;
mod waiting;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use serde_json::Value;

use super::{Answer, Depth, Queues, Received};

const START_MS: i64 = 1_767_225_600_000;
const HOST: &str = "127.0.0.1:4566";

/// Queues and the hand on their clock.
struct World {
    queues: Queues,
    clock: Arc<AtomicI64>,
}

impl World {
    fn in_memory() -> Self {
        Self::at(None, START_MS)
    }

    fn at(path: Option<&Path>, now_ms: i64) -> Self {
        let clock = Arc::new(AtomicI64::new(now_ms));
        let draws = AtomicU64::new(0);
        let queues = {
            let clock = Arc::clone(&clock);
            Queues::open(
                path,
                Arc::new(move || clock.load(Ordering::SeqCst)),
                Arc::new(move || u128::from(draws.fetch_add(1, Ordering::SeqCst)) * 0x9E37_79B9_7F4A_7C15_F39C),
            )
        };
        Self { queues: queues.unwrap(), clock }
    }

    fn advance(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
        self.queues.clock_moved();
    }

    fn depth(&self, name: &str) -> (u64, u64, u64) {
        let depths = self.queues.depths().unwrap();
        let Depth { visible, in_flight, delayed, .. } = depths.into_iter().find(|depth| depth.name == name).unwrap();
        (visible, in_flight, delayed)
    }

    async fn request(&self, action: &str, body: &Value) -> (u16, Value) {
        let answer = self.answer(action, body).await;
        (answer.status, serde_json::from_slice(&answer.body).unwrap())
    }

    async fn answer(&self, action: &str, body: &Value) -> Answer {
        self.queues.handle(&format!("AmazonSQS.{action}"), body.to_string().as_bytes(), HOST).await
    }
}

fn bodies(received: &[Received]) -> Vec<&str> {
    received.iter().map(|message| message.body.as_str()).collect()
}
