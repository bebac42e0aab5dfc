//! The drugs that were talked about.

use std::collections::{HashMap, HashSet};

use super::line::{Line, Origin, Topic};
use super::mark::Marks;
use super::patient::Patient;
use super::{Sentence, compose, label, wording};
use crate::action::{self, Details, Detected, Medication, instruction};
use crate::context::Context;
use crate::language::Language;
use crate::span::Span;
use crate::visit::{Evidence, Turn, Visit};

/// A visit with what was marked in it and the lines that it gives.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) visit: &'a Visit<'a>,
    pub(super) marks: &'a Marks,
    pub(super) lines: &'a [Line],
}

/// A drug with what was said of its dose, and where.
struct Named {
    name: String,
    medication: Medication,
    sources: Vec<(usize, Span)>,
}

/// Every drug that was said to be taken or to be given, once, with what was said of its dose; "none" when all were denied.
pub(super) fn discussed(said: &Said<'_>, orders: &[Detected], patient: Patient) -> Vec<Sentence> {
    let Said { visit, marks, lines } = *said;
    let language = patient.language();
    let mut sentences: Vec<Sentence> =
        once(visit, marks, lines).iter().map(|named| sentence(visit, named, orders, language)).collect();
    let none = lines.iter().find(|line| line.topic == Topic::Medication && line.origin == Origin::Absent);
    if let Some(none) = none.filter(|_| sentences.is_empty()) {
        let text = label::none(language).to_owned();
        sentences.push(Sentence { text, sources: compose::evidence(visit, &none.sources) });
    }
    sentences
}

/// Of several mentions of a drug the one with most of an instruction.
fn once(visit: &Visit<'_>, marks: &Marks, lines: &[Line]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let affirmed: HashSet<(usize, Span)> = lines
        .iter()
        .filter(|line| matches!(line.origin, Origin::Affirmed | Origin::Answered))
        .flat_map(|line| line.sources.iter().copied())
        .collect();
    let turns = visit.turns().iter().enumerate().filter(|(number, _)| marks.names_drug(*number));
    for named in turns.flat_map(|(number, turn)| named(number, turn, &affirmed)) {
        let place = *places.entry(named.name.clone()).or_insert(found.len());
        match found.get_mut(place) {
            Some(known) => {
                if named.medication.filled() > known.medication.filled() {
                    known.medication = named.medication;
                }
                known.sources.extend(named.sources);
            }
            None => found.push(named),
        }
    }
    found
}

/// The order of a drug, when it says more of the dose than any other mention.
fn ordered<'a>(orders: &'a [Detected], named: &Named) -> Option<(&'a Medication, &'a [Evidence])> {
    orders.iter().rev().find_map(|order| match &order.details {
        Details::Medication(medication)
            if medication.drug.as_ref().is_some_and(|drug| drug.name == named.name)
                && medication.filled() >= named.medication.filled() =>
        {
            Some((medication, order.evidence.as_slice()))
        }
        _ => None,
    })
}

fn sentence(visit: &Visit<'_>, named: &Named, orders: &[Detected], language: Language) -> Sentence {
    let (medication, evidence) = ordered(orders, named).unwrap_or((&named.medication, &[]));
    let mut sources = compose::evidence(visit, &named.sources);
    for evidence in evidence {
        match sources.iter_mut().find(|known| known.utterance == evidence.utterance) {
            Some(known) => {
                known.spans.extend(&evidence.spans);
                known.spans.sort_unstable();
                known.spans.dedup();
            }
            None => sources.push(evidence.clone()),
        }
    }
    let parts = [Some(&medication.name), medication.dosage.as_ref(), medication.frequency.as_ref()];
    let mut text = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    if let Some(duration) = &medication.duration {
        text = format!("{text} {} {duration}", label::during(language));
    }
    Sentence { text: wording::capitalised(&wording::abbreviated(&text)), sources }
}

/// The drugs of a turn that are not denied, not only asked for and not what the patient is allergic to.
fn named(number: usize, turn: &Turn<'_>, affirmed: &HashSet<(usize, Span)>) -> Vec<Named> {
    let context = Context::read(&turn.text);
    let candidates = action::candidates(&turn.text);
    let mut found = Vec::new();
    for place in 0..candidates.len() {
        let Some((drug, span, tokens)) = candidates.get(place).and_then(action::drug_of) else { continue };
        let at = turn.statements.partition_point(|statement| statement.tokens.end <= tokens.start);
        let Some(statement) = turn.statements.get(at) else { continue };
        let said = turn.text.tokens().get(statement.tokens.clone()).unwrap_or_default();
        let is_allergy = said.iter().any(|token| token.word.starts_with("allerg") || token.word.starts_with("alerg"));
        let assertion = context.of(&tokens);
        let is_asked = statement.is_question && !affirmed.contains(&(number, statement.span));
        if is_allergy || is_asked || assertion.negated || assertion.other || drug.ingredients.is_empty() {
            continue;
        }
        let area = instruction::area(statement, &candidates, place).unwrap_or(span);
        let (medication, spans) = instruction::read(&turn.text, area, span.of(turn.text.written()), Some(drug.clone()));
        let sources = std::iter::once(span).chain(spans).map(|span| (number, span)).collect();
        found.push(Named { name: drug.name.clone(), medication, sources });
    }
    found
}
