//! Whether a named concept is negated, and which words of a Spanish sentence are.

use clinical::{context::Context, span::Span, text::Text};
use serde_json::{Value, json};

/// The concept of a row is found in its text and asked about.
pub(crate) fn english(row: &Value) -> Value {
    let (written, concept) = (crate::text(row, "text"), crate::text(row, "concept"));
    let lower = written.to_ascii_lowercase();
    let Some(start) = lower.find(&concept.to_ascii_lowercase()) else { return json!({"negated": false}) };
    let text = Text::read(written);
    let tokens = text.tokens_in(Span { start, end: start + concept.len() });
    json!({"negated": Context::read(&text).of(&tokens).negated})
}

/// The words that each negation speaks about.
pub(crate) fn spanish(row: &Value) -> Value {
    let written = crate::text(row, "text");
    let text = Text::read(written);
    let context = Context::read(&text);
    let spans: Vec<&str> = context.negated(&text).into_iter().map(|span| span.of(written)).collect();
    json!({"negated_spans": spans})
}
