use domain::provider_error::ErrorClass;
use serde_json::json;

use super::*;

const NOW: Timestamp = Timestamp::from_seconds(1_760_000_000);

fn body(value: &Value) -> Vec<u8> {
    let changes = json!([{ "field": "messages", "value": value }]);
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "0", "changes": changes }] })
        .to_string()
        .into_bytes()
}

fn events(value: &Value) -> Vec<Event> {
    read(&body(value), "42", NOW).unwrap().events
}

fn only_message(value: &Value) -> Inbound {
    match events(value).as_slice() {
        [Event::Message(inbound)] => inbound.as_ref().clone(),
        other => panic!("one message expected, not {other:?}"),
    }
}

fn of_kind(kind: &str, object: Value) -> Inbound {
    let mut message = json!({ "id": "wamid.1", "from": "16505551234", "timestamp": "1759999999", "type": kind });
    message[kind] = object;
    only_message(&json!({ "messages": [message] }))
}

fn text_of(inbound: &Inbound) -> &str {
    inbound.text.as_ref().map_or("", |text| text.as_str())
}

#[test]
fn every_entry_change_message_and_status() {
    let message = |id: &str| json!({ "id": id, "from": "16505551234", "type": "text", "text": { "body": "hi" } });
    let value = json!({
        "messages": [message("wamid.1"), message("wamid.2")],
        "statuses": [{ "id": "wamid.9", "status": "read" }, { "id": "wamid.8", "status": "sent" }],
    });
    let change = json!({ "field": "messages", "value": value });
    let entry = json!({ "id": "0", "changes": [change, change] });
    let body = json!({ "object": "whatsapp_business_account", "entry": [entry, entry] }).to_string();
    assert_eq!(read(body.as_bytes(), "42", NOW).unwrap().events.len(), 16);
}

#[test]
fn other_fields_and_other_numbers_are_passed_over() {
    let entry = json!([{ "changes": [
        { "field": "account_update", "value": { "messages": [{ "id": "wamid.1", "from": "16505551234" }] } },
        { "field": "messages", "value": { "metadata": { "phone_number_id": "43" }, "statuses": [{ "id": "w", "status": "read" }] } },
    ]}]);
    let body = json!({ "object": "whatsapp_business_account", "entry": entry }).to_string();
    assert_eq!(read(body.as_bytes(), "42", NOW), Ok(Envelope { events: vec![], not_ours: 2, unreadable: 0 }));
}

#[test]
fn what_is_not_an_envelope() {
    for body in [&b""[..], b"[]", b"null", b"{}", br#"{"object":"page"}"#, b"\xff", &b"[".repeat(100_000)] {
        assert_eq!(read(body, "42", NOW), Err(NotAnEnvelope));
    }
    let outline =
        br#"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":7}]},3,null]}"#;
    assert_eq!(read(outline, "42", NOW), Ok(Envelope::default()));
}

#[test]
fn a_sender_by_number_by_user_id_and_by_neither() {
    let by_id = only_message(&json!({
        "contacts": [{ "profile": { "name": "Ada" }, "user_id": "US.13491208655302741918" }],
        "messages": [{ "id": "wamid.1", "timestamp": 1759999999, "type": "text", "text": { "body": "hi" } }],
    }));
    assert_eq!(by_id.sender.wa_id, None);
    assert_eq!(by_id.sender.bsuid.as_ref().unwrap().as_str(), "US.13491208655302741918");
    assert_eq!((by_id.sender.profile_name.as_deref(), by_id.sent_at.seconds()), (Some("Ada"), 1_759_999_999));
    let both = only_message(&json!({
        "contacts": [{ "wa_id": "999", "user_id": "US.1" }, { "wa_id": "16505551234", "user_id": "US.2" }],
        "messages": [{ "id": "wamid.1", "from": "16505551234", "type": "text", "text": { "body": "hi" } }],
    }));
    assert_eq!(both.sender.keys().len(), 2);
    assert_eq!(both.sender.bsuid.unwrap().as_str(), "US.2");
    assert_eq!(both.sent_at, NOW, "a message without a time");
    assert!(events(&json!({ "messages": [{ "id": "wamid.1", "type": "text" }] })).is_empty());
}

