//! Actions that are executed at their own target.

use domain::webhook::attempt::{Execution, ExecutionStatus};
use platform::store::executions;

use super::*;

async fn outcome(told: &Told, event: &Event) -> Option<Execution> {
    executions::load(&told.world.app, event.id).await.unwrap()
}

async fn executed(told: &Told, target: &str, number: u64) -> Event {
    let event = events::execution(&told.world.app, told.thread, target, number).await;
    assert!(told.world.look_at(WebhookHint::Events { stream: event.id.stream }).await);
    event
}

#[tokio::test(start_paused = true)]
async fn an_action_is_executed_at_its_target_alone_and_the_answer_is_kept() {
    let told = Told::new(1).await;
    let target = Told::subscribe(&told.world, "https://orders.example.com/rx").await;
    told.world.endpoint.then([Turn::Status(500), Turn::Body(r#"{"orderId":"rx_789","status":"queued"}"#)]);
    let event = executed(&told, &target, 1).await;
    assert_eq!(outcome(&told, &event).await, None, "nothing was tried");
    told.world.notify().await;
    let failed = outcome(&told, &event).await.unwrap();
    assert_eq!((failed.status, failed.attempts, failed.response), (ExecutionStatus::Retrying, 1, None));
    tokio::time::sleep(Duration::from_secs(7)).await;
    told.world.notify().await;
    let sent = outcome(&told, &event).await.unwrap();
    assert_eq!((sent.status, sent.attempts), (ExecutionStatus::Sent, 2));
    assert_eq!(sent.response.as_deref(), Some(r#"{"orderId":"rx_789","status":"queued"}"#));
    let heard = told.world.endpoint.heard();
    assert!(heard.iter().all(|one| one.url == "https://orders.example.com/rx"), "nobody else is told");
    assert_eq!(heard[1].body["event"], "medical.action.validated");
    // Whoever asks for it: what was executed is not executed again.
    let replay = json!({ "since": event.at.rfc3339_millis() });
    let path = format!("/api/webhooks/{target}/replay");
    assert_eq!(told.world.post("service", &path, &replay).await.status, 200);
    told.world.notify().await;
    assert_eq!(told.world.endpoint.heard().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_action_whose_target_is_told_nothing_has_failed() {
    let told = Told::new(1).await;
    let gone = Told::subscribe(&told.world, "https://orders.example.com/gone").await;
    told.world.endpoint.then([Turn::Status(410)]);
    let first = executed(&told, &gone, 1).await;
    let second = executed(&told, &gone, 2).await;
    told.world.notify().await;
    let third = executed(&told, &gone, 3).await;
    let unknown = executed(&told, "wh_00000000000040008000000000000001", 4).await;
    for (event, attempts) in [(first, 1), (second, 0), (third, 0), (unknown, 0)] {
        let failed = outcome(&told, &event).await.unwrap();
        assert_eq!((failed.status, failed.attempts), (ExecutionStatus::Failed, attempts), "{event:?}");
    }
    assert_eq!(told.world.endpoint.numbers(), [1]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_no_object_or_too_long_is_not_kept() {
    let told = Told::new(1).await;
    let long: &'static str = format!("{{\"a\":\"{}\"}}", "x".repeat(5000)).leak();
    for body in ["", "null", "[1]", "{", "<html>", long] {
        told.world.endpoint.then([Turn::Body(body)]);
        let event = executed(&told, &told.id, 1).await;
        told.world.notify().await;
        let sent = outcome(&told, &event).await.unwrap();
        assert_eq!((sent.status, sent.response), (ExecutionStatus::Sent, None), "{body}");
    }
}
