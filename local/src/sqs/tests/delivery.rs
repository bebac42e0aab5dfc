//! Delay, visibility, receipts and retention, to the millisecond.

use super::super::{QueueSettings, Refusal};
use super::{START_MS, World, bodies};

fn world() -> World {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("q")).unwrap();
    world
}

#[test]
fn a_received_message_is_hidden_until_its_visibility_timeout_is_over() {
    let world = world();
    let id = world.queues.send("q", "hello", None).unwrap();
    let first = world.queues.receive("q", 10).unwrap();
    assert_eq!(bodies(&first), ["hello"]);
    assert_eq!((first[0].message_id.as_str(), first[0].receive_count), (id.as_str(), 1));
    assert_eq!(world.depth("q"), (0, 1, 0));

    world.advance(29_999);
    assert!(world.queues.receive("q", 10).unwrap().is_empty());
    world.advance(1);
    assert_eq!(world.depth("q"), (1, 0, 0));
    let second = world.queues.receive("q", 10).unwrap();
    assert_eq!((second[0].message_id.as_str(), second[0].receive_count), (id.as_str(), 2));
    assert_eq!((second[0].sent_at, second[0].first_received_at), (START_MS, START_MS));
    assert_ne!(second[0].receipt_handle, first[0].receipt_handle);
}

#[test]
fn the_delay_of_a_message_goes_before_the_delay_of_its_queue() {
    let world = world();
    world.queues.create(&QueueSettings { delay_s: 5, ..QueueSettings::new("q") }).unwrap();
    world.queues.send("q", "queue's delay", None).unwrap();
    world.queues.send("q", "own delay", Some(900)).unwrap();
    world.queues.send("q", "no delay", Some(0)).unwrap();
    assert_eq!(world.depth("q"), (1, 0, 2));
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["no delay"]);
    world.advance(4_999);
    assert!(world.queues.receive("q", 10).unwrap().is_empty());
    world.advance(1);
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["queue's delay"]);
    world.advance(894_999);
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["queue's delay", "no delay"]);
    world.advance(1);
    assert_eq!(bodies(&world.queues.receive("q", 10).unwrap()), ["own delay"]);
    let refused = world.queues.send("q", "x", Some(901)).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::InvalidParameterValue));
}

#[test]
fn messages_come_in_the_order_in_which_they_were_sent_and_never_more_than_asked_for() {
    let world = world();
    for number in 0..25 {
        world.queues.send("q", &number.to_string(), None).unwrap();
    }
    let received: Vec<_> = (0..4).flat_map(|_| world.queues.receive("q", 10).unwrap()).collect();
    let expected: Vec<_> = (0..25).map(|number| number.to_string()).collect();
    assert_eq!(bodies(&received), expected);
}

#[test]
fn a_stale_receipt_succeeds_and_deletes_nothing() {
    let world = world();
    world.queues.send("q", "hello", None).unwrap();
    let stale = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    world.advance(30_000);
    let latest = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    assert!(!world.queues.delete("q", &stale).unwrap());
    assert_eq!(world.depth("q"), (0, 1, 0));
    let refused = world.queues.change_visibility("q", &stale, 0).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::InvalidParameterValue));
    assert_eq!(world.depth("q"), (0, 1, 0), "a stale holder must not show the message to others");

    assert!(world.queues.delete("q", &latest).unwrap());
    assert!(!world.queues.delete("q", &latest).unwrap());
    assert_eq!(world.depth("q"), (0, 0, 0));
}

#[test]
fn the_latest_receipt_deletes_even_after_the_timeout() {
    let world = world();
    world.queues.send("q", "hello", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    world.advance(30_000);
    assert!(world.queues.delete("q", &receipt).unwrap());
    assert!(world.queues.receive("q", 1).unwrap().is_empty());
}

#[test]
fn a_receipt_of_another_queue_or_of_nobody_is_invalid() {
    let world = world();
    world.queues.create(&QueueSettings::new("other")).unwrap();
    world.queues.send("q", "hello", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    for (queue, handle) in [("other", receipt.as_str()), ("q", "nonsense"), ("q", ""), ("q", "cSAxIHg")] {
        let refused = world.queues.delete(queue, handle).unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::ReceiptHandleIsInvalid), "{queue} {handle}");
    }
}

#[test]
fn the_visibility_of_a_held_message_can_be_shortened_and_extended() {
    let world = world();
    world.queues.send("q", "hello", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    world.advance(10_000);
    world.queues.change_visibility("q", &receipt, 60).unwrap();
    assert_eq!(world.queues.next_visible_at("q").unwrap(), Some(START_MS + 70_000));
    world.queues.change_visibility("q", &receipt, 0).unwrap();
    let again = world.queues.receive("q", 1).unwrap().remove(0);
    assert_eq!(again.receive_count, 2);

    world.advance(30_000);
    let refused = world.queues.change_visibility("q", &again.receipt_handle, 5).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::MessageNotInflight));
}

#[test]
fn no_delivery_hides_a_message_for_more_than_twelve_hours() {
    let world = world();
    world.queues.send("q", "hello", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    world.queues.change_visibility("q", &receipt, 43_200).unwrap();
    world.advance(1_000);
    let refused = world.queues.change_visibility("q", &receipt, 43_200).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::InvalidParameterValue));
    world.queues.change_visibility("q", &receipt, 43_199).unwrap();
}

#[test]
fn a_message_is_gone_when_its_retention_is_over_even_while_it_is_held() {
    let world = world();
    world.queues.create(&QueueSettings { retention_s: 60, ..QueueSettings::new("q") }).unwrap();
    world.queues.send("q", "held", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    world.queues.send("q", "waiting", None).unwrap();
    world.queues.send("q", "never to be seen", Some(61)).unwrap();
    world.advance(59_999);
    assert_eq!(world.depth("q"), (2, 0, 1));
    world.advance(1);
    assert_eq!(world.depth("q"), (0, 0, 0));
    assert_eq!(world.queues.next_visible_at("q").unwrap(), None);
    assert!(world.queues.receive("q", 10).unwrap().is_empty());
    assert!(!world.queues.delete("q", &receipt).unwrap());
}

#[test]
fn nobody_waits_for_a_message_that_expires_before_it_is_visible() {
    let world = world();
    world.queues.create(&QueueSettings { retention_s: 60, ..QueueSettings::new("q") }).unwrap();
    world.queues.send("q", "never to be seen", Some(60)).unwrap();
    assert_eq!(world.queues.next_visible_at("q").unwrap(), None);
    world.queues.send("q", "just in time", Some(59)).unwrap();
    assert_eq!(world.queues.next_visible_at("q").unwrap(), Some(START_MS + 59_000));
}

#[test]
fn nothing_is_done_to_a_queue_that_does_not_exist() {
    let world = world();
    let refusals = [
        world.queues.send("none", "x", None).map(drop),
        world.queues.receive("none", 1).map(drop),
        world.queues.delete("none", "x").map(drop),
        world.queues.change_visibility("none", "x", 1),
        world.queues.next_visible_at("none").map(drop),
    ];
    for refused in refusals {
        assert_eq!(refused.unwrap_err().refusal(), Some(Refusal::QueueDoesNotExist));
    }
}
