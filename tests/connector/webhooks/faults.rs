//! Every fault at every call of the worker: whatever happens, every event is told, in its order and under its id, and nothing is owed
//! afterwards.

use local::connector::Fault;

use super::*;

const FAULTS: [Fault; 7] = [
    Fault::FailBefore,
    Fault::LoseAnswer,
    Fault::ExecuteLate(Duration::from_millis(50)),
    Fault::ExecuteLate(Duration::from_secs(4)),
    Fault::Throttle,
    Fault::Conflict,
    Fault::Torn,
];
const CALLS: [(&str, usize); 4] = [("GetItem", 7), ("Query", 5), ("TransactWriteItems", 5), ("SendMessage", 1)];

#[tokio::test(start_paused = true)]
async fn every_event_is_told_in_its_order_whatever_happens() {
    for (operation, most) in CALLS {
        for skip in 0..most {
            for fault in FAULTS {
                tried(operation, skip, fault).await;
            }
        }
    }
}

async fn tried(operation: &'static str, skip: usize, fault: Fault) {
    let told = Told::new(1).await;
    let first = events::ended(&told.world.app, told.thread, 1).await;
    events::ended(&told.world.app, told.thread, 2).await;
    told.world.endpoint.then([Turn::Status(200), Turn::Status(500)]);
    told.world.faults.later_call(operation, skip, fault);
    told.world.look_at(WebhookHint::Events { stream: first.id.stream }).await;
    told.world.notify().await;
    told.world.faults.clear();
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_secs(61)).await;
        told.world.notify().await;
    }
    let numbers = told.world.endpoint.numbers();
    let context = format!("{operation} {skip} {fault:?}: {numbers:?}");
    assert!(numbers.is_sorted(), "{context}");
    assert!(numbers.iter().filter(|number| **number == 2).count() >= 2, "{context}");
    assert!((1..=2).contains(&numbers.iter().filter(|number| **number == 1).count()), "{context}");
    assert!(numbers.len() <= 4, "{context}");
    assert_eq!(told.due(&first).await, None, "{context}");
}

/// Two workers at the same hints, with every order of their calls that twenty seeds give.
#[tokio::test(start_paused = true)]
async fn two_workers_tell_each_event_once() {
    for seed in 0..20 {
        let told = Told::new(seed).await;
        let first = events::ended(&told.world.app, told.thread, 1).await;
        let hint = WebhookHint::Events { stream: first.id.stream };
        let other = told.world.beside(seed + 100);
        told.world.faults.each_takes(Duration::from_millis(5));
        let _ = futures_util::future::join(told.world.look_at(hint), other.look_at(hint)).await;
        events::ended(&told.world.app, told.thread, 2).await;
        let lane = WebhookHint::Lane { endpoint: told.id.parse().unwrap(), stream: first.id.stream };
        let spread = async {
            tokio::time::sleep(Duration::from_millis(seed * 3)).await;
            other.look_at(hint).await
        };
        let _ = futures_util::future::join3(told.world.look_at(lane), other.look_at(lane), spread).await;
        told.world.notify().await;
        assert_eq!(told.world.endpoint.numbers(), [1, 2], "seed {seed}");
        assert_eq!(told.due(&first).await, None);
    }
}
