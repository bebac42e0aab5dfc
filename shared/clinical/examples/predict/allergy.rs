//! Drugs against allergies.

use clinical::allergy::{self, Conflict};
use clinical::drug::Drug;
use clinical::text::Text;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let text = [super::text(row, "drug"), super::text(row, "text")].join(" ");
    let listed = row.get("allergies").or_else(|| row.get("allergy"));
    let allergies: Vec<String> = match listed {
        Some(Value::Array(list)) => list.iter().filter_map(|entry| entry.as_str().map(str::to_owned)).collect(),
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    let actions = Drug::find(&Text::read(&text)).into_iter().map(|mention| {
        let conflicts = allergy::check(&mention.drug, &allergies);
        let warnings: Vec<_> = conflicts.iter().map(Conflict::warning).collect();
        json!({"type": "prescription", "details": {"medication": {"name": mention.drug.name}}, "warnings": warnings})
    });
    json!({"actions": actions.collect::<Vec<_>>()})
}
