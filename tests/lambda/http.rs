//! HTTP functions: what API Gateway sends (payload format 2.0), and what it is answered.

use serde_json::{Value, json};

use crate::child::Function;
use crate::deployed::Deployed;
use crate::events::event;

/// An answer as API Gateway reads it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u64,
    pub(crate) headers: Value,
    pub(crate) text: String,
}

impl Answer {
    /// What a function answers to an event; the invocation itself must succeed.
    pub(crate) async fn to(function: &Function, event: &Value) -> Self {
        let reply = function.invoke(event).await;
        assert!(reply.ok, "{reply:?}\n{}", function.output());
        let body = &reply.body;
        assert_eq!(body["isBase64Encoded"], false, "every body of ours is text: {body}");
        Self {
            status: body["statusCode"].as_u64().expect("a status"),
            headers: body["headers"].clone(),
            text: body["body"].as_str().unwrap_or_default().to_owned(),
        }
    }

    /// The body of a success.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        assert_eq!(self.headers["content-type"], "application/json");
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// Status and body of a refusal.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.status, self.text)
    }
}

/// Nothing of a caller or a patient may stand in a log: no token, no name, no number, no text.
#[track_caller]
pub(crate) fn assert_discreet(function: &Function) {
    let output = function.output();
    for private in ["eyJ", "Example", "15550100", "Hello", "visit", "evening", "app-secret", "verify-token"] {
        assert!(!output.contains(private), "{private} in the log:\n{output}");
    }
}

#[tokio::test]
async fn patients() {
    let deployed = Deployed::new().await;
    let function = deployed.start("patients").await;
    let create = deployed.event("patients/create-patient", "dr_smith");
    let answer = Answer::to(&function, &create).await;
    assert_eq!(answer.headers["x-correlation-id"], "event-create-patient");
    let mut patient = answer.json();
    let mut listed = json!({
        "patient_id": patient["patient_id"], "patient_name": "Example Patient", "patient_phone": "+15550100101",
        "subscription_status": null, "subscription_id": null,
    });
    for id in ["patient_id", "user_id"] {
        assert!(patient[id].take().as_u64().is_some(), "{id}");
    }
    let expected = json!({
        "patient_id": null, "user_id": null, "phone_number": "+15550100101", "first_name": "Example",
        "last_name": "Patient", "chronic_conditions": ["Hypertension"], "organization_id": 21,
        "added_by_doctor_id": 9, "created": true,
    });
    assert_eq!(patient, expected);
    let again = Answer::to(&function, &create).await.json();
    assert_eq!((&again["created"], &again["patient_id"]), (&json!(false), &listed["patient_id"]));
    let all = Answer::to(&function, &deployed.event("patients/all-patients", "dr_smith")).await;
    assert!(all.headers["x-correlation-id"].as_str().expect("an id").starts_with("req_"));
    let found = all.json().as_array_mut().expect("a list").iter_mut().find(|entry| **entry == listed).map(Value::take);
    assert_eq!(found, Some(listed.take()));
    let mut conditional = deployed.event("patients/all-patients", "dr_smith");
    conditional["headers"]["if-none-match"] = all.headers["etag"].clone();
    let unchanged = Answer::to(&function, &conditional).await;
    assert_eq!((unchanged.line().as_str(), &unchanged.headers["etag"]), ("304 ", &all.headers["etag"]));
    assert_discreet(&function);
}

#[tokio::test]
async fn one_environment_serves_many_requests() {
    let deployed = Deployed::new().await;
    let function = deployed.start("provider-messages").await;
    let anonymous = Answer::to(&function, &event("provider-messages/send-message-without-token")).await;
    let text = "Authentication credentials were not provided.";
    assert_eq!(anonymous.line(), format!("401 {}", json!({ "error": text, "detail": text })));
    assert_eq!(anonymous.headers["www-authenticate"], "Bearer");
    let refused = deployed.event("provider-messages/send-message-without-text", "dr_smith");
    let text = "message is required unless media_url is provided.";
    let line = format!("400 {}", json!({ "error": text, "detail": text }));
    assert_eq!(Answer::to(&function, &refused).await.line(), line);
    let opened = deployed.world.open("dr_smith", "+15550100103").await;
    let list = deployed.event("provider-messages/list-threads", "dr_smith");
    let answer = Answer::to(&function, &list).await;
    assert_eq!(answer.headers["x-correlation-id"], "event-list-threads");
    assert_eq!(answer.json()[0]["public_id"], opened.public_id);
    assert_discreet(&function);
}

#[tokio::test]
async fn a_stage_is_no_part_of_the_path() {
    let deployed = Deployed::new().await;
    deployed.world.open("dr_smith", "+15550100103").await;
    let function = deployed.start("provider-messages").await;
    let plain = Answer::to(&function, &deployed.event("provider-messages/list-threads", "dr_smith")).await.json();
    assert_eq!(plain.as_array().map(Vec::len), Some(1));
    for name in ["list-threads-stage-in-path", "list-threads-stage-not-in-path"] {
        let event = deployed.event(&format!("provider-messages/{name}"), "dr_smith");
        assert_eq!(Answer::to(&function, &event).await.json(), plain, "{name}");
    }
}

