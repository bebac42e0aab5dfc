//! Medical terms.

use clinical::term;
use clinical::text::Text;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let text = super::text(row, "text");
    let terms = term::find(&Text::read(text));
    let terms: Vec<_> =
        terms.iter().map(|term| json!({"term": term.span.of(text), "category": term.category})).collect();
    json!({"medicalTerms": terms})
}
