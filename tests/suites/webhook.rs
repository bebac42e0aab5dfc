//! WhatsApp's webhook: verification, signature, and everything that may stand in an envelope.

use serde_json::{Value, json};
use tests::{Answer, World};

const PHONE: &str = "+2348012345678";
const QUEUE: &str = "/providermessages/organization-threads/";
const NUMBER: &str = "100000000000021";

fn envelope(values: &[Value]) -> Value {
    let changes: Vec<Value> = values.iter().map(|value| json!({ "field": "messages", "value": value })).collect();
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": changes }] })
}

fn text(id: &str, from: &str, text: &str) -> Value {
    json!({ "id": id, "from": from, "timestamp": "1000000000", "type": "text", "text": { "body": text } })
}

async fn post(world: &World, payload: Value) -> u64 {
    world.local_post("whatsapp/inbound", json!({ "payload": payload })).await["status"].as_u64().unwrap()
}

async fn queue(world: &World) -> Vec<Value> {
    world.get("dr_smith", QUEUE).await.ok().as_array().unwrap().clone()
}

fn said(thread: &Value) -> Vec<&str> {
    thread["messages"].as_array().unwrap().iter().map(|message| message["message_value"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn verification_repeats_the_challenge_to_who_knows_the_token() {
    let world = World::start().await;
    let token = world.stack.settings.get("WHATSAPP_VERIFY_TOKEN").unwrap();
    let path = |mode: &str, token: &str| {
        format!("/webhooks/whatsapp?hub.mode={mode}&hub.verify_token={token}&hub.challenge=1158201444")
    };
    let good = Answer::of(world.anonymous("GET", &path("subscribe", token))).await;
    assert_eq!((good.status, good.text.as_str()), (200, "1158201444"));
    assert!(good.header("content-type").starts_with("text/plain"));
    for path in [path("subscribe", "wrong"), path("unsubscribe", token), "/webhooks/whatsapp".to_owned()] {
        assert_eq!(Answer::of(world.anonymous("GET", &path)).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_forger_learns_nothing_and_changes_nothing() {
    let world = World::start().await;
    let payload = envelope(&[json!({ "messages": [text("wamid.1", "2348012345678", "hi")] })]);
    let mut answers = Vec::new();
    for signature in ["", "sha256=00", "sha256=ac948ba3e065b60c613f6bdc6e77b5fa9dc56dc2883e573ec701dc7b597dadc9", "x"] {
        let request = world.anonymous("POST", "/webhooks/whatsapp").header("x-hub-signature-256", signature);
        answers.push(Answer::of(request.json(&payload)).await);
    }
    answers.push(Answer::of(world.anonymous("POST", "/webhooks/whatsapp").json(&payload)).await);
    answers.push(Answer::of(world.anonymous("POST", "/webhooks/whatsapp").body("not even JSON")).await);
    assert!(answers.iter().all(|answer| answer.status == 403 && answer.text == answers[0].text));
    assert!(queue(&world).await.is_empty());
    assert_eq!(world.count("SignatureRefused").await, 6);
}

#[tokio::test]
async fn a_body_of_more_than_three_megabytes() {
    let world = World::start().await;
    let body = "x".repeat(3 * 1024 * 1024 + 1);
    assert_eq!(Answer::of(world.anonymous("POST", "/webhooks/whatsapp").body(body)).await.status, 413);
}

#[tokio::test]
async fn three_megabytes_of_messages_are_kept() {
    let world = World::start().await;
    let long = "é".repeat(1500);
    let messages: Vec<Value> = (0..300).map(|n| text(&format!("wamid.{n}"), "2348012345678", &long)).collect();
    assert_eq!(post(&world, envelope(&[json!({ "messages": messages })])).await, 200);
    let thread = &queue(&world).await[0];
    let one = world.get("dr_smith", &format!("/providermessages/{}/", thread["id"])).await.ok();
    assert_eq!(one["messages"].as_array().unwrap().len(), 300);
}

#[tokio::test]
async fn every_entry_and_change_in_order() {
    let world = World::start().await;
    let value = |n: u32| {
        let messages = [format!("{n}a"), format!("{n}b")].map(|id| text(&format!("wamid.{id}"), "2348012345678", &id));
        json!({ "metadata": { "phone_number_id": NUMBER }, "messages": messages })
    };
    let mut payload = envelope(&[value(1), value(2)]);
    let second = envelope(&[value(3)])["entry"][0].clone();
    payload["entry"].as_array_mut().unwrap().push(second);
    assert_eq!(post(&world, payload).await, 200);
    assert_eq!(said(&queue(&world).await[0]), ["1a", "1b", "2a", "2b", "3a", "3b"]);
}

#[tokio::test]
async fn a_message_that_comes_twice_is_kept_once() {
    let world = World::start().await;
    let payload = envelope(&[json!({ "messages": [text("wamid.1", "2348012345678", "hi")] })]);
    for _ in 0..3 {
        assert_eq!(post(&world, payload.clone()).await, 200);
    }
    let more = [text("wamid.1", "2348012345678", "hi"), text("wamid.2", "2348012345678", "again")];
    assert_eq!(post(&world, envelope(&[json!({ "messages": more })])).await, 200);
    assert_eq!(said(&queue(&world).await[0]), ["hi", "again"]);
}

#[tokio::test]
async fn what_is_not_for_us_is_acknowledged_and_left_alone() {
    let world = World::start().await;
    let other =
        json!({ "metadata": { "phone_number_id": "42" }, "messages": [text("wamid.1", "2348012345678", "hi")] });
    let account = json!({ "object": "whatsapp_business_account", "entry": [{ "changes": [
        { "field": "account_update", "value": { "event": "x" } }, { "field": "messages", "value": 7 }, null,
    ] }, 5] });
    let unknown_status = json!({ "statuses": [{ "id": "wamid.unknown", "status": "delivered", "timestamp": "1" }] });
    for payload in [envelope(&[other]), account, json!({ "object": "page" }), envelope(&[unknown_status])] {
        assert_eq!(post(&world, payload).await, 200);
    }
    assert!(queue(&world).await.is_empty());
    assert_eq!(world.count("StatusUnknown").await, 1);
}

#[tokio::test]
async fn a_sender_without_a_number() {
    let world = World::start().await;
    let bsuid = "US.13491208655302741918";
    let value = |id: &str, words: &str| {
        json!({
            "contacts": [{ "profile": { "name": "Ada" }, "user_id": bsuid }],
            "messages": [{ "id": id, "timestamp": 1_000_000_000, "type": "text", "text": { "body": words } }],
        })
    };
    assert_eq!(post(&world, envelope(&[value("wamid.1", "hi")])).await, 200);
    assert_eq!(post(&world, envelope(&[value("wamid.2", "there")])).await, 200);
    let threads = queue(&world).await;
    assert_eq!((threads.len(), said(&threads[0])), (1, vec!["hi", "there"]));
    assert_eq!(threads[0]["patient_name"], "Ada");
    world.say("dr_smith", threads[0]["public_id"].as_str().unwrap(), "Hello Ada").await.ok();
    world.drain().await;
    let sent = world.local_get("whatsapp/outbox").await;
    assert_eq!((&sent[0]["recipient"], &sent[0]["to"]), (&json!(bsuid), &Value::Null));
}

#[tokio::test]
async fn a_contact_is_the_same_by_number_and_by_user_id() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let contacts = json!([{ "wa_id": "2348012345678", "user_id": "NG.5" }]);
    let with_both = json!({ "contacts": contacts, "messages": [text("wamid.1", "2348012345678", "both")] });
    assert_eq!(post(&world, envelope(&[with_both])).await, 200);
    let message = json!({ "id": "wamid.2", "timestamp": "1000000001", "type": "text", "text": { "body": "by id" } });
    let by_id = json!({ "contacts": [{ "user_id": "NG.5" }], "messages": [message] });
    assert_eq!(post(&world, envelope(&[by_id])).await, 200);
    let messages = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(messages.last().unwrap()["message_value"], "by id");
    assert_eq!(queue(&world).await.len(), 1);
}

#[tokio::test]
async fn a_number_that_whatsapp_spells_otherwise() {
    let world = World::start().await;
    let spelled = json!({ "wa_ids": { "5511912345678": "551112345678" } });
    world.local_post("whatsapp/faults", spelled).await;
    let thread = world.open("dr_smith", "+5511912345678").await;
    assert_eq!(world.inbound("551112345678", "Oi").await, 200);
    let messages = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(messages.last().unwrap()["message_value"], "Oi");
}

#[tokio::test]
async fn a_new_number_leads_to_the_same_thread() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let system = json!({ "body": "changed", "wa_id": "2348099999999", "type": "user_changed_number" });
    let message =
        json!({ "id": "wamid.s", "from": "2348012345678", "timestamp": "1", "type": "system", "system": system });
    assert_eq!(post(&world, envelope(&[json!({ "messages": [message] })])).await, 200);
    world.inbound("+2348099999999", "My new number").await;
    let messages = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(messages.last().unwrap()["message_value"], "My new number");
    world.say("dr_smith", &thread.public_id, "Thank you").await.ok();
    world.drain().await;
    assert_eq!(world.outbox("+2348099999999").await[0]["text"]["body"], "Thank you", "and is answered there");
}

#[tokio::test]
async fn a_family_phone_goes_to_who_was_messaged_last() {
    let world = World::start().await;
    let create = "/appointments/create-patient/";
    let family = |name: &str| json!({ "phone_number": PHONE, "first_name": name, "last_name": "Doe" });
    let mother = world.post("dr_smith", create, family("Mary")).await.ok();
    let child = world.post("dr_smith", create, family("Joe")).await.ok();
    assert_eq!((&mother["created"], &child["created"]), (&json!(true), &json!(true)));
    let send = async |patient: &Value| {
        let body = json!({ "patient_id": patient["patient_id"], "custom_snippet": "Hello" });
        world.post("dr_smith", "/providermessages/send-template-message/", body).await.ok()
    };
    let (of_mother, of_child) = (send(&mother).await, send(&child).await);
    world.inbound(PHONE, "from Joe").await;
    let joe = world.messages("dr_smith", of_child["public_id"].as_str().unwrap()).await;
    assert_eq!(joe.last().unwrap()["message_value"], "from Joe");
    assert_eq!(joe.last().unwrap()["shared_phone"], true);
    let to_mother = world.say("dr_smith", of_mother["public_id"].as_str().unwrap(), "Hello Mary").await;
    assert_eq!(to_mother.status, 200, "the window belongs to the phone");
    world.inbound(PHONE, "from Mary").await;
    let mary = world.messages("dr_smith", of_mother["public_id"].as_str().unwrap()).await;
    assert_eq!(mary.last().unwrap()["message_value"], "from Mary");
    assert!(mary[0].get("shared_phone").is_none());
}

#[tokio::test]
async fn a_message_that_whatsapp_delivers_late_says_so_and_opens_no_window() {
    let world = World::start().await;
    let thread = world.open("dr_smith", PHONE).await;
    world.local_post("clock", json!({ "set": "2030-06-05T12:00:00Z" })).await;
    let sent = |id: &str, at: i64| json!({ "id": id, "from": "2348012345678", "timestamp": at, "type": "text", "text": { "body": "late" } });
    let two_days_ago = domain::time::Timestamp::parse("2030-06-03T12:00:00Z").unwrap().seconds();
    assert_eq!(post(&world, envelope(&[json!({ "messages": [sent("wamid.1", two_days_ago)] })])).await, 200);
    let messages = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(messages[1]["sent_at"], "2030-06-03T12:00:00Z");
    assert_eq!(world.say("dr_smith", &thread.public_id, "Hello").await.body["error"], "whatsapp_window_closed");
    // Meta gives up after a week: an older stamp is a wrong one, and so is one in the future.
    for (id, at) in [("wamid.2", 1_000_000_000), ("wamid.3", 4_000_000_000_i64)] {
        assert_eq!(post(&world, envelope(&[json!({ "messages": [sent(id, at)] })])).await, 200);
        assert!(world.messages("dr_smith", &thread.public_id).await.last().unwrap().get("sent_at").is_none());
    }
    assert_eq!(world.say("dr_smith", &thread.public_id, "Hello").await.status, 200);
}

#[tokio::test]
async fn kinds_without_text_are_named() {
    let world = World::start().await;
    let send = async |kind: &str, object: Value| {
        let mut body = json!({ "from": PHONE, "type": kind });
        body[kind] = object;
        assert_eq!(world.local_post("whatsapp/inbound", body).await["status"], 200, "{kind}");
    };
    send("image", json!({ "id": "1", "mime_type": "image/jpeg", "caption": "my foot" })).await;
    send("audio", json!({ "id": "2", "mime_type": "audio/ogg; codecs=opus", "voice": true })).await;
    send("location", json!({ "latitude": 6.5, "longitude": 3.4 })).await;
    send("reaction", json!({ "message_id": "wamid.0", "emoji": "👍" })).await;
    send("interactive", json!({ "type": "button_reply", "button_reply": { "id": "y", "title": "Yes" } })).await;
    send("unsupported", json!({})).await;
    let thread = queue(&world).await.remove(0);
    let shown = thread["messages"].as_array().unwrap().iter();
    let shown: Vec<String> = shown.map(|m| format!("{} {}", m["media_type"], m["message_value"])).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    "image" "my foot"
    "audio" ""
    null "[Location: 6.5, 3.4]"
    null "[Reaction: 👍]"
    null "Yes"
    null "[A message that WhatsApp does not pass on]"
    "#);
}

#[tokio::test]
async fn what_is_not_understood_is_counted() {
    let world = World::start().await;
    let nobody = json!({ "id": "wamid.1", "type": "text", "text": { "body": "hi" } });
    let known = text("wamid.2", "2348012345678", "hi");
    let value = json!({ "messages": [nobody, known], "statuses": [{ "id": "wamid.3", "status": "vanished" }] });
    assert_eq!(post(&world, envelope(&[value])).await, 200);
    assert_eq!(queue(&world).await.len(), 1);
    assert_eq!(world.count("WebhookUnreadable").await, 1);
}
