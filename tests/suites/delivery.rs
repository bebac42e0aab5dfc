//! The delivery worker against WhatsApp's faults: once, in order, and never past an undecided message.

use serde_json::{Value, json};
use tests::World;
use tests::patients::Opened;

const PHONE: &str = "+2348012345678";

async fn faults(world: &World, next: Value) {
    world.local_post("whatsapp/faults", json!({ "next": next })).await;
}

fn texts(outbox: &[Value]) -> Vec<&str> {
    outbox.iter().filter_map(|sent| sent["text"]["body"].as_str()).collect()
}

async fn deliveries(world: &World, thread: &Opened) -> Vec<Value> {
    let messages = world.messages("dr_smith", &thread.public_id).await;
    messages.iter().filter_map(|message| message.get("delivery").cloned()).collect()
}

/// The delivery of the last message to the patient.
async fn last(world: &World, thread: &Opened) -> Value {
    deliveries(world, thread).await.pop().expect("a message to the patient")
}

#[tokio::test]
async fn a_refusal_that_passes_is_tried_again() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    faults(&world, json!([{ "code": 131_016 }, { "code": 4 }])).await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.drain().await;
    assert_eq!(last(&world, &thread).await, json!({ "status": "queued" }));
    world.advance("1m").await;
    assert_eq!(texts(&world.outbox(PHONE).await), ["Hello"]);
    assert_eq!(last(&world, &thread).await, json!({ "status": "read" }));
}

#[tokio::test]
async fn later_messages_wait_for_an_earlier_one() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    faults(&world, json!([{ "code": 131_056 }, { "status": 500 }])).await;
    for text in ["first", "second", "third"] {
        world.say("dr_smith", &thread.public_id, text).await.ok();
    }
    world.drain().await;
    assert!(texts(&world.outbox(PHONE).await).is_empty(), "nothing goes past an undecided message");
    world.advance("10m").await;
    assert_eq!(texts(&world.outbox(PHONE).await), ["first", "second", "third"]);
}

#[tokio::test]
async fn what_whatsapp_took_without_answering_is_not_sent_again_when_a_status_names_it() {
    for fault in [json!({ "status": 500, "after_accept": true }), json!({ "timeout": true, "after_accept": true })] {
        let world = World::start().await;
        let thread = world.converse("dr_smith", PHONE).await;
        faults(&world, json!([fault])).await;
        world.say("dr_smith", &thread.public_id, "Hello").await.ok();
        world.say("dr_smith", &thread.public_id, "Bye").await.ok();
        world.drain().await;
        assert_eq!(texts(&world.outbox(PHONE).await), ["Hello", "Bye"], "the status resolved the doubt at once");
        world.advance("10m").await;
        assert_eq!(world.outbox(PHONE).await.len(), 3);
        assert_eq!(world.count("InDoubtResend").await, 0);
    }
}

#[tokio::test]
async fn doubt_that_nothing_resolves_ends_with_the_hold() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.local_post("whatsapp/faults", json!({ "next": [{ "timeout": true }], "statuses": { "mode": "none" } })).await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.drain().await;
    assert!(texts(&world.outbox(PHONE).await).is_empty());
    world.advance("110s").await;
    assert!(texts(&world.outbox(PHONE).await).is_empty(), "it may still have been taken");
    world.advance("2m").await;
    assert_eq!(texts(&world.outbox(PHONE).await), ["Hello"]);
    assert_eq!(world.count("InDoubtResend").await, 1);
    let attempts = world.outbox(PHONE).await;
    let data = attempts.last().unwrap()["biz_opaque_callback_data"].as_str().unwrap().to_owned();
    assert!(data.ends_with(".2"), "the second attempt says so");
}

