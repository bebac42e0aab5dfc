//! The note of a visit, as `POST /api/summaries/generate` answers.

use clinical::action;
use clinical::summary::{self, Sentence, Summary};
use clinical::visit::{PatientFacts, Speaker, Utterance, Visit};
use serde_json::{Value, json};

use super::orders;

pub(crate) fn predict(row: &Value) -> Value {
    let turns = turns(super::text(row, "dialogue"));
    let utterances: Vec<Utterance<'_>> =
        turns.iter().map(|(id, speaker, text)| Utterance { id, speaker: *speaker, text }).collect();
    let visit = Visit::read(&utterances);
    let orders = action::detect(&visit, &PatientFacts::default());
    body(&summary::write(&visit, &orders))
}

/// The turns of a transcript: `[doctor] how are you` or `Doctor: how are you`, one in a line.
fn turns(dialogue: &str) -> Vec<(String, Option<Speaker>, &str)> {
    let lines = dialogue.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.enumerate().map(|(number, line)| turn(number, line)).collect()
}

fn turn(number: usize, line: &str) -> (String, Option<Speaker>, &str) {
    let (speaker, text) = match line.strip_prefix('[') {
        Some(rest) => rest.split_once(']').unwrap_or(("", line)),
        None => line.split_once(':').unwrap_or(("", line)),
    };
    let speaker = if speaker.eq_ignore_ascii_case("guest_clinician") { "doctor" } else { speaker };
    ((number + 1).to_string(), orders::speaker(speaker), text.trim())
}

/// One summary as document 004 shows it; the examination and the results are members of their own.
fn body(summary: &Summary) -> Value {
    let texts = |sentences: &[Sentence]| sentences.iter().map(|sentence| sentence.text.clone()).collect::<Vec<_>>();
    let mut content = json!({
        "chiefComplaint": summary.chief_complaint.as_ref().map(|sentence| &sentence.text),
        "historyOfPresentIllness": summary.history_text(),
        "assessmentAndPlan": summary.plan_text(),
        "medicationsDiscussed": texts(&summary.medications),
        "testsOrdered": texts(&summary.tests),
        "followUpInstructions": summary::joined(&summary.follow_up),
    });
    if let Some(members) = content.as_object_mut() {
        members.insert("physicalExamination".to_owned(), json!(summary::joined(&summary.examination)));
        members.insert("results".to_owned(), json!(summary::joined(&summary.results)));
    }
    let symptoms = summary.extracted.symptoms.iter().map(|symptom| {
        json!({
            "name": symptom.name,
            "duration": symptom.duration,
            "severity": symptom.severity,
            "characteristics": symptom.characteristics,
        })
    });
    let signs = summary.extracted.vital_signs.iter().map(|sign| json!({"kind": sign.kind, "text": sign.text}));
    let diagnoses = summary.extracted.diagnoses.iter().map(|diagnosis| {
        json!({
            "description": diagnosis.description,
            "icd10Code": diagnosis.code,
            "confidence": diagnosis.confidence(),
        })
    });
    let extracted = json!({
        "symptoms": symptoms.collect::<Vec<_>>(),
        "vitalSigns": signs.collect::<Vec<_>>(),
        "diagnoses": diagnoses.collect::<Vec<_>>(),
    });
    json!({"content": content, "extractedData": extracted})
}