#[test]
fn every_kind_says_something() {
    let said = [
        of_kind("text", json!({ "body": " hello " })),
        of_kind("button", json!({ "payload": "P", "text": "Yes" })),
        of_kind("interactive", json!({ "type": "list_reply", "list_reply": { "id": "1", "title": "Tomorrow" } })),
        of_kind("interactive", json!({})),
        of_kind("location", json!({ "latitude": 6.45, "longitude": 3.39, "name": "Clinic" })),
        of_kind("contacts", json!([{ "name": { "formatted_name": "Bob" }, "phones": [{ "phone": "+1 650" }] }])),
        of_kind("reaction", json!({ "message_id": "wamid.0", "emoji": "👍" })),
        of_kind("reaction", json!({ "message_id": "wamid.0" })),
        of_kind(
            "edit",
            json!({ "original_message_id": "wamid.0", "message": { "type": "text", "text": { "body": "new" } } }),
        ),
        of_kind("revoke", json!({ "original_message_id": "wamid.0" })),
        of_kind("order", json!({ "product_items": [{}, {}] })),
        of_kind("unsupported", json!({ "type": "x" })),
        of_kind("hologram<script>", json!({})),
    ];
    insta::assert_snapshot!(said.iter().map(text_of).collect::<Vec<_>>().join("\n"), @r"
    hello
    Yes
    Tomorrow
    [A message of type interactive]
    [Location: Clinic, 6.45, 3.39]
    [Contact: Bob +1 650]
    [Reaction: 👍]
    [Reaction removed]
    [Edited] new
    [The patient deleted a message]
    [Order of 2 products]
    [A message that WhatsApp does not pass on]
    [A message of type hologramscript]
    ");
}

#[test]
fn media_keeps_its_id_and_its_caption() {
    let object = json!({ "id": "m1", "mime_type": "audio/ogg; codecs=opus", "filename": "../a.pdf", "caption": "lab" });
    let document = of_kind("document", object.clone());
    let media = document.media.clone().unwrap();
    assert_eq!((text_of(&document), media.filename.as_deref()), ("lab", Some("a.pdf")));
    assert_eq!((media.mime_type.as_deref(), media.whatsapp_media_id.as_deref()), (Some("audio/ogg"), Some("m1")));
    for kind in ["image", "video", "audio", "sticker"] {
        assert!(of_kind(kind, object.clone()).media.is_some(), "{kind}");
    }
}

#[test]
fn a_new_number_is_an_event_of_its_own() {
    let system = json!({ "body": "User A changed", "wa_id": "16505559999", "type": "user_changed_number" });
    let value = json!({ "messages": [{ "id": "wamid.1", "from": "16505551234", "type": "system", "system": system }] });
    let key = ContactKey::from_wa_digits;
    assert_eq!(events(&value), [Event::NumberChanged { from: key("16505551234"), to: key("16505559999") }]);
}

#[test]
fn a_status_names_message_attempt_and_error() {
    let value = json!({ "statuses": [{
        "id": "wamid.9", "status": "failed", "timestamp": "1", "recipient_id": "1650",
        "biz_opaque_callback_data": "1099511627779.2", "errors": [{ "code": 131047, "title": "x" }],
    }]});
    let [Event::Status(update)] = &events(&value)[..] else { panic!("one status") };
    assert_eq!(update.about.unwrap().attempt, 2);
    assert!(matches!(update.report.refusal.unwrap().class, ErrorClass::Permanent(_)));
    for status in ["deleted", "warning", ""] {
        assert!(events(&json!({ "statuses": [{ "id": "w", "status": status }] })).is_empty());
    }
    let [Event::Status(played)] = &events(&json!({ "statuses": [{ "id": "w", "status": "played" }] }))[..] else {
        panic!()
    };
    assert_eq!(played.report.status, Status::Read);
}
