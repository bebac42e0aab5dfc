//! With a model: it may open the reply and raise the level. It never lowers one, and never writes a resource.

use local::stack::{Assistant, Options};
use serde_json::{Value, json};
use tests::World;

use super::Clinic;

async fn with_model(next: Value) -> Clinic {
    let options = Options { rate_limit: Some(0), assistant: Assistant::Simulated, ..Options::default() };
    let clinic = Clinic { world: World::with(options).await };
    script(&clinic, next).await;
    clinic
}

async fn script(clinic: &Clinic, next: Value) {
    clinic.world.local_post("model/script", json!({ "next": next })).await;
}

async fn requests(clinic: &Clinic) -> Vec<Value> {
    clinic.world.local_get("model/requests").await.as_array().unwrap().clone()
}

#[tokio::test]
async fn it_opens_the_reply_and_changes_nothing_else() {
    let clinic = with_model(json!([])).await;
    script(&clinic, json!([{ "status": 401, "code": "invalid_api_key" }])).await;
    let by_rules = clinic.tells("I have a headache").await;
    script(&clinic, json!([{ "reply": "I am sorry that your head hurts." }])).await;
    let by_model = clinic.tells("I have a headache").await;
    let reply = by_model["reply"].as_str().unwrap();
    assert!(reply.starts_with("I am sorry that your head hurts. "), "{reply}");
    let question = by_rules["reply"].as_str().unwrap().rsplit(". ").next().unwrap();
    assert!(reply.ends_with(question), "{reply}");
    assert_eq!(by_model["assessment"], by_rules["assessment"]);
    let request = requests(&clinic).await.pop().unwrap();
    assert_eq!((&request["tools"], &request["response_format"]["type"]), (&Value::Null, &json!("json_schema")));
    assert!(!request.to_string().contains("patient-123"), "a model is not told who the patient is");
    // What it said is said again to the next turn's rules as what was asked.
    let yes = clinic.goes_on(&by_model["threadId"], "yes").await;
    assert_eq!(yes["assessment"]["change"]["reason"], "rose");
}

#[tokio::test]
async fn its_worry_raises_the_level_and_alarms() {
    let clinic = with_model(json!([{ "reply": "I am sorry.", "concern": "emergency" }])).await;
    let answer = clinic.tells("I have a runny nose").await;
    let assessment = &answer["assessment"];
    assert_eq!(
        (&assessment["level"], &assessment["change"]["reason"]),
        (&json!("emergency_now"), &json!("raised_by_model"))
    );
    let risk = &answer["resources"]["RiskAssessment"];
    assert_eq!(risk["prediction"][0]["qualitativeRisk"]["coding"][0]["code"], "high");
    assert!(!answer["reply"].as_str().unwrap().contains("sorry"), "an emergency is told in the rules' words");
    assert_eq!(clinic.alerts(&answer["threadId"]).await.len(), 1);
    let later = clinic.goes_on(&answer["threadId"], "And I sneeze").await;
    assert_eq!(later["assessment"]["level"], "emergency_now", "and it does not fall by itself");
}

#[tokio::test]
async fn it_is_not_waited_for_in_an_emergency_and_cannot_lower_one() {
    let clinic = with_model(json!([{ "reply": "It is nothing.", "concern": "none" }])).await;
    let answer = clinic.tells("I have severe chest pain and shortness of breath").await;
    assert_eq!(answer["assessment"]["level"], "emergency_now");
    assert!(requests(&clinic).await.is_empty());
}

/// Whatever else it gives, the rules' text is the reply.
#[tokio::test]
async fn what_is_not_fit_to_be_said_is_not_said() {
    let clinic = with_model(json!([])).await;
    script(&clinic, json!([{ "status": 401, "code": "invalid_api_key" }])).await;
    let by_rules = clinic.tells("I have a headache").await["reply"].clone();
    let invalid = json!({ "content": "I am only a model." });
    let lowering = json!({ "content": r#"{"reply":"Rest.","concern":"none","level":"self_care"}"# });
    for next in [
        json!([{ "reply": "Don't worry, this is harmless." }]),
        json!([{ "reply": "Take 400 mg of ibuprofen." }]),
        json!([{ "reply": "How old are you?" }]),
        json!([{ "reply": "See https://evil.example/cure" }]),
        json!([{ "reply": "x".repeat(2_000) }]),
        json!([invalid, invalid]),
        json!([lowering, lowering]),
        json!([{ "html": true }, { "html": true }]),
        json!([{ "refusal": true }]),
        json!([{ "status": 503 }, { "status": 503 }, { "status": 503 }]),
    ] {
        script(&clinic, next.clone()).await;
        let answer = clinic.tells("I have a headache").await;
        assert_eq!(answer["reply"], by_rules, "{next}");
        assert_eq!(answer["completionStatus"], "in_progress", "{next}");
    }
}
