//! The orders of a visit, as `GET /api/actions?conversationId` answers.

use clinical::action::{self, Details, Detected};
use clinical::visit::{PatientFacts, Speaker, Utterance, Visit};
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let turns: Vec<(String, Option<Speaker>, &str)> = row
        .get("turns")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|turn| {
            let id = turn.get("turn_id").map(Value::to_string).unwrap_or_default();
            (id, speaker(super::text(turn, "speaker")), super::text(turn, "transcript"))
        })
        .collect();
    let utterances: Vec<Utterance<'_>> =
        turns.iter().map(|(id, speaker, text)| Utterance { id, speaker: *speaker, text }).collect();
    let detected = action::detect(&Visit::read(&utterances), &PatientFacts::default());
    json!({"actions": detected.iter().map(body).collect::<Vec<_>>()})
}

/// Who a transcript says that speaks.
pub(crate) fn speaker(name: &str) -> Option<Speaker> {
    match name.to_lowercase().as_str() {
        "doctor" | "clinician" | "nurse" => Some(Speaker::Clinician),
        "patient" => Some(Speaker::Patient),
        "family" | "guest_family" => Some(Speaker::Family),
        _ => None,
    }
}

/// One action as document 004 shows it.
pub(crate) fn body(detected: &Detected) -> Value {
    let mut details = details(&detected.details);
    if let (Some(reason), Some(members)) = (&detected.reason, details.as_object_mut()) {
        members.insert("reason".to_owned(), json!(reason.text));
    }
    let turns = detected.evidence.iter().map(|evidence| evidence.utterance.parse::<u64>().unwrap_or_default());
    json!({
        "type": detected.kind(),
        "category": detected.category,
        "confidence": detected.confidence(),
        "details": details,
        "warnings": detected.warnings.iter().map(|warning| &warning.text).collect::<Vec<_>>(),
        "provenance": turns.collect::<Vec<_>>(),
        "evidence": detected.evidence,
        "rule": detected.rule,
    })
}

fn details(details: &Details) -> Value {
    match details {
        Details::Medication(medication) => json!({"medication": {
            "name": medication.name,
            "dosage": medication.dosage,
            "amount": medication.amount.map(|amount| amount.count.most),
            "frequency": medication.frequency,
            "duration": medication.duration,
            "route": medication.route,
            "asNeeded": medication.as_needed,
            "rxnormCode": medication.rxnorm(),
        }}),
        Details::Test(test) => json!({"test": {
            "name": test.name,
            "category": test.test.category.documented(),
            "loincCode": test.test.loinc,
            "cptCode": test.test.cpt().map(|retired| retired.code),
            "when": test.when,
        }}),
        Details::Referral(referral) => json!({"referral": {"name": referral.name, "specialty": referral.specialty}}),
        Details::FollowUp(appointment) => json!({"followUp": {"description": appointment.description}}),
        Details::Vaccination(vaccination) => json!({"vaccine": {"name": vaccination.name}}),
        Details::Procedure(procedure) => json!({"procedure": {"name": procedure.name}}),
    }
}
