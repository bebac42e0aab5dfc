//! `Idempotency-Key`: the same request again gives the same answer and no second effect.

use serde_json::{Value, json};
use tests::{Answer, World};

const PHONE: &str = "+2348012345678";
const SEND: &str = "/providermessages/send-message/";

fn assert_again(first: &Answer, second: &Answer) {
    assert_eq!((first.status, &first.body), (second.status, &second.body));
    assert_eq!((first.header("idempotency-replayed"), second.header("idempotency-replayed")), ("", "true"));
}

#[tokio::test]
async fn a_message_is_sent_once_and_answered_twice() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let body = json!({ "public_id": thread.public_id, "message": "Hello" });
    let first = world.post_once("dr_smith", SEND, ("k1", &body)).await;
    world.drain().await;
    assert_again(&first, &world.post_once("dr_smith", SEND, ("k1", &body)).await);
    world.drain().await;
    assert_eq!(world.outbox(PHONE).await.len(), 2, "the template and one text");
}

#[tokio::test]
async fn what_was_answered_once_is_answered_again_even_if_it_would_be_refused_now() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let body = json!({ "public_id": thread.public_id, "message": "Hello" });
    let first = world.post_once("dr_smith", SEND, ("k1", &body)).await;
    world.advance("23h59m").await;
    let fresh = world.post_once("dr_smith", SEND, ("k2", &body)).await;
    assert_eq!(fresh.status, 200, "the window is still open");
    world.advance("30s").await;
    assert_again(&first, &world.post_once("dr_smith", SEND, ("k1", &body)).await);
}

#[tokio::test]
async fn a_closed_window_does_not_hide_what_was_sent() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.advance("20h").await;
    let body = json!({ "public_id": thread.public_id, "message": "Hello" });
    let first = world.post_once("dr_smith", SEND, ("k1", &body)).await;
    assert_eq!(first.status, 200);
    world.advance("5h").await;
    let refused = world.post_once("dr_smith", SEND, ("k2", &body)).await;
    assert_eq!(refused.body["error"], "whatsapp_window_closed");
    assert_again(&first, &world.post_once("dr_smith", SEND, ("k1", &body)).await);
}

#[tokio::test]
async fn another_body_under_the_same_key_is_refused() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let body = |text: &str| json!({ "public_id": thread.public_id, "message": text });
    world.post_once("dr_smith", SEND, ("k1", &body("Hello"))).await.ok();
    let answer = world.post_once("dr_smith", SEND, ("k1", &body("Goodbye"))).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.body["error"], "This Idempotency-Key was already used with a different request body.");
    world.drain().await;
    assert_eq!(world.outbox(PHONE).await.len(), 2);
}

#[tokio::test]
async fn a_key_belongs_to_its_caller_and_its_operation() {
    let world = World::start().await;
    let create = "/appointments/create-patient/";
    let body = json!({ "first_name": "No", "last_name": "Phone" });
    let smith = world.post_once("dr_smith", create, ("same", &body)).await.ok();
    let jones = world.post_once("dr_jones", create, ("same", &body)).await.ok();
    assert_ne!(smith["patient_id"], jones["patient_id"]);
    let template = json!({ "patient_id": smith["patient_id"], "custom_snippet": "Hello" });
    let sent = world.post_once("dr_smith", "/providermessages/send-template-message/", ("same", &template)).await;
    assert_eq!((sent.status, sent.header("idempotency-replayed")), (200, ""));
}

#[tokio::test]
async fn a_new_patient_and_a_new_thread_stay_new_in_the_second_answer() {
    let world = World::start().await;
    let create = "/appointments/create-patient/";
    let body = json!({ "phone_number": PHONE, "first_name": "John", "last_name": "Doe" });
    let first = world.post_once("dr_smith", create, ("k1", &body)).await;
    assert_eq!(first.body["created"], true);
    assert_again(&first, &world.post_once("dr_smith", create, ("k1", &body)).await);
    let send = "/providermessages/send-template-message/";
    let body = json!({ "patient_id": first.body["patient_id"], "custom_snippet": "Hello" });
    let first = world.post_once("dr_smith", send, ("k2", &body)).await;
    assert_eq!(first.body["conversation_type"], "new");
    assert_again(&first, &world.post_once("dr_smith", send, ("k2", &body)).await);
    world.drain().await;
    assert_eq!(world.outbox(PHONE).await.len(), 1);
}

#[tokio::test]
async fn a_key_is_remembered_for_a_day() {
    let world = World::start().await;
    let create = "/appointments/create-patient/";
    let body = json!({ "first_name": "No", "last_name": "Phone" });
    let first = world.post_once("dr_smith", create, ("k1", &body)).await;
    world.advance("23h").await;
    assert_again(&first, &world.post_once("dr_smith", create, ("k1", &body)).await);
    world.advance("61m").await;
    let later = world.post_once("dr_smith", create, ("k1", &body)).await;
    assert_ne!(later.body["patient_id"], first.body["patient_id"]);
}

#[tokio::test]
async fn a_key_that_is_none() {
    let world = World::start().await;
    let body = json!({ "first_name": "No", "last_name": "Phone" });
    let long = "x".repeat(256);
    for key in ["", " ", long.as_str()] {
        let answer = world.post_once("dr_smith", "/appointments/create-patient/", (key, &body)).await;
        assert_eq!(answer.status, 400, "{key:?}");
        assert!(answer.body["error"].as_str().unwrap().starts_with("Idempotency-Key"));
    }
    let patients: Value = world.get("dr_smith", "/providermessages/all-patients/").await.ok();
    assert_eq!(patients.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_is_used_up_by_a_request_that_changes_nothing() {
    let world = World::start().await;
    let create = "/appointments/create-patient/";
    let body = json!({ "phone_number": PHONE, "first_name": "John", "last_name": "Doe" });
    world.post("dr_smith", create, body.clone()).await.ok();
    let known = world.post_once("dr_smith", create, ("k1", &body)).await;
    assert_eq!(known.body["created"], false);
    assert_again(&known, &world.post_once("dr_smith", create, ("k1", &body)).await);
    let other = json!({ "phone_number": PHONE, "first_name": "Mary", "last_name": "Doe" });
    assert_eq!(world.post_once("dr_smith", create, ("k1", &other)).await.status, 422);
    let path = format!("/patients/{}/subscription/", known.body["patient_id"]);
    let put = |body: Value| {
        let request = world.request("service", "PUT", &path).header("idempotency-key", "k1");
        tests::Answer::of(request.json(&body))
    };
    assert_eq!(put(json!({ "subscription_status": null })).await.status, 200, "there was none");
    assert_eq!(put(json!({ "subscription_status": "active", "subscription_id": 1 })).await.status, 422);
}
