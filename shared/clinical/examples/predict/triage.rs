//! The body of the symptom assessment for one message.

use clinical::danger;
use clinical::stated::{self, StatedSymptom, Status};
use clinical::text::Text;
use clinical::triage::{self, By, Case, PatientFacts, Risk, Turn};
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let text = super::text(row, "text");
    let dangers = danger::scan(text);
    let turns = [Turn { by: By::Patient, text, dangers: &dangers }];
    let assessment =
        triage::assess(&Case { turns: &turns, known: PatientFacts::default(), record: "", previous: None });
    let coding = json!([{
        "system": Risk::SYSTEM,
        "code": assessment.risk.code(),
        "display": assessment.risk.display(),
    }]);
    // A record gets the findings of triage; readers get every symptom by all its names.
    let symptoms = stated::symptoms(&Text::read(text));
    let present = symptoms.iter().filter(|symptom| symptom.status == Status::Present).flat_map(StatedSymptom::names);
    json!({
        "reply": assessment.reply,
        "completionStatus": assessment.completion.status(),
        "resources": {"RiskAssessment": {
            "resourceType": "RiskAssessment",
            "status": assessment.completion.risk_status(),
            "prediction": [{
                "outcome": {"text": assessment.outcome},
                "qualitativeRisk": {"coding": coding, "text": assessment.risk.likelihood()},
                "rationale": assessment.rationale.join(" "),
            }],
        }},
        "symptoms": present.map(|name| json!({"name": name})).collect::<Vec<_>>(),
        "assessment": assessment,
    })
}
