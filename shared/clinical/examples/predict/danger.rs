//! Whether a message holds a danger, and the words that say so.

use clinical::danger;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let written = crate::text(row, "text");
    let findings = danger::scan(written);
    json!({"danger": danger::is_danger(&findings), "detected_keywords": danger::keywords(&findings, written), "findings": findings})
}
