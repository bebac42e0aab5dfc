//! Bad input: every refusal in the surface's shape, nothing written, nothing sent.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tests::{Answer, World};

const SEND: &str = "/providermessages/send-message/";
const TEMPLATE: &str = "/providermessages/send-template-message/";
const CREATE: &str = "/appointments/create-patient/";
const PHONE: &str = "+2348012345678";
const LINK: &str = "https://cdn.prestigehealth.app/uploads/x";

fn raw(world: &World, path: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
    world.request("dr_smith", "POST", path).header("content-type", "application/json").body(body)
}

/// What the world looks like to a doctor; a refusal must not change it.
async fn seen(world: &World) -> (Value, Value, usize) {
    let patients = world.get("dr_smith", "/providermessages/all-patients/").await.ok();
    let threads = world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
    (patients, threads, world.local_get("whatsapp/outbox").await.as_array().unwrap().len())
}

#[tokio::test]
async fn send_message_fields() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let before = seen(&world).await;
    let with = |more: Value| {
        let mut body = json!({ "public_id": thread.public_id, "message": "Hello" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let media = |more: Value| {
        let mut body = with(json!({ "media_url": LINK, "media_type": "image" }));
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let cases = [
        json!({}),
        json!({ "public_id": "", "message": "Hello" }),
        json!({ "public_id": thread.public_id }),
        with(json!({ "message": " \n " })),
        with(json!({ "message": "\u{200b}" })),
        with(json!({ "media_url": LINK })),
        with(json!({ "media_type": "image" })),
        media(json!({ "media_type": "gif" })),
        media(json!({ "media_url": "http://cdn.prestigehealth.app/x" })),
        media(json!({ "media_url": "https://127.0.0.1/x" })),
        media(json!({ "media_url": "https://169.254.169.254/latest/meta-data" })),
        media(json!({ "media_url": "https://[::ffff:10.0.0.1]/x" })),
        media(json!({ "media_url": "https://cdn.prestigehealth.app/a\u{0}.pdf" })),
        media(json!({ "media_url": "https://cdn.prestigehealth.app/a\nb.pdf" })),
        media(json!({ "media_filename": "a\u{0}.pdf" })),
        media(json!({ "media_mime_type": "pdf" })),
        with(json!({ "message": "x".repeat(4097) })),
        media(json!({ "message": "x".repeat(1025) })),
        with(json!({ "message": "a\u{0}b" })),
        with(json!({ "message": 5 })),
        with(json!({ "message": ["a"] })),
    ];
    let mut table = String::new();
    for body in cases {
        table += &world.post("dr_smith", SEND, body).await.line();
        table.push('\n');
    }
    insta::assert_snapshot!(table);
    world.drain().await;
    assert_eq!(seen(&world).await, before, "nothing is written and nothing is sent");
}

#[tokio::test]
async fn bodies_that_are_not_what_they_should_be() {
    let world = World::start().await;
    let before = seen(&world).await;
    let twice = r#"{"first_name":"A","first_name":"B","last_name":"C"}"#;
    let bodies: [(&str, Vec<u8>); 9] = [
        ("empty", vec![]),
        ("not JSON", b"first_name=John".to_vec()),
        ("invalid UTF-8", b"{\"first_name\":\"\xff\xfe\",\"last_name\":\"Doe\"}".to_vec()),
        ("a raw NUL", b"{\"first_name\":\"a\x00\",\"last_name\":\"Doe\"}".to_vec()),
        ("100 KB of brackets", b"[".repeat(100_000)),
        ("nested objects", format!("{}1{}", "{\"a\":".repeat(5000), "}".repeat(5000)).into_bytes()),
        ("a list", br#"["+2348012345678","John","Doe",[],""]"#.to_vec()),
        ("a field twice", twice.as_bytes().to_vec()),
        ("two documents", br#"{"first_name":"A","last_name":"B"}{}"#.to_vec()),
    ];
    let mut table = String::new();
    for (name, body) in bodies {
        let answer = Answer::of(raw(&world, CREATE, body)).await;
        table += &format!("{name}: {}\n", answer.line());
    }
    insta::assert_snapshot!(table);
    assert_eq!(seen(&world).await, before);
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let world = World::start().await;
    let body = format!(r#"{{"first_name":"{}","last_name":"Doe"}}"#, "x".repeat(300 * 1024));
    let answer = Answer::of(raw(&world, CREATE, body)).await;
    assert_eq!(answer.status, 413);
    assert_eq!(answer.body["error"], "The request body is too large.");
}

#[tokio::test]
async fn a_body_of_another_type() {
    let world = World::start().await;
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let request = world.request("dr_smith", "POST", CREATE).header("content-type", content_type).body("{}");
        let answer = Answer::of(request).await;
        assert_eq!((answer.status, answer.header("content-type")), (415, "application/json"), "{content_type}");
        assert!(answer.body["error"].is_string() && answer.body["detail"].is_string());
    }
    let without = Answer::of(world.request("dr_smith", "POST", CREATE).body("{}")).await;
    assert_eq!(without.status, 415);
}

#[tokio::test]
async fn create_patient_fields() {
    let world = World::start().await;
    let before = seen(&world).await;
    let with = |more: Value| {
        let mut body = json!({ "first_name": "John", "last_name": "Doe" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let cases = [
        json!({ "last_name": "Doe" }),
        json!({ "first_name": "\u{200B}", "last_name": "Doe" }),
        with(json!({ "first_name": "Nul\u{0}Name" })),
        with(json!({ "first_name": "x".repeat(101) })),
        with(json!({ "phone_number": "08012345678" })),
        with(json!({ "phone_number": "+99912345678901" })),
        with(json!({ "phone_number": "+234801234567890123" })),
        with(json!({ "phone_number": "not a number" })),
        with(json!({ "phone_number": 2348012345678u64 })),
        with(json!({ "chronic_conditions": "Hypertension" })),
        with(json!({ "chronic_conditions": [1] })),
        with(json!({ "chronic_conditions": ["x".repeat(201)] })),
        with(json!({ "notes": "x".repeat(4001) })),
        with(json!({ "notes": "a\u{0}" })),
    ];
    let mut table = String::new();
    for body in cases {
        table += &world.post("dr_smith", CREATE, body).await.line();
        table.push('\n');
    }
    insta::assert_snapshot!(table);
    assert_eq!(seen(&world).await, before);
}

#[tokio::test]
async fn template_fields() {
    let world = World::start().await;
    let patient = world.patient("dr_smith", PHONE).await;
    let before = seen(&world).await;
    let cases = [
        json!({}),
        json!({ "patient_id": patient }),
        json!({ "patient_id": patient, "custom_snippet": " \u{200B}\n" }),
        json!({ "patient_id": patient, "custom_snippet": "x".repeat(1025) }),
        json!({ "custom_snippet": "x" }),
        json!({ "patient_id": 0, "custom_snippet": "x" }),
        json!({ "patient_id": -1, "custom_snippet": "x" }),
        json!({ "patient_id": "abc", "custom_snippet": "x" }),
        json!({ "patient_id": 999_999, "custom_snippet": "x" }),
    ];
    let mut table = String::new();
    for path in ["/providermessages/preview-template-message/", TEMPLATE] {
        for body in &cases {
            table +=
                &world.post("dr_smith", path, body.clone()).await.line().replace(&patient.to_string(), "<patient>");
            table.push('\n');
        }
    }
    insta::assert_snapshot!(table);
    world.drain().await;
    assert_eq!(seen(&world).await, before);
}

#[tokio::test]
async fn ids_that_name_nothing_or_somebody_else() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let unknown = "deadbeef-ffff-8fff-bfff-ffffffffffff";
    // The right thread number with other random bits: close is not enough.
    let mut forged = thread.public_id.clone();
    forged.replace_range(24..36, "000000000000");
    for id in [unknown, &forged, "501", "abc-123-def", "..%2f..", "0", "99999999999999999999", "%00", "send-messages"] {
        let answer = world.get("dr_smith", &format!("/providermessages/{id}/")).await;
        assert_eq!(answer.line(), r#"404 {"detail":"Not found.","error":"Not found."}"#, "{id}");
        assert_eq!(world.say("dr_smith", id, "Hello").await.status, 404, "{id}");
    }
    for id in [thread.public_id.clone(), thread.thread_id.to_string()] {
        let foreign = world.get("dr_other", &format!("/providermessages/{id}/")).await;
        assert_eq!(
            foreign.line(),
            r#"404 {"detail":"Not found.","error":"Not found."}"#,
            "no hint across organizations"
        );
        assert_eq!(world.say("dr_other", &id, "Hello").await.status, 404);
    }
    let body = json!({ "patient_id": thread.patient, "custom_snippet": "x" });
    assert_eq!(world.post("dr_other", TEMPLATE, body).await.status, 404);
    let colleague = world.say("dr_jones", &thread.public_id, "Hello").await;
    assert_eq!(colleague.status, 403);
    assert_eq!(colleague.body["error"], "This conversation is assigned to Dr. Smith.");
}

#[tokio::test]
async fn query_parameters_out_of_bounds() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", PHONE).await;
    let one = format!("/providermessages/{}/", thread.public_id);
    let other = world.converse("dr_smith", "+2348012345679").await;
    let paths = [
        "/providermessages/?days=0".to_owned(),
        "/providermessages/?days=week".to_owned(),
        "/providermessages/?limit=0".to_owned(),
        "/providermessages/?limit=501".to_owned(),
        "/providermessages/?cursor=mine.0-1-1".to_owned(),
        "/providermessages/?cursor=%00".to_owned(),
        "/providermessages/organization-threads/?scope=theirs".to_owned(),
        "/providermessages/all-patients/?cursor=abc".to_owned(),
        "/providermessages/all-patients/?limit=-1".to_owned(),
        format!("{one}?limit=abc"),
        format!("{one}?after=abc"),
        "/providermessages/?all=yes".to_owned(),
        format!("{one}?after=-1"),
        format!("{one}?after={}", other.message_id),
        format!("{one}?cursor={}", other.message_id),
    ];
    let mut table = String::new();
    for path in paths {
        let answer = world.get("dr_smith", &path).await;
        let name = path.replace(&thread.public_id, "<id>").replace(&other.message_id.to_string(), "<foreign>");
        table += &format!("{name}: {}\n", answer.line());
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn a_dummy_number_reaches_no_channel() {
    let world = World::start().await;
    let body = json!({ "first_name": "No", "last_name": "Phone" });
    let first = world.post("dr_smith", CREATE, body.clone()).await.ok();
    let second = world.post("dr_smith", CREATE, body).await.ok();
    assert_ne!(first["phone_number"], second["phone_number"], "dummy numbers are distinct");
    assert!(first["phone_number"].as_str().unwrap().starts_with("+999"));
    let body = json!({ "patient_id": first["patient_id"], "custom_snippet": "Hello" });
    let sent = world.post("dr_smith", TEMPLATE, body).await.ok();
    world.drain().await;
    assert!(world.local_get("whatsapp/outbox").await.as_array().unwrap().is_empty());
    let messages = world.messages("dr_smith", sent["public_id"].as_str().unwrap()).await;
    assert_eq!(messages[0]["delivery"]["status"], "sent", "the sink took it");
}
