//! The drugs that were talked about.

use super::line::{Line, Topic};
use super::{Sentence, compose, wording};
use crate::action::{Details, Detected, Medication, candidates, instruction};
use crate::context::Context;
use crate::visit::{Turn, Visit};

/// A drug with where it was named.
struct Named {
    name: String,
    medication: Medication,
    sources: Vec<(usize, crate::span::Span)>,
}

/// Every drug that was ordered or said to be taken, once, with what was said of its dose.
pub(super) fn discussed(visit: &Visit<'_>, orders: &[Detected], lines: &[Line]) -> Vec<Sentence> {
    let mut found: Vec<Named> = Vec::new();
    for (number, turn) in visit.turns().iter().enumerate() {
        for named in named(number, turn) {
            match found.iter_mut().find(|known| known.name == named.name) {
                Some(known) => {
                    if named.medication.filled() > known.medication.filled() {
                        known.medication = named.medication;
                    }
                    known.sources.extend(named.sources);
                }
                None => found.push(named),
            }
        }
    }
    for order in orders {
        if let Details::Medication(medication) = &order.details
            && let Some(known) =
                found.iter_mut().find(|known| medication.drug.as_ref().is_some_and(|drug| drug.name == known.name))
            && medication.filled() >= known.medication.filled()
        {
            known.medication = medication.clone();
        }
    }
    let sentence = |named: &Named| Sentence {
        text: wording::capitalised(&wording::abbreviated(&named.medication.text())),
        sources: compose::evidence(visit, &named.sources),
    };
    let mut sentences: Vec<Sentence> = found.iter().map(sentence).collect();
    let none = lines.iter().find(|line| line.topic == Topic::Medication && line.text == "No medications.");
    if let Some(none) = none.filter(|_| sentences.is_empty()) {
        sentences.push(Sentence { text: "None".to_owned(), sources: compose::evidence(visit, &none.sources) });
    }
    sentences
}

/// The drugs of a turn that are not denied and not what the patient is allergic to.
fn named(number: usize, turn: &Turn<'_>) -> Vec<Named> {
    let context = Context::read(&turn.text);
    let candidates = candidates(&turn.text);
    let mut found = Vec::new();
    for place in 0..candidates.len() {
        let Some((drug, span, tokens)) = candidates.get(place).and_then(crate::action::drug_of) else { continue };
        let at = turn.statements.partition_point(|statement| statement.tokens.end <= tokens.start);
        let Some(statement) = turn.statements.get(at) else { continue };
        let said = turn.text.tokens().get(statement.tokens.clone()).unwrap_or_default();
        let is_allergy = said.iter().any(|token| token.word.starts_with("allerg") || token.word.starts_with("alerg"));
        let assertion = context.of(&tokens);
        if is_allergy || assertion.negated || assertion.other || drug.ingredients.is_empty() {
            continue;
        }
        let area = instruction::area(statement, &candidates, place).unwrap_or(span);
        let (medication, _) = instruction::read(&turn.text, area, span.of(turn.text.written()), Some(drug.clone()));
        found.push(Named { name: drug.name.clone(), medication, sources: vec![(number, span)] });
    }
    found
}
