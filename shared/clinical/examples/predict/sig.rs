//! Dosage instructions.

use clinical::sig::{Form, Frequency, Sig};
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let sig = Sig::parse(super::text(row, "text"));
    let Some(first) = sig.first() else { return json!({}) };
    let times = first.frequency.as_ref().map(Frequency::times_per_day);
    let units = sig.units_per_day().filter(|_| sig.steps.len() > 1).zip(times).map(|(units, times)| units / times);
    json!({"medication": {
        "name": sig.drug.as_ref().map(|mention| &mention.drug.name),
        "dosage": first.strength.as_ref().map(|strength| &strength.text),
        "amount": units.or(first.amount.map(|amount| amount.count.most)),
        "form": first.form.map(Form::name),
        "frequency": first.frequency.as_ref().map(Frequency::text),
        "duration": first.duration.map(clinical::sig::Duration::text),
        "asNeeded": first.as_needed.is_some(),
    }})
}
