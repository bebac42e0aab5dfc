//! Dead letters: moved at the exact count, whole, and never lost.

use super::super::{QueueSettings, Redrive, Refusal, queue_arn};
use super::{START_MS, World, bodies};

fn world(max_receive_count: u32) -> World {
    let world = World::in_memory();
    world.queues.create(&QueueSettings::new("dead")).unwrap();
    let redrive = Some(Redrive { dead_letter_queue: "dead".to_owned(), max_receive_count });
    world.queues.create(&QueueSettings { redrive, ..QueueSettings::new("q") }).unwrap();
    world
}

#[test]
fn a_message_is_dead_at_the_receive_after_the_last_one_allowed() {
    let world = world(3);
    let id = world.queues.send("q", "poison", None).unwrap();
    for receive in 1..=3 {
        let received = world.queues.receive("q", 1).unwrap();
        assert_eq!((bodies(&received), received[0].receive_count), (vec!["poison"], receive));
        world.advance(30_000);
        assert_eq!((world.depth("q"), world.depth("dead")), ((1, 0, 0), (0, 0, 0)), "after receive {receive}");
    }
    assert!(world.queues.receive("q", 1).unwrap().is_empty());
    assert_eq!((world.depth("q"), world.depth("dead")), ((0, 0, 0), (1, 0, 0)));

    let dead = world.queues.receive("dead", 1).unwrap().remove(0);
    assert_eq!((dead.message_id.as_str(), dead.body.as_str()), (id.as_str(), "poison"));
    assert_eq!((dead.sent_at, dead.first_received_at, dead.receive_count), (START_MS, START_MS, 4));
    assert_eq!(dead.dead_letter_source, Some(queue_arn("q")));
    assert!(world.queues.delete("dead", &dead.receipt_handle).unwrap());
}

#[test]
fn a_message_that_is_deleted_at_its_last_receive_is_no_dead_letter() {
    let world = world(1);
    world.queues.send("q", "slow", None).unwrap();
    let received = world.queues.receive("q", 1).unwrap().remove(0);
    world.advance(30_000);
    assert!(world.queues.delete("q", &received.receipt_handle).unwrap());
    assert!(world.queues.receive("q", 1).unwrap().is_empty());
    assert_eq!((world.depth("q"), world.depth("dead")), ((0, 0, 0), (0, 0, 0)));
}

#[test]
fn dead_letters_do_not_take_the_place_of_living_messages() {
    let world = world(1);
    for number in 0..25 {
        world.queues.send("q", &format!("poison {number}"), None).unwrap();
    }
    while !world.queues.receive("q", 10).unwrap().is_empty() {}
    world.queues.send("q", "living", Some(30)).unwrap();
    world.advance(30_000);
    assert_eq!(bodies(&world.queues.receive("q", 1).unwrap()), ["living"]);
    assert_eq!((world.depth("q"), world.depth("dead")), ((0, 1, 0), (25, 0, 0)));
}

#[test]
fn the_receipt_of_a_dead_letter_does_nothing_in_its_old_queue() {
    let world = world(1);
    world.queues.send("q", "poison", None).unwrap();
    let receipt = world.queues.receive("q", 1).unwrap().remove(0).receipt_handle;
    world.advance(30_000);
    assert!(world.queues.receive("q", 1).unwrap().is_empty());
    assert!(!world.queues.delete("q", &receipt).unwrap());
    let refused = world.queues.change_visibility("q", &receipt, 10).unwrap_err();
    assert_eq!(refused.refusal(), Some(Refusal::InvalidParameterValue));
    assert_eq!(world.depth("dead"), (1, 0, 0));
}

#[test]
fn a_chain_of_dead_letter_queues_counts_the_receives_of_each() {
    let world = world(2);
    world.queues.create(&QueueSettings::new("buried")).unwrap();
    let redrive = Some(Redrive { dead_letter_queue: "buried".to_owned(), max_receive_count: 1 });
    world.queues.create(&QueueSettings { redrive, ..QueueSettings::new("dead") }).unwrap();
    world.queues.send("q", "poison", None).unwrap();
    for _ in 0..3 {
        world.queues.receive("q", 1).unwrap();
        world.advance(30_000);
    }
    assert_eq!(world.queues.receive("dead", 1).unwrap().len(), 1);
    world.advance(30_000);
    assert!(world.queues.receive("dead", 1).unwrap().is_empty());
    assert_eq!(world.queues.receive("buried", 1).unwrap()[0].receive_count, 4);
}

#[test]
fn a_dead_letter_lives_as_long_as_its_original_sending_allows() {
    let world = world(1);
    world.queues.create(&QueueSettings { retention_s: 60, ..QueueSettings::new("dead") }).unwrap();
    world.queues.send("q", "old", None).unwrap();
    world.queues.receive("q", 1).unwrap();
    world.advance(59_999);
    assert!(world.queues.receive("q", 1).unwrap().is_empty());
    assert_eq!(world.depth("dead"), (1, 0, 0));
    world.advance(1);
    assert!(world.queues.receive("dead", 1).unwrap().is_empty());
}

#[test]
fn without_its_dead_letter_queue_a_message_is_received_again() {
    let world = world(1);
    world.queues.send("q", "poison", None).unwrap();
    world.queues.receive("q", 1).unwrap();
    world.queues.delete_queue("dead").unwrap();
    world.advance(30_000);
    assert_eq!(world.queues.receive("q", 1).unwrap()[0].receive_count, 2);
}

#[test]
fn a_redrive_to_nowhere_is_refused() {
    let world = World::in_memory();
    for (dead_letter_queue, max_receive_count) in [("missing", 1), ("q", 1), ("dead", 0), ("dead", 1_001)] {
        world.queues.create(&QueueSettings::new("dead")).unwrap();
        let redrive = Some(Redrive { dead_letter_queue: dead_letter_queue.to_owned(), max_receive_count });
        let refused = world.queues.create(&QueueSettings { redrive, ..QueueSettings::new("q") }).unwrap_err();
        assert_eq!(refused.refusal(), Some(Refusal::InvalidParameterValue), "{dead_letter_queue} {max_receive_count}");
    }
}
