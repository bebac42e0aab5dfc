//! What patients say that they feel: the clinical name, and the words as they were said.

use clinical::symptom;
use clinical::text::Text;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let text = super::text(row, "text");
    let symptoms = symptom::find(&Text::read(text));
    let names = symptoms.iter().flat_map(|symptom| {
        [Some(symptom.name.as_str()), Some(symptom.span.of(text)), symptom.also].into_iter().flatten()
    });
    json!({"symptoms": names.map(|name| json!({"name": name})).collect::<Vec<_>>()})
}