#[tokio::test]
async fn refusals_for_good() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let cases = [
        (131_026, "undeliverable"),
        (131_047, "reengagement_required"),
        (131_051, "content_refused"),
        (100, "content_refused"),
        (132_015, "template_unavailable"),
    ];
    for (code, reason) in cases {
        faults(&world, json!([{ "code": code }])).await;
        world.say("dr_smith", &thread.public_id, "Hello").await.ok();
        world.drain().await;
        let delivery = last(&world, &thread).await;
        assert_eq!(delivery, json!({ "status": "failed", "error_code": code, "reason": reason }));
    }
    assert!(texts(&world.outbox(PHONE).await).is_empty());
    assert_eq!(world.count("TemplateRefused").await, 1);
}

#[tokio::test]
async fn an_unknown_fault_is_tried_twice() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    faults(&world, json!([{ "code": 131_000 }, { "code": 131_000 }, { "code": 131_000 }])).await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.advance("5m").await;
    let expected = json!({ "status": "failed", "error_code": 131_000, "reason": "too_many_attempts" });
    assert_eq!(last(&world, &thread).await, expected);
}

#[tokio::test]
async fn who_opted_out_is_never_written_to_again() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    faults(&world, json!([{ "code": 4 }, { "code": 131_050 }])).await;
    for text in ["Hello", "Are you there?"] {
        world.say("dr_smith", &thread.public_id, text).await.ok();
    }
    world.advance("1m").await;
    let failed = json!({ "status": "failed", "reason": "opted_out" });
    let deliveries = deliveries(&world, &thread).await;
    assert_eq!((&deliveries[1]["reason"], &deliveries[2]), (&json!("opted_out"), &failed));
    let refused = world.say("dr_smith", &thread.public_id, "Hello?").await;
    assert_eq!((refused.status, &refused.body["error"]), (400, &json!("recipient_opted_out")));
    let body = json!({ "patient_id": thread.patient, "custom_snippet": "Hello?" });
    let template = world.post("dr_smith", "/providermessages/send-template-message/", body).await;
    assert_eq!((template.status, &template.body["error"]), (400, &json!("recipient_opted_out")));
    assert_eq!(world.outbox(PHONE).await.len(), 1, "only the first template");
}

#[tokio::test]
async fn a_refused_account_stops_the_sender_and_loses_nothing() {
    let world = World::start().await;
    let first = world.converse("dr_smith", PHONE).await;
    let second = world.converse("dr_smith", "+2348012345679").await;
    faults(&world, json!([{ "code": 190 }])).await;
    world.say("dr_smith", &first.public_id, "Hello").await.ok();
    world.drain().await;
    world.say("dr_smith", &second.public_id, "Hello").await.ok();
    world.drain().await;
    assert!(texts(&world.outbox("+2348012345679").await).is_empty(), "nobody is written to");
    assert_eq!(world.count("SenderStopped").await, 1);
    world.advance("3m").await;
    assert_eq!(texts(&world.outbox(PHONE).await), ["Hello"]);
    assert_eq!(texts(&world.outbox("+2348012345679").await), ["Hello"]);
}

#[tokio::test]
async fn the_window_is_looked_at_again_when_the_message_goes() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.advance("23h59m").await;
    faults(
        &world,
        json!([{ "code": 131_016 }, { "code": 131_016 }, { "code": 131_016 }, { "code": 131_016 },
                          { "code": 131_016 }, { "code": 131_016 }, { "code": 131_016 }]),
    )
    .await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.advance("10m").await;
    let expected = json!({ "status": "failed", "error_code": 131_047, "reason": "reengagement_required" });
    assert_eq!(last(&world, &thread).await, expected);
    assert!(texts(&world.outbox(PHONE).await).is_empty());
}

#[tokio::test]
async fn a_window_that_whatsapp_finds_closed_later_is_a_failure() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    faults(&world, json!([{ "fail_later": 131_047 }])).await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.drain().await;
    let expected = json!({ "status": "failed", "error_code": 131_047, "reason": "reengagement_required" });
    assert_eq!(last(&world, &thread).await, expected);
}

