//! Telling again what happened since a moment.

use super::*;

async fn replay(told: &Told, since: Timestamp) -> u16 {
    let path = format!("/api/webhooks/{}/replay", told.id);
    told.world.post("service", &path, &json!({ "since": since.rfc3339_millis() })).await.status
}

#[tokio::test(start_paused = true)]
async fn what_happened_since_then_is_told_again_in_its_order_under_its_ids() {
    let told = Told::new(1).await;
    told.event(1).await;
    told.world.notify().await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    let second = told.event(2).await;
    told.event(3).await;
    told.world.notify().await;
    assert_eq!(replay(&told, second.at).await, 200);
    told.world.notify().await;
    assert_eq!(told.world.endpoint.numbers(), [1, 2, 3, 2, 3]);
    let heard = told.world.endpoint.heard();
    assert_eq!((&heard[3].id, &heard[4].id), (&heard[1].id, &heard[2].id));
    assert_eq!(heard[3].body["timestamp"], second.at.rfc3339_millis(), "it tells the same");
    assert_eq!(told.due(&second).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_replay_of_more_than_a_page_dies_and_goes_on() {
    let told = Told::new(1).await;
    let first = events::ended(&told.world.app, told.thread, 1).await;
    for number in 2..=130 {
        events::ended(&told.world.app, told.thread, number).await;
    }
    told.world.look_at(WebhookHint::Events { stream: first.id.stream }).await;
    for _ in 0..5 {
        told.world.notify().await;
    }
    assert!(told.world.endpoint.numbers().into_iter().eq(1..=130));
    assert_eq!(replay(&told, first.at).await, 200);
    // The second page cannot be read, and later goes on from where the first one ended.
    told.world.faults.later_call("Query", 9, local::connector::Fault::FailBefore);
    told.world.notify().await;
    told.world.faults.clear();
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_secs(61)).await;
        told.world.notify().await;
    }
    let again = told.world.endpoint.numbers().split_off(130);
    let distinct: std::collections::BTreeSet<u64> = again.iter().copied().collect();
    assert!(distinct.into_iter().eq(1..=130), "{again:?}");
}

#[tokio::test(start_paused = true)]
async fn what_was_given_up_is_told_by_a_replay() {
    let told = Told::new(1).await;
    told.world.endpoint.then(std::iter::repeat_n(Turn::Status(500), 8));
    let event = told.event(1).await;
    for _ in 0..8 {
        told.next(&event).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(told.due(&event).await, None);
    assert_eq!(replay(&told, event.at).await, 200);
    told.world.notify().await;
    assert_eq!(
        (told.world.endpoint.heard().len(), told.attempts().await[0]["result"].clone()),
        (9, json!("delivered"))
    );
    assert_eq!(told.attempts().await[0]["attempt"], 1, "the attempts are counted anew");
}