#[tokio::test]
async fn a_body_in_base64_is_decoded() {
    let deployed = Deployed::new().await;
    let function = deployed.start("provider-messages").await;
    let mut event = deployed.event("provider-messages/preview-base64-body", "dr_smith");
    let preview = Answer::to(&function, &event).await.json()["preview"].take();
    assert_eq!(preview["patient_name"], "Grace Demo");
    let message = preview["message"].as_str().expect("a text");
    assert!(message.contains("How are you after yesterday's visit?"), "{message}");
    // Not base64, and no event of API Gateway 2.0 at all: such an invocation fails, and the environment goes on.
    event["body"] = json!("Hello, Example");
    for broken in [event, json!({ "httpMethod": "POST", "path": "/providermessages/", "body": "Hello, Example" })] {
        let reply = function.invoke(&broken).await;
        assert!(!reply.ok && reply.body["errorType"].is_string(), "{reply:?}");
        let list = deployed.event("provider-messages/list-threads", "dr_smith");
        assert_eq!(Answer::to(&function, &list).await.json(), json!([]));
    }
    assert_discreet(&function);
}

#[tokio::test]
async fn directory() {
    let deployed = Deployed::new().await;
    let function = deployed.start("directory").await;
    let answer = Answer::to(&function, &deployed.event("directory/put-provider", "service")).await;
    let expected = json!({
        "id": 12, "organization_id": 21, "name": "Dr. Example", "role": "doctor", "specialty": "General Practice",
        "phone": "+15550100112",
    });
    assert_eq!(answer.json(), expected);
    let refused = Answer::to(&function, &deployed.event("directory/put-provider", "dr_smith")).await;
    let text = "You do not have permission to perform this action.";
    assert_eq!(refused.line(), format!("403 {}", json!({ "error": text, "detail": text })));
    assert_discreet(&function);
}

#[tokio::test]
async fn patient_threads() {
    let deployed = Deployed::new().await;
    let function = deployed.start("patient-threads").await;
    let opened = deployed.world.converse("dr_smith", "+15550100104").await;
    let list = Answer::to(&function, &deployed.event("patient-threads/list-threads", "dr_smith")).await;
    assert_eq!(list.headers["x-correlation-id"], "event-list-patient-threads");
    let list = list.json();
    assert_eq!((&list["doctor"]["id"], &list["threads"][0]["public_id"]), (&json!(9), &json!(opened.public_id)));
    let switch = deployed.event("patient-threads/switch-without-provider", "dr_smith");
    let refused = Answer::to(&function, &switch).await;
    assert!(refused.line().starts_with("400 ") && refused.text.contains("doctor_assignment_required"), "{refused:?}");
    assert_discreet(&function);
}

#[tokio::test]
async fn webhooks() {
    let deployed = Deployed::new().await;
    let function = deployed.start("webhooks").await;
    let made = Answer::to(&function, &deployed.event("webhooks/create-webhook", "service")).await;
    assert_eq!(made.json()["data"]["status"], "enabled");
    let private = Answer::to(&function, &deployed.event("webhooks/create-webhook-in-private", "service")).await;
    assert!(private.line().starts_with("400 ") && private.line().contains("VALIDATION_ERROR"), "{private:?}");
    assert_discreet(&function);
}

#[tokio::test]
async fn whatsapp_webhook() {
    let deployed = Deployed::new().await;
    let function = deployed.start("whatsapp-webhook").await;
    let mut verify = event("whatsapp-webhook/verify");
    let answer = Answer::to(&function, &verify).await;
    assert_eq!(answer.line(), "200 1158201444");
    assert!(answer.headers["content-type"].as_str().expect("a type").starts_with("text/plain"));
    let query = verify["rawQueryString"].as_str().expect("a query").replace("verify-token", "wrong-token");
    verify["rawQueryString"] = query.into();
    assert_eq!(Answer::to(&function, &verify).await.status, 403);

    let mut message = event("whatsapp-webhook/message");
    let body = message["body"].as_str().expect("a body").to_owned();
    message["body"] = body.replace("Hello", "Hullo").into();
    assert_eq!(Answer::to(&function, &message).await.status, 403, "another body than the signed one");
    message["body"] = body.into();
    // The second time it is known, and still answered as Meta wants it.
    for _ in 0..2 {
        assert_eq!(Answer::to(&function, &message).await.line(), "200 EVENT_RECEIVED");
    }
    let threads = deployed.world.get("dr_smith", "/providermessages/organization-threads/?days=3650").await.ok();
    let thread = threads.as_array().expect("a list").iter().find(|thread| thread["patient_name"] == "Example Café");
    let messages = thread.expect("the patient's thread")["messages"].as_array().expect("messages");
    let texts: Vec<_> = messages.iter().map(|message| &message["message_value"]).collect();
    assert_eq!(texts, ["Hello, may I ask something?"]);
    assert_discreet(&function);
}

#[tokio::test]
async fn unmatched_routes() {
    let deployed = Deployed::new().await;
    let function = deployed.start("unmatched-routes").await;
    let unknown = Answer::to(&function, &deployed.event("unmatched-routes/unknown-path", "dr_smith")).await;
    assert_eq!(unknown.line(), format!("404 {}", json!({ "error": "Not found.", "detail": "Not found." })));
    let method = Answer::to(&function, &deployed.event("unmatched-routes/wrong-method", "dr_smith")).await;
    let text = "Method not allowed.";
    assert_eq!(method.line(), format!("405 {}", json!({ "error": text, "detail": text })));
    assert_eq!(method.headers["allow"], "POST");
    assert_discreet(&function);
}