#[tokio::test]
async fn a_burst_goes_at_once_and_the_rest_is_paced() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    for n in 0..60 {
        world.say("dr_smith", &thread.public_id, &format!("{n}")).await.ok();
    }
    world.drain().await;
    let at_once = texts(&world.outbox(PHONE).await).len();
    assert!((44..60).contains(&at_once), "the template took one of 45, and the machine's clock runs: {at_once}");
    world.advance("3m").await;
    let expected: Vec<String> = (0..60).map(|n| n.to_string()).collect();
    assert_eq!(texts(&world.outbox(PHONE).await), expected);
    assert!(deliveries(&world, &thread).await.iter().all(|delivery| delivery["status"] == "read"));
}

#[tokio::test]
async fn statuses_doubled_reordered_and_dropped() {
    for statuses in [
        json!({ "duplicate": true }),
        json!({ "reorder": true }),
        json!({ "duplicate": true, "reorder": true }),
        json!({ "drop": true }),
        json!({ "drop": ["sent", "delivered"] }),
    ] {
        let world = World::start().await;
        let thread = world.converse("dr_smith", PHONE).await;
        world.local_post("whatsapp/faults", json!({ "statuses": statuses })).await;
        world.say("dr_smith", &thread.public_id, "Hello").await.ok();
        world.drain().await;
        assert_eq!(last(&world, &thread).await, json!({ "status": "read" }), "{statuses}");
    }
}

#[tokio::test]
async fn a_refusal_that_comes_later_counts_as_one_that_comes_at_once() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    faults(&world, json!([{ "fail_later": 131_042 }])).await;
    world.say("dr_smith", &thread.public_id, "first").await.ok();
    world.drain().await;
    assert_eq!(last(&world, &thread).await["status"], "failed");
    assert_eq!(world.count("SenderStopped").await, 1);
    world.say("dr_smith", &thread.public_id, "second").await.ok();
    world.drain().await;
    assert_eq!(last(&world, &thread).await, json!({ "status": "queued" }), "the sender is stopped");
    world.advance("3m").await;
    assert_eq!(texts(&world.outbox(PHONE).await), ["first", "second"]);
}

#[tokio::test]
async fn a_template_that_is_switched_off_is_not_used_again_until_it_is_kept_anew() {
    for fault in [json!({ "code": 132_015 }), json!({ "fail_later": 132_016 })] {
        let world = World::start().await;
        let patient = world.patient("dr_smith", PHONE).await;
        let body = json!({ "patient_id": patient, "custom_snippet": "Hello" });
        let send = || world.post("dr_smith", "/providermessages/send-template-message/", body.clone());
        faults(&world, json!([fault])).await;
        send().await.ok();
        world.drain().await;
        let refused = send().await;
        assert_eq!((refused.status, &refused.body["error"]), (400, &json!("template_not_approved")));
        let text = "Hi {{1}}, this is {{2}}. {{3}} Bye.";
        let template = json!({ "name": "doctor_check_in", "language": "en_US", "body": text, "approved": true });
        world.put("service", "/organizations/21/template/", template).await.ok();
        send().await.ok();
    }
}

/// A server that never answers costs one thread the worker's patience, and nobody else anything.
#[tokio::test]
async fn a_server_that_hangs_holds_up_one_thread_only() {
    let world = World::start().await;
    let hanging = world.converse("dr_smith", PHONE).await;
    let other = world.converse("dr_smith", "+2348012345679").await;
    faults(&world, json!([{ "hang": true }])).await;
    world.say("dr_smith", &hanging.public_id, "hangs").await.ok();
    while world.local_get("queues").await.as_array().unwrap().iter().all(|queue| queue["in_flight"] == 0) {
        tokio::task::yield_now().await;
    }
    world.say("dr_smith", &other.public_id, "goes").await.ok();
    while texts(&world.outbox(&other.phone).await) != ["goes"] {
        tokio::task::yield_now().await;
    }
    assert!(texts(&world.outbox(PHONE).await).is_empty());
}
