//! Document 000, first half, the directory and the WhatsApp webhook.

use serde_json::json;
use tests::patients::Opened;

use crate::access::Operation;

pub(super) fn operations(thread: &Opened) -> Vec<Operation> {
    let template = json!({ "patient_id": thread.patient, "custom_snippet": "x" });
    let subscription = json!({ "subscription_status": "active", "subscription_id": 1 });
    let provider = json!({ "organization_id": 21, "name": "Dr. New" });
    let member = json!({ "organization_id": 21, "name": "Ann", "role": "therapist" });
    let text = "Hi {{1}}, this is {{2}}. {{3}} Bye.";
    let own = json!({ "name": "check_in", "language": "en", "body": text, "approved": true });
    let entry = json!({ "first_name": "A", "last_name": "B", "phone_number": "+2348012340000" });
    let send = json!({ "public_id": thread.public_id, "message": "Hello" });
    let post = |name, path: &str, body| (name, "POST", path.to_owned(), Some(body));
    let get = |name, path: &str| (name, "GET", path.to_owned(), None);
    vec![
        post("create_patient", "/appointments/create-patient/", entry),
        get("all_patients", "/providermessages/all-patients/"),
        get("all_patients_alias", "/provider/all-patients/"),
        get("own_threads", "/providermessages/"),
        get("organization_threads", "/providermessages/organization-threads/"),
        get("one_thread", &format!("/providermessages/{}/", thread.public_id)),
        post("preview_template_message", "/providermessages/preview-template-message/", template.clone()),
        post("send_template_message", "/providermessages/send-template-message/", template),
        post("send_message", "/providermessages/send-message/", send),
        ("put_provider", "PUT", "/providers/77/".to_owned(), Some(provider)),
        ("put_subscription", "PUT", format!("/patients/{}/subscription/", thread.patient), Some(subscription)),
        ("put_template", "PUT", "/organizations/22/template/".to_owned(), Some(own)),
        ("put_section_member", "PUT", "/sections/9/members/5/".to_owned(), Some(member)),
        ("delete_section_member", "DELETE", "/sections/9/members/5/".to_owned(), None),
        get("verify_whatsapp_webhook", "/webhooks/whatsapp"),
        post("receive_whatsapp_webhook", "/webhooks/whatsapp", json!({})),
    ]
}
