//! Waiting: woken by what happens, never by polling. Tokio's clock is paused, so no test takes time.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, sleep, timeout};

use super::super::{QueueSettings, Queues, Redrive, Refusal};
use super::{HOST, START_MS, World};

fn world() -> World {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world
}

fn long_poll(world: &World, wait_s: i64) -> JoinHandle<Value> {
    let queues = world.queues.clone();
    tokio::spawn(async move {
        let request = json!({"QueueUrl": "q", "WaitTimeSeconds": wait_s}).to_string();
        let answer = queues.handle("AmazonSQS.ReceiveMessage", request.as_bytes(), HOST).await;
        assert_eq!(answer.status, 200);
        serde_json::from_slice(&answer.body).unwrap()
    })
}

/// Lets every task run until it waits.
async fn settle() {
    for _ in 0..10 {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_poll_is_woken_by_a_send() {
    let world = world();
    let begun = Instant::now();
    let poll = long_poll(&world, 20);
    settle().await;
    assert!(!poll.is_finished());
    world.queues.send("q", "hello", None).unwrap();
    assert_eq!(poll.await.unwrap()["Messages"][0]["Body"], "hello");
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_long_poll_is_over_when_the_moved_clock_says_so() {
    let world = world();
    let begun = Instant::now();
    let poll = long_poll(&world, 20);
    settle().await;
    world.advance(19_999);
    settle().await;
    assert!(!poll.is_finished());
    world.advance(1);
    assert_eq!(poll.await.unwrap(), json!({}));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_long_poll_sees_a_delayed_message_when_the_clock_moves() {
    let world = world();
    world.queues.send("q", "later", Some(10)).unwrap();
    let poll = long_poll(&world, 20);
    settle().await;
    world.advance(9_999);
    settle().await;
    assert!(!poll.is_finished());
    world.advance(1);
    assert_eq!(poll.await.unwrap()["Messages"][0]["Body"], "later");
}

#[tokio::test(start_paused = true)]
async fn a_long_poll_ends_though_the_clock_stands_still() {
    let world = world();
    let begun = Instant::now();
    assert_eq!(long_poll(&world, 20).await.unwrap(), json!({}));
    assert_eq!(begun.elapsed(), Duration::from_secs(20));
}

#[tokio::test(start_paused = true)]
async fn the_wait_of_the_queue_counts_when_the_request_has_none() {
    let world = world();
    world.queues.create(&QueueSettings { receive_wait_s: 7, ..QueueSettings::new("q") }).unwrap();
    let begun = Instant::now();
    assert_eq!(world.request("ReceiveMessage", &json!({"QueueUrl": "q"})).await, (200, json!({})));
    assert_eq!(begun.elapsed(), Duration::from_secs(7));
    assert_eq!(long_poll(&world, 0).await.unwrap(), json!({}));
    assert_eq!(begun.elapsed(), Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn a_poller_sleeps_exactly_until_a_hidden_message_is_visible() {
    let begun = Instant::now();
    let queues = Queues::open(
        None,
        Arc::new(move || START_MS + i64::try_from(begun.elapsed().as_millis()).unwrap()),
        Arc::new(|| 7),
    )
    .unwrap();
    queues.create(&QueueSettings::new("q")).unwrap();
    queues.send("q", "later", Some(12)).unwrap();
    assert_eq!(queues.next_visible_at("q").unwrap(), Some(START_MS + 12_000));
    queues.wait_for_message("q").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(12));
    assert_eq!(queues.receive("q", 1).unwrap().len(), 1);
    queues.wait_for_message("q").await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(42));
}

/// A poller that waits, and does not return before `happens`.
async fn woken_by(world: &World, happens: impl FnOnce(&World)) {
    let queues = world.queues.clone();
    let begun = Instant::now();
    let waiting = tokio::spawn(async move { queues.wait_for_message("q").await });
    settle().await;
    assert!(!waiting.is_finished());
    happens(world);
    waiting.await.unwrap().unwrap();
    assert_eq!(begun.elapsed(), Duration::ZERO, "it polled instead of being woken");
}

#[tokio::test(start_paused = true)]
async fn a_waiting_poller_is_woken_by_sends_visibility_changes_and_the_clock() {
    let world = world();
    woken_by(&world, |world| drop(world.queues.send("q", "hello", None).unwrap())).await;
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    woken_by(&world, |world| {
        world.queues.change_visibility("q", &receipt, 0).unwrap();
    })
    .await;
    world.queues.receive("q", 1).unwrap();
    woken_by(&world, |world| world.advance(30_000)).await;
}

#[tokio::test(start_paused = true)]
async fn a_waiting_poller_of_dead_letters_is_woken_by_a_redrive() {
    let world = world();
    let redrive = Some(Redrive { dead_letter_queue: "q".to_owned(), max_receive_count: 1 });
    world.queues.create(&QueueSettings { redrive, ..QueueSettings::new("source") }).unwrap();
    world.queues.send("source", "dead", None).unwrap();
    world.queues.receive("source", 1).unwrap();
    world.advance(30_000);
    woken_by(&world, |world| {
        assert!(world.queues.receive("source", 1).unwrap().is_empty());
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_empty_queue_costs_no_timer_and_a_deleted_queue_ends_the_wait() {
    let world = world();
    let a_year = Duration::from_secs(31_536_000);
    assert!(timeout(a_year, world.queues.wait_for_message("q")).await.is_err());
    let queues = world.queues.clone();
    let waiting = tokio::spawn(async move { queues.wait_for_message("q").await });
    settle().await;
    world.queues.delete_queue("q").unwrap();
    assert_eq!(waiting.await.unwrap().unwrap_err().refusal(), Some(Refusal::QueueDoesNotExist));
}

/// A system clock that is set back tells nobody, and neither does it when it catches up.
#[tokio::test(start_paused = true)]
async fn a_poller_gets_over_a_clock_that_stands_still_for_an_hour() {
    let world = world();
    world.queues.send("q", "later", Some(10)).unwrap();
    let queues = world.queues.clone();
    let waiting = tokio::spawn(async move { queues.wait_for_message("q").await });
    sleep(Duration::from_secs(3_600)).await;
    assert!(!waiting.is_finished());
    world.clock.fetch_add(10_000, Ordering::SeqCst);
    timeout(Duration::from_secs(60), waiting).await.unwrap().unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_dropped_long_poll_takes_no_message_with_it() {
    let world = world();
    let poll = long_poll(&world, 20);
    settle().await;
    poll.abort();
    assert!(poll.await.unwrap_err().is_cancelled());
    world.queues.send("q", "hello", None).unwrap();
    assert_eq!(world.depth("q"), (1, 0, 0));
}
