//! The examples of document 000, first half, by the number of their contract item.

use serde_json::{Value, json};
use tests::{World, redacted};

const JOHN: &str = "+2348012345678";
const SNIPPET: &str = "I'd like to check how you're doing after yesterday's visit.";

async fn john(world: &World) -> Value {
    let body = json!({
        "phone_number": JOHN, "first_name": "John", "last_name": "Doe",
        "chronic_conditions": ["Hypertension", "Diabetes"], "notes": "Prefers evening appointments",
    });
    world.post("dr_smith", "/appointments/create-patient/", body).await.ok()
}

#[tokio::test]
async fn pm_1_1_create_patient() {
    let world = World::start().await;
    insta::assert_json_snapshot!(redacted(&john(&world).await), @r#"
    {
      "added_by_doctor_id": 9,
      "chronic_conditions": [
        "Hypertension",
        "Diabetes"
      ],
      "created": true,
      "first_name": "John",
      "last_name": "Doe",
      "organization_id": 21,
      "patient_id": "<patient_id>",
      "phone_number": "+2348012345678",
      "user_id": "<user_id>"
    }
    "#);
}

#[tokio::test]
async fn pm_1_1e_names_are_required() {
    let world = World::start().await;
    for body in [json!({}), json!({ "first_name": "John" }), json!({ "first_name": " ", "last_name": "Doe" })] {
        let answer = world.post("dr_smith", "/appointments/create-patient/", body).await;
        assert_eq!(answer.line(), r#"400 {"error":"first_name and last_name are required."}"#);
    }
}

#[tokio::test]
async fn pm_1_2_all_patients() {
    let world = World::start().await;
    let patient = john(&world).await;
    let path = format!("/patients/{}/subscription/", patient["patient_id"]);
    world.put("service", &path, json!({ "subscription_status": "active", "subscription_id": 456 })).await.ok();
    for path in ["/providermessages/all-patients/", "/provider/all-patients/"] {
        let all = world.get("dr_smith", path).await.ok();
        let john = all.as_array().unwrap().iter().find(|entry| entry["patient_id"] == patient["patient_id"]).unwrap();
        insta::allow_duplicates! {
            insta::assert_json_snapshot!(redacted(john), @r#"
            {
              "patient_id": "<patient_id>",
              "patient_name": "John Doe",
              "patient_phone": "+2348012345678",
              "subscription_id": 456,
              "subscription_status": "active"
            }
            "#);
        }
        let peter = all.as_array().unwrap().iter().find(|entry| entry["patient_id"] == 102).unwrap();
        assert_eq!((&peter["subscription_status"], &peter["subscription_id"]), (&Value::Null, &Value::Null));
    }
}

#[tokio::test]
async fn pm_3_1_preview() {
    let world = World::start().await;
    let patient = john(&world).await["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": SNIPPET });
    let answer = world.post("dr_smith", "/providermessages/preview-template-message/", body).await.ok();
    assert_eq!(
        answer,
        json!({
            "success": true,
            "preview": {
                "message": "Hi John Doe, this is Dr. Smith. I'd like to check how you're doing after yesterday's visit. \
                            If you have any questions, you can respond to this message. Thank you!",
                "template_used": "doctor_check_in",
                "patient_name": "John Doe",
                "doctor_name": "Dr. Smith",
                "recipient_phone": JOHN,
            }
        })
    );
    assert!(world.outbox(JOHN).await.is_empty(), "a preview sends nothing");
}

#[tokio::test]
async fn pm_3_2_send_template() {
    let world = World::start().await;
    let patient = john(&world).await["patient_id"].clone();
    let body = json!({ "patient_id": patient, "custom_snippet": SNIPPET });
    let send = || world.post("dr_smith", "/providermessages/send-template-message/", body.clone());
    insta::assert_json_snapshot!(redacted(&send().await.ok()), @r#"
    {
      "conversation_type": "new",
      "delivery": {
        "status": "queued"
      },
      "message": "Template message sent successfully",
      "message_id": "<message_id>",
      "public_id": "<public_id>",
      "success": true,
      "template_used": "doctor_check_in",
      "thread_id": "<thread_id>"
    }
    "#);
    assert_eq!(send().await.ok()["conversation_type"], "existing");
    world.drain().await;
    let sent = world.outbox(JOHN).await;
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0]["template"]["name"], "doctor_check_in");
    assert_eq!(sent[0]["template"]["components"][0]["parameters"][2]["text"], SNIPPET);
}

#[tokio::test]
async fn pm_3_3_send_text_and_document() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", JOHN).await;
    let text = "Please take another reading tomorrow morning and update me here.";
    let answer = world.say("dr_smith", &thread.public_id, text).await.ok();
    assert_eq!((&answer["success"], &answer["message"]), (&json!(true), &json!("Message sent successfully")));
    let document = json!({
        "public_id": thread.public_id,
        "message": "Here is your updated prescription.",
        "media_url": "https://cdn.prestigehealth.app/uploads/prescription-123.pdf",
        "media_type": "document",
        "media_filename": "prescription-123.pdf",
        "media_mime_type": "application/pdf",
    });
    let answer = world.post("dr_smith", "/providermessages/send-message/", document).await.ok();
    insta::assert_json_snapshot!(redacted(&answer), @r#"
    {
      "conversation_type": "existing",
      "delivery": {
        "status": "queued"
      },
      "media_type": "document",
      "media_type_display": "Document",
      "media_url": "https://cdn.prestigehealth.app/uploads/prescription-123.pdf",
      "message": "Message sent successfully",
      "message_id": "<message_id>",
      "public_id": "<public_id>",
      "success": true,
      "thread_id": "<thread_id>"
    }
    "#);
    assert_eq!(answer["public_id"], thread.public_id.as_str());
    assert_eq!(answer["thread_id"], thread.thread_id);
    world.drain().await;
    let sent = world.outbox(JOHN).await;
    assert_eq!(sent[1]["text"]["body"], text);
    assert_eq!(sent[2]["document"]["filename"], "prescription-123.pdf");
    assert_eq!(sent[2]["document"]["caption"], "Here is your updated prescription.");
}

#[tokio::test]
async fn pm_2_1_a_thread_with_its_messages() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", JOHN).await;
    let list = world.get("dr_smith", "/providermessages/").await.ok();
    insta::assert_json_snapshot!(redacted(&list), @r#"
    [
      {
        "created": "<created>",
        "id": "<id>",
        "messages": [
          {
            "created": "<created>",
            "delivery": {
              "status": "read"
            },
            "from_doctor": true,
            "media_type": null,
            "media_url": null,
            "message_id": "<message_id>",
            "message_value": "Hi Test 2348012345678, this is Dr. Smith. How are you? If you have any questions, you can respond to this message. Thank you!",
            "role": "assistant"
          },
          {
            "created": "<created>",
            "from_doctor": false,
            "media_type": null,
            "media_url": null,
            "message_id": "<message_id>",
            "message_value": "Fine, thank you.",
            "role": "user"
          }
        ],
        "patient": "<patient>",
        "patient_name": "Test 2348012345678",
        "public_id": "<public_id>",
        "responder_provider_id": 9,
        "responder_provider_name": "Dr. Smith",
        "updated": "<updated>"
      }
    ]
    "#);
    let found = &list[0];
    assert_eq!((&found["id"], &found["public_id"]), (&json!(thread.thread_id), &json!(thread.public_id)));
    assert!(found["messages"][0]["message_id"].is_u64() && found["patient"].is_u64());
    let is_spelled = |at: &Value| at.as_str().is_some_and(|at| at.len() == 20 && at.ends_with('Z'));
    assert!(is_spelled(&found["created"]) && is_spelled(&found["messages"][1]["created"]));
}

#[tokio::test]
async fn pm_2_3_one_thread_by_either_id() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", JOHN).await;
    let by_public_id = world.get("dr_smith", &format!("/providermessages/{}/", thread.public_id)).await.ok();
    let by_number = world.get("dr_smith", &format!("/providermessages/{}/", thread.thread_id)).await.ok();
    assert_eq!(by_public_id, by_number);
    assert_eq!(by_public_id["messages"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn pm_4_all_five_modes() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", JOHN).await;
    for kind in ["image", "video", "audio", "document"] {
        let body = json!({
            "public_id": thread.public_id, "message": format!("the {kind}"),
            "media_url": format!("https://cdn.prestigehealth.app/uploads/{kind}"), "media_type": kind,
        });
        let answer = world.post("dr_smith", "/providermessages/send-message/", body).await.ok();
        assert_eq!(answer["media_type"], kind);
    }
    world.say("dr_smith", &thread.public_id, "the text").await.ok();
    world.drain().await;
    let kinds: Vec<String> =
        world.outbox(JOHN).await[1..].iter().map(|sent| sent["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["image", "video", "audio", "text", "document", "text"], "audio is followed by its text");
}
