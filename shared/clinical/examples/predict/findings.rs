//! What is said to be present: symptoms and conditions of the patient that are not denied.

use clinical::stated::{self, StatedSymptom, Status};
use clinical::text::Text;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let text = Text::read(super::text(row, "text"));
    let symptoms = stated::symptoms(&text);
    let present = symptoms.iter().filter(|symptom| symptom.status == Status::Present);
    let mut names: Vec<&str> = present.flat_map(StatedSymptom::names).collect();
    names.sort_unstable();
    names.dedup();
    json!({"symptoms": names.into_iter().map(|name| json!({"name": name})).collect::<Vec<_>>()})
}
