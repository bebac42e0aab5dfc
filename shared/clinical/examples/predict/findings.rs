//! What is said to be present: symptoms and conditions of the patient that are not denied.

use clinical::span::Span;
use clinical::stated::{Stated, Status};
use clinical::symptom;
use clinical::term::{self, Category};
use clinical::text::Text;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let written = super::text(row, "text");
    let text = Text::read(written);
    let stated = Stated::read(&text);
    let is_present = |span: Span| stated.status(span) == Some(Status::Present);
    let mut names: Vec<String> = Vec::new();
    for symptom in symptom::mentions(&text).iter().filter(|symptom| is_present(symptom.span)) {
        names.extend(symptom.names().chain(std::iter::once(symptom.span.of(written))).map(str::to_owned));
    }
    let terms = term::find(&text);
    let listed = terms.iter().filter(|term| matches!(term.category, Category::Symptom | Category::Condition));
    names.extend(listed.filter(|term| is_present(term.span)).map(|term| term.span.of(written).to_owned()));
    names.sort_unstable();
    names.dedup();
    json!({"symptoms": names.into_iter().map(|name| json!({"name": name})).collect::<Vec<_>>()})
}
