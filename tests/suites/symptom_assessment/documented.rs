//! The examples of document 003.

use serde_json::{Value, json};
use tests::Answer;

use super::{BOT, Clinic};

/// TR-post, TR-ra, TR-ex: the initial conversation, as the document has it.
#[tokio::test]
async fn initial_conversation() {
    let clinic = Clinic::start().await;
    let body = r#"{
    "message": "I have severe chest pain and shortness of breath",
    "patientId": "patient-123"
  }"#;
    let request = clinic.world.request("patient_123", "POST", BOT).header("content-type", "application/json");
    let answer = Answer::of(request.body(body)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert!(answer.header("x-correlation-id").starts_with("req_"));
    let answer = answer.body;
    let reply = answer["reply"].as_str().unwrap();
    for said in ["chest pain", "shortness of breath", "These symptoms require immediate attention.", "getting worse?"] {
        assert!(reply.contains(said), "{said}: {reply}");
    }
    assert!(answer["threadId"].as_str().unwrap().starts_with("thread_"));
    assert!(answer["sessionId"].as_str().unwrap().starts_with("session-"));
    assert_eq!((&answer["patientId"], &answer["completionStatus"]), (&json!("patient-123"), &json!("completed")));
    let resources = answer["resources"].as_object().unwrap();
    assert_eq!(resources.keys().collect::<Vec<_>>(), ["RiskAssessment"], "no Observation on the first turn");
    let mut risk = resources["RiskAssessment"].clone();
    assert!(risk["id"].as_str().unwrap().starts_with("risk-"));
    let documented = json!({
        "resourceType": "RiskAssessment",
        "id": risk["id"],
        "status": "final",
        "subject": { "reference": "Patient/patient-123" },
        "prediction": [{
            "outcome": { "text": "High risk - requires immediate medical attention" },
            "qualitativeRisk": {
                "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/risk-probability",
                    "code": "high",
                    "display": "High Risk"
                }]
            }
        }]
    });
    assert!(contains(&risk, &documented), "{risk:#}");
    let coding = risk["prediction"][0]["qualitativeRisk"]["coding"].take();
    assert_eq!(coding.as_array().unwrap().len(), 1, "the documented coding and no other");
    let flag = &answer["assessment"]["redFlags"][0];
    assert_eq!(flag["rule"], "chest_pain.heart_attack");
    assert_eq!(answer["assessment"]["level"], "emergency_now");
    assert_eq!(answer["assessment"]["isComplete"], true);
}

/// Whether a value has everything that the other has.
fn contains(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Object(value), Value::Object(part)) => {
            part.iter().all(|(name, part)| value.get(name).is_some_and(|value| contains(value, part)))
        }
        (Value::Array(value), Value::Array(part)) => {
            value.len() == part.len() && value.iter().zip(part).all(|(value, part)| contains(value, part))
        }
        _ => value == part,
    }
}

/// TR-post: the follow-up message keeps the thread.
#[tokio::test]
async fn follow_up_message() {
    let clinic = Clinic::start().await;
    let first = clinic.tells("I have severe chest pain and shortness of breath").await;
    let body = json!({
        "message": "The pain started 30 minutes ago and it's getting worse",
        "patientId": "patient-123",
        "threadId": first["threadId"],
    });
    let second = clinic.asks(body).await.ok();
    assert_eq!(second["threadId"], first["threadId"]);
    assert_eq!(second["assessment"]["level"], "emergency_now", "a level does not fall");
    assert_ne!(second["resources"]["RiskAssessment"]["id"], first["resources"]["RiskAssessment"]["id"]);
}

/// TR-obs: a symptom of a turn that is no emergency comes as the documented Observation.
#[tokio::test]
async fn an_observation_has_the_documented_shape() {
    let clinic = Clinic::start().await;
    let answer = clinic.tells("I have had a mild headache since yesterday").await;
    let observation = &answer["resources"]["Observation"];
    let documented = json!({
        "resourceType": "Observation",
        "id": observation["id"],
        "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "75325-1", "display": "Symptom" }] },
        "subject": { "reference": "Patient/patient-123" },
        "valueString": "headache"
    });
    assert!(contains(observation, &documented), "{observation:#}");
}

/// TR-get: open to everybody, also with a slash behind.
#[tokio::test]
async fn health_check() {
    let clinic = Clinic::start().await;
    for path in [BOT.to_owned(), format!("{BOT}/")] {
        let answer = Answer::of(clinic.world.anonymous("GET", &path)).await;
        assert_eq!(answer.line(), r#"200 {"status":"healthy","version":"1.0.0"}"#);
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

/// TR-hdr: the session that a client names is the one that is answered; without one each request has its own.
#[tokio::test]
async fn sessions() {
    let clinic = Clinic::start().await;
    let body = json!({ "message": "I have a cough", "patientId": "patient-123" });
    let named = clinic.world.request("patient_123", "POST", BOT).header("x-session-id", "session-456").json(&body);
    assert_eq!(Answer::of(named).await.ok()["sessionId"], "session-456");
    let (one, other) = (clinic.tells("I have a cough").await, clinic.tells("I have a cough").await);
    assert_ne!(one["sessionId"], other["sessionId"]);
    assert_ne!(one["threadId"], other["threadId"]);
}
