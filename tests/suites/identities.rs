//! One person under several identities: a phone number, a WhatsApp id, and a user id that hides the phone number.

use serde_json::{Value, json};
use tests::World;

const PHONE: &str = "+2348012345678";
const DIGITS: &str = "2348012345678";
const BSUID: &str = "NG.13491208655302741918";
const QUEUE: &str = "/providermessages/organization-threads/";

/// A message that names its sender by what it is given.
async fn write(world: &World, (wamid, text): (&str, &str), (digits, bsuid): (Option<&str>, Option<&str>)) {
    let mut message = json!({ "id": wamid, "timestamp": now(world), "type": "text", "text": { "body": text } });
    let mut contact = json!({ "profile": { "name": "Ada" } });
    if let Some(digits) = digits {
        message["from"] = json!(digits);
        contact["wa_id"] = json!(digits);
    }
    if let Some(bsuid) = bsuid {
        message["from_user_id"] = json!(bsuid);
        contact["user_id"] = json!(bsuid);
    }
    let value = json!({ "contacts": [contact], "messages": [message] });
    let change = json!({ "field": "messages", "value": value });
    let payload = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }] });
    let answer = world.local_post("whatsapp/inbound", json!({ "payload": payload })).await;
    assert_eq!(answer["status"], 200, "{answer}");
    world.drain().await;
}

fn now(world: &World) -> String {
    world.stack.app.now().seconds().to_string()
}

async fn queue(world: &World) -> Vec<Value> {
    world.get("dr_smith", QUEUE).await.ok().as_array().unwrap().clone()
}

fn said(thread: &Value) -> Vec<&str> {
    thread["messages"].as_array().unwrap().iter().map(|message| message["message_value"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn who_hides_the_phone_number_is_reached_by_a_template_in_their_own_thread() {
    let world = World::start().await;
    write(&world, ("wamid.1", "Hello?"), (None, Some(BSUID))).await;
    let thread = queue(&world).await.remove(0);
    world.advance("25h").await;
    let body = json!({ "patient_id": thread["patient"], "custom_snippet": "How are you?" });
    let sent = world.post("dr_smith", "/providermessages/send-template-message/", body).await.ok();
    assert_eq!((&sent["conversation_type"], &sent["public_id"]), (&json!("existing"), &thread["public_id"]));
    world.drain().await;
    let outbox = world.outbox(BSUID).await;
    assert_eq!((outbox.len(), &outbox[0]["type"]), (1, &json!("template")));
}

#[tokio::test]
async fn two_identities_of_one_person_become_one_contact() {
    let world = World::start().await;
    let thread = world.open("dr_smith", PHONE).await;
    write(&world, ("wamid.1", "from hidden"), (None, Some(BSUID))).await;
    assert_eq!(queue(&world).await.len(), 2, "nobody can know yet that they are the same");
    write(&world, ("wamid.2", "both ids"), (Some(DIGITS), Some(BSUID))).await;
    write(&world, ("wamid.3", "hidden again"), (None, Some(BSUID))).await;
    write(&world, ("wamid.4", "by phone again"), (Some(DIGITS), None)).await;
    let threads = queue(&world).await;
    let own = threads.iter().find(|listed| listed["public_id"] == thread.public_id.as_str()).unwrap();
    assert_eq!(said(own)[1..], ["both ids", "hidden again", "by phone again"]);
    let stranger = threads.iter().find(|listed| listed["public_id"] != thread.public_id.as_str()).unwrap();
    assert_eq!(said(stranger), ["from hidden"], "what was said stays where it was said");
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.drain().await;
    assert_eq!(world.outbox(DIGITS).await.last().unwrap()["text"]["body"], "Hello");
}

#[tokio::test]
async fn whoever_asked_for_silence_is_silent_under_every_identity() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    world.local_post("whatsapp/faults", json!({ "next": [{ "fail_later": 131_050 }] })).await;
    world.say("dr_smith", &thread.public_id, "Hello").await.ok();
    world.drain().await;
    let again = world.say("dr_smith", &thread.public_id, "Hello?").await;
    assert_eq!((again.status, &again.body["error"]), (400, &json!("recipient_opted_out")));
    let body = json!({ "patient_id": thread.patient, "custom_snippet": "Hello?" });
    let template = world.post("dr_smith", "/providermessages/send-template-message/", body).await;
    assert_eq!((template.status, &template.body["error"]), (400, &json!("recipient_opted_out")));
    assert_eq!(world.outbox(PHONE).await.len(), 2);
}
