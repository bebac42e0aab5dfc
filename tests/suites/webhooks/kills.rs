//! The worker dies between every two of its steps: each event is told, in its order, and again only where nobody can know that it
//! was.

use local::stack::Options;

use super::*;

const POINTS: [&str; 5] = ["events-found", "events-spread", "webhook-begun", "webhook-sent", "webhook-settled"];

fn is_told(point: &str, received: &[Value]) {
    let numbers: Vec<u64> = received.iter().map(number).collect();
    let expected: &[u64] = if point == "webhook-sent" { &[1, 1, 2, 3] } else { &[1, 2, 3] };
    assert_eq!(numbers, expected, "{point}");
    if point == "webhook-sent" {
        assert_eq!(received[0]["headers"]["webhook-id"], received[1]["headers"]["webhook-id"]);
    }
}

#[tokio::test]
async fn a_dying_worker_tells_everything_in_its_order() {
    for point in POINTS {
        let world = World::start().await;
        let thread = world.converse("dr_smith", PHONE).await;
        subscribe_receiver(&world).await;
        world.local_post("crash", json!({ "point": point })).await;
        for number in 1..=3 {
            happens(&world, thread.thread_id, number).await;
        }
        world.drain().await;
        world.advance("10m").await;
        is_told(point, &received(&world).await);
        let queues = world.local_get("queues").await;
        assert!(!queues.to_string().contains("\"dead\":1"), "{queues}");
    }
}

#[tokio::test]
async fn a_dying_replay_tells_everything_again() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let endpoint = subscribe_receiver(&world).await;
    let now = world.local_get("clock").await["now"].clone();
    happens(&world, thread.thread_id, 1).await;
    happens(&world, thread.thread_id, 2).await;
    world.drain().await;
    world.local_post("crash", json!({ "point": "replay-rewound" })).await;
    world.post("service", &path(&endpoint, "/replay"), json!({ "since": now })).await.ok();
    world.drain().await;
    world.advance("10m").await;
    let numbers: Vec<u64> = received(&world).await.iter().map(number).collect();
    assert!(numbers.ends_with(&[1, 2]) && numbers.len() >= 4, "{numbers:?}");
}

/// The hint is lost, or the worker dies, and then everything is started anew. What was told before is not in the receiver's memory.
#[tokio::test]
async fn what_was_kept_is_told_after_a_restart() {
    for point in ["events-found", "events-spread", "webhook-begun"] {
        let directory = tempfile::tempdir().unwrap();
        let options =
            || Options { data_dir: Some(directory.path().to_owned()), rate_limit: Some(0), ..Options::default() };
        let world = World::with(options()).await;
        let thread = world.converse("dr_smith", PHONE).await;
        let endpoint = subscribe_receiver(&world).await;
        world.local_post("crash", json!({ "point": point })).await;
        happens(&world, thread.thread_id, 1).await;
        world.drain().await;
        world.stop().await;

        let world = World::with(options()).await;
        change(&world, &endpoint, json!({ "url": world.url("/_local/webhooks/receive") })).await;
        world.advance("10m").await;
        assert_eq!(received(&world).await.iter().map(number).collect::<Vec<_>>(), [1], "{point}");
        world.stop().await;
    }
}
