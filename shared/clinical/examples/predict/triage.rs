//! The body of the symptom assessment for one message.

use clinical::danger;
use clinical::stated::Status;
use clinical::triage::{self, By, Case, Completion, Risk, Turn};
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let text = super::text(row, "text");
    let dangers = danger::scan(text);
    let turns = [Turn { by: By::Patient, text, dangers: &dangers }];
    let assessment =
        triage::assess(&Case { turns: &turns, known: triage::PatientFacts::default(), record: "", previous: None });
    let status = |completion| if completion == Completion::Decided { "completed" } else { "in_progress" };
    let coding = json!([{
        "system": Risk::SYSTEM,
        "code": assessment.risk.code(),
        "display": assessment.risk.display(),
    }]);
    let symptoms = assessment.findings.iter().filter(|statement| statement.status == Status::Present);
    let symptoms: Vec<_> =
        symptoms.map(|statement| json!({"name": statement.finding.name(assessment.language)})).collect();
    json!({
        "reply": assessment.reply,
        "completionStatus": status(assessment.completion),
        "resources": {"RiskAssessment": {
            "resourceType": "RiskAssessment",
            "status": if assessment.completion == Completion::Decided { "final" } else { "preliminary" },
            "prediction": [{"qualitativeRisk": {"coding": coding, "text": assessment.risk.likelihood()}}],
        }},
        "symptoms": symptoms,
        "assessment": assessment,
    })
}
