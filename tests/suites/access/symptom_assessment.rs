//! Document 003.

use serde_json::json;
use tests::World;

use crate::access::Operation;

pub(super) async fn operations(world: &World) -> Vec<Operation> {
    let bot = "/api/symptomAssessmentBot";
    let body = json!({ "message": "I have a cough", "patientId": "patient-123" });
    let assessed = world.post("patient_123", bot, body.clone()).await.ok();
    vec![
        ("symptom_assessment_health", "GET", bot.to_owned(), None),
        ("assess_symptoms", "POST", bot.to_owned(), Some(body)),
        ("symptom_record", "GET", format!("{bot}/threads/{}", assessed["threadId"].as_str().unwrap()), None),
    ]
}
