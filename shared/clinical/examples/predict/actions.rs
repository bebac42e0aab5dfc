//! The orders in one text, as `POST /api/actions/detect` answers.

use clinical::action;
use clinical::visit::{PatientFacts, Utterance, Visit};
use serde_json::{Value, json};

use super::orders;

pub(crate) fn predict(row: &Value) -> Value {
    let speaker = orders::speaker(super::text(row, "speaker"));
    let text = super::text(row, "text");
    let visit = Visit::read(&[Utterance { id: "1", speaker, text }]);
    let detected = action::detect(&visit, &PatientFacts::default());
    json!({"actions": detected.iter().map(orders::body).collect::<Vec<_>>()})
}
