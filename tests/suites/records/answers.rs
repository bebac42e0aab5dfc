//! How the care team answers patients who read in an app.

use serde_json::json;
use tests::{Answer, World};

use super::Record;

impl Record {
    async fn doctor_sends(&self, message: &str) -> Answer {
        let body = json!({ "public_id": self.id, "message": message });
        self.world.post("dr_smith", "/providermessages/send-message/", body).await
    }
}

async fn take(record: &Record) {
    let switch = json!({ "responder": "doctor", "provider_id": 9 });
    let path = format!("/patient-threads/{}/switch-responder/", record.id);
    record.world.post("dr_smith", &path, switch).await.ok();
}

/// Document 002's conversations are threads: the care team finds them in its queue, and answers there, however long ago the
/// patient wrote. Nothing is delivered: the message is there.
#[tokio::test]
async fn the_care_team_answers_in_its_own_surfaces() {
    let record = Record::start().await;
    record.writes("user", "My knee hurts").await;
    record.world.advance("25h").await;
    let queue = record.world.get("dr_smith", "/providermessages/organization-threads/").await.ok();
    assert_eq!(queue[0]["public_id"], json!(record.id));
    let sent = record.doctor_sends("Since when?").await.ok();
    assert_eq!((&sent["success"], &sent["delivery"]), (&json!(true), &json!({ "status": "in_app" })));
    let path = format!("/patient-threads/{}/send-message/", record.id);
    let body = json!({ "message": "Please rest it." });
    let second = record.world.post_once("dr_smith", &path, ("k", &body)).await.ok();
    assert_eq!((&second["status"], &second["delivery_status"]), (&json!("Message sent"), &json!("in_app")));
    let again = record.world.post_once("dr_smith", &path, ("k", &body)).await.ok();
    assert_eq!(again, second);
    record.world.drain().await;
    let shown = record.all("patient_123").await;
    let shown: Vec<_> = shown.as_array().unwrap().iter().map(|one| [&one["message_type"], &one["content"]]).collect();
    let expected = [["user", "My knee hurts"], ["assistant", "Since when?"], ["assistant", "Please rest it."]];
    assert_eq!(json!(shown), json!(expected));
    let thread = record.world.get("dr_smith", &format!("/providermessages/{}/", record.id)).await.ok();
    let deliveries: Vec<_> = thread["messages"].as_array().unwrap().iter().map(|one| &one["delivery"]).collect();
    assert_eq!(json!(deliveries), json!([null, null, null]), "there is nothing to deliver");
    assert_eq!(record.world.local_get("whatsapp/outbox").await, json!([]));
}

#[tokio::test]
async fn only_whoever_has_it_answers() {
    let record = Record::start().await;
    record.doctor_sends("Hello").await.ok();
    let body = json!({ "public_id": record.id, "message": "Me too" });
    let colleague = record.world.post("dr_jones", "/providermessages/send-message/", body.clone()).await;
    assert_eq!(
        (colleague.status, record.world.post("dr_other", "/providermessages/send-message/", body).await.status),
        (403, 404)
    );
}

/// The app shows texts, and a template is WhatsApp's.
#[tokio::test]
async fn neither_media_nor_a_template_goes_where_it_would_go_nowhere() {
    let record = Record::start().await;
    take(&record).await;
    let upload = record.world.upload("dr_smith", "plan.pdf", b"%PDF-1.7 Care plan".to_vec()).await.ok();
    let media = json!({ "public_id": record.id, "media_url": upload["s3_url"], "media_type": "document" });
    let refused = record.world.post("dr_smith", "/providermessages/send-message/", media).await;
    assert_eq!((refused.status, &refused.body["error"]), (400, &json!("media_not_supported")));
    let patient =
        record.world.get("dr_smith", &format!("/patient-threads/{}/", record.id)).await.ok()["patient_id"].clone();
    let template = json!({ "patient_id": patient, "custom_snippet": "How are you?" });
    let sent = record.world.post("dr_smith", "/providermessages/send-template-message/", template).await.ok();
    assert_eq!(sent["conversation_type"], "new");
    assert_ne!(sent["public_id"], json!(record.id));
    assert_eq!(record.all("patient_123").await, json!([]));
}

/// Answering in the app leaves alone what goes by WhatsApp.
#[tokio::test]
async fn templates_go_on_to_where_they_went() {
    let world = World::start().await;
    let thread = world.converse("dr_smith", "+2348012345678").await;
    let claims = json!({ "sub": "p", "role": "patient", "organization_id": 21, "patient_id": thread.patient });
    let token = super::accounts::token(&world, claims).await;
    let id = super::accounts::begin(&world, &token).await;
    let body = json!({ "public_id": id, "message": "Hello" });
    let sent = world.post("dr_smith", "/providermessages/send-message/", body).await.ok();
    assert_eq!(sent["delivery"]["status"], "in_app");
    let template = json!({ "patient_id": thread.patient, "custom_snippet": "How are you?" });
    let sent = world.post("dr_smith", "/providermessages/send-template-message/", template).await.ok();
    assert_eq!(sent["public_id"], json!(thread.public_id), "WhatsApp's thread stays the one that templates go to");
}
