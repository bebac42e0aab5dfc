//! Names of conditions.

use clinical::diagnosis::Diagnosis;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let phrase =
        ["text", "name", "diagnosis"].iter().map(|member| super::text(row, member)).find(|text| !text.is_empty());
    let coded = phrase.and_then(Diagnosis::named);
    let diagnoses: Vec<_> = coded
        .iter()
        .map(|coded| {
            let diagnosis = &coded.diagnosis;
            json!({"description": diagnosis.description, "icd10Code": diagnosis.code, "confidence": coded.confidence})
        })
        .collect();
    json!({"diagnoses": diagnoses})
}
