//! What is said to be present: symptoms and conditions that the words around them do not deny.

use clinical::context::Context;
use clinical::symptom;
use clinical::term::{self, Category};
use clinical::text::Text;
use serde_json::{Value, json};

pub(crate) fn predict(row: &Value) -> Value {
    let written = super::text(row, "text");
    let text = Text::read(written);
    let context = Context::read(&text);
    let is_present = |span| {
        let assertion = context.of(&text.tokens_in(span));
        !assertion.negated && !assertion.other
    };
    let symptoms = symptom::find(&text);
    let told = symptoms.iter().filter(|symptom| is_present(symptom.span));
    let names = told.flat_map(|symptom| {
        symptom.names().chain(std::iter::once(symptom.span.of(written))).map(str::to_owned).collect::<Vec<_>>()
    });
    let terms = term::find(&text);
    let listed = terms.iter().filter(|term| matches!(term.category, Category::Symptom | Category::Condition));
    let listed = listed.filter(|term| is_present(term.span)).map(|term| term.span.of(written).to_owned());
    json!({"symptoms": names.chain(listed).map(|name| json!({"name": name})).collect::<Vec<_>>()})
}
