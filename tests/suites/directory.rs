//! Providers, subscriptions and templates, kept by other systems.

use serde_json::{Value, json};
use tests::World;

#[tokio::test]
async fn a_provider_writes_under_the_name_in_the_directory() {
    let world = World::start().await;
    let body = json!({ "organization_id": 21, "name": "Prof. Smith", "role": "doctor", "specialty": " Cardiology ", "phone": "+234 801 000 0000" });
    let answer = world.put("service", "/providers/9/", body).await.ok();
    let expected = json!({
        "id": 9, "organization_id": 21, "name": "Prof. Smith", "role": "doctor", "specialty": "Cardiology", "phone": "+2348010000000",
    });
    assert_eq!(answer, expected);
    let patient = world.patient("dr_smith", "+2348012345678").await;
    let body = json!({ "patient_id": patient, "custom_snippet": "Hello." });
    let preview = world.post("dr_smith", "/providermessages/preview-template-message/", body).await.ok();
    assert_eq!(preview["preview"]["doctor_name"], "Prof. Smith");
}

#[tokio::test]
async fn staff_answer_under_their_own_name() {
    let world = World::start().await;
    world.inbound("+2348012345678", "Hello?").await;
    let queue = world.get("staff_ama", "/providermessages/organization-threads/").await.ok();
    world.say("staff_ama", queue[0]["public_id"].as_str().unwrap(), "Hello").await.ok();
    let own = world.get("staff_ama", "/providermessages/").await.ok();
    assert_eq!((&own[0]["responder_provider_name"], &own[0]["responder_provider_id"]), (&json!("Ama"), &json!(102)));
}

#[tokio::test]
async fn a_subscription_begins_runs_and_ends() {
    let world = World::start().await;
    let patient = world.patient("dr_smith", "+2348012345678").await;
    let path = format!("/patients/{patient}/subscription/");
    let shown = async || {
        let all = world.get("dr_smith", "/providermessages/all-patients/").await.ok();
        let found = all.as_array().unwrap().iter().find(|entry| entry["patient_id"] == patient).unwrap().clone();
        (found["subscription_status"].clone(), found["subscription_id"].clone())
    };
    assert_eq!(shown().await, (Value::Null, Value::Null));
    for status in ["pending", "active"] {
        let body = json!({ "subscription_status": status, "subscription_id": "77" });
        let answer = world.put("service", &path, body).await.ok();
        assert_eq!(answer, json!({ "patient_id": patient, "subscription_status": status, "subscription_id": 77 }));
        assert_eq!(shown().await, (json!(status), json!(77)));
    }
    world.put("service", &path, json!({ "subscription_status": null })).await.ok();
    assert_eq!(shown().await, (Value::Null, Value::Null));
}

#[tokio::test]
async fn an_organization_has_a_template_of_its_own() {
    let world = World::start().await;
    let text = "Dear {{1}}, {{2}} asks: {{3}} Please answer here.";
    let own = json!({ "name": "clinic_check", "language": "en_GB", "body": text, "approved": true });
    world.put("service", "/organizations/21/template/", own.clone()).await.ok();
    let mut known = own.clone();
    known.as_object_mut().unwrap().remove("approved");
    world.local_post("whatsapp/templates", known).await;
    let thread = world.open("dr_smith", "+2348012345678").await;
    let sent = world.outbox(&thread.phone).await;
    assert_eq!(
        (&sent[0]["template"]["name"], &sent[0]["template"]["language"]["code"]),
        (&json!("clinic_check"), &json!("en_GB"))
    );
    let messages = world.messages("dr_smith", &thread.public_id).await;
    assert_eq!(
        messages[0]["message_value"],
        "Dear Test 2348012345678, Dr. Smith asks: How are you? Please answer here."
    );
    let mut draft = own;
    draft["approved"] = json!(false);
    world.put("service", "/organizations/21/template/", draft).await.ok();
    let body = json!({ "patient_id": thread.patient, "custom_snippet": "x" });
    let refused = world.post("dr_smith", "/providermessages/send-template-message/", body).await;
    assert_eq!((refused.status, &refused.body["error"]), (400, &json!("template_not_approved")));
}

#[tokio::test]
async fn a_template_that_meta_does_not_know_fails_and_alarms() {
    let world = World::start().await;
    let text = "Dear {{1}}, {{2}} asks: {{3}} Please answer.";
    let own = json!({ "name": "unknown_to_meta", "language": "en", "body": text, "approved": true });
    world.put("service", "/organizations/21/template/", own).await.ok();
    let thread = world.open("dr_smith", "+2348012345678").await;
    let messages = world.messages("dr_smith", &thread.public_id).await;
    let expected = json!({ "status": "failed", "error_code": 132_001, "reason": "content_refused" });
    assert_eq!(messages[0]["delivery"], expected);
    assert_eq!(world.count("TemplateRefused").await, 1);
}

#[tokio::test]
async fn refusals() {
    let world = World::start().await;
    let provider = |more: Value| ("/providers/9/".to_owned(), more);
    let template = |more: Value| ("/organizations/21/template/".to_owned(), more);
    let subscription = |more: Value| ("/patients/101/subscription/".to_owned(), more);
    let cases = [
        provider(json!({})),
        provider(json!({ "organization_id": 21 })),
        provider(json!({ "organization_id": 0, "name": "X" })),
        provider(json!({ "organization_id": 21, "name": "X", "role": "nurse" })),
        provider(json!({ "organization_id": 21, "name": "X", "phone": "12" })),
        provider(json!({ "organization_id": 21, "name": "X", "specialty": "x".repeat(101) })),
        ("/providers/abc/".to_owned(), json!({ "organization_id": 21, "name": "X" })),
        subscription(json!({ "subscription_status": "paused", "subscription_id": 1 })),
        subscription(json!({})),
        subscription(json!({ "status": "active", "id": 5 })),
        subscription(json!({ "subscription_status": "active" })),
        ("/patients/999999/subscription/".to_owned(), json!({ "subscription_status": null })),
        template(json!({})),
        template(json!({ "name": "Bad Name", "language": "en", "body": "x", "approved": true })),
        template(json!({ "name": "x", "language": "12", "body": "x", "approved": true })),
        template(json!({ "name": "x", "language": "en", "body": "Hi {{1}} {{2}} {{3}}", "approved": true })),
        template(json!({ "name": "x", "language": "en", "body": "Hi {{1}}, {{2}}: {{3}} ok" })),
    ];
    let mut table = String::new();
    for (path, body) in cases {
        table += &world.put("service", &path, body).await.line();
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}
