//! Negations.

use std::collections::BTreeMap;

use super::{Kind, Mismatch};
use crate::context::Context;
use crate::diagnosis::Diagnosis;
use crate::drug::Drug;
use crate::span::Span;
use crate::text::Text;
use crate::text::token::Token;

/// Words that deny.
const DENYING: [&str; 22] = [
    "no", "not", "never", "none", "nor", "neither", "without", "nobody", "nothing", "nowhere", "hardly", "sin", "ni",
    "nunca", "jamas", "nadie", "nada", "ninguno", "ninguna", "ningun", "tampoco", "apenas",
];
/// Words that end something: one language says "stop taking", another "no tome más".
const ENDING: [&str; 22] = [
    "stop",
    "stopped",
    "stopping",
    "quit",
    "avoid",
    "discontinue",
    "cease",
    "deje",
    "deja",
    "dejar",
    "pare",
    "parar",
    "suspenda",
    "suspender",
    "evite",
    "evitar",
    "unable",
    "without",
    "never",
    "sin",
    "nunca",
    "jamas",
];
/// Words that hold a negation inside: "afebrile" may be "sin fiebre".
const HOLDING: [&str; 12] = [
    "afebrile",
    "asymptomatic",
    "painless",
    "afebril",
    "asintomatico",
    "asintomatica",
    "indoloro",
    "nonsmoker",
    "nothing",
    "nada",
    "none",
    "ninguno",
];

/// Between a word that ends something and what it ends lie at most so many words.
const NEAR: usize = 5;

/// One text with what its words say of each other.
pub(super) struct Side<'a> {
    text: &'a Text<'a>,
    context: &'a Context,
}

impl<'a> Side<'a> {
    pub(super) fn of(text: &'a Text<'a>, context: &'a Context) -> Self {
        Self { text, context }
    }

    /// The words that deny.
    fn denials(&self) -> Vec<Span> {
        let tokens = self.text.tokens().iter().enumerate();
        let denying = tokens.filter(|(at, token)| DENYING.contains(&token.word.as_str()) && !self.is_tag(*at));
        denying.map(|(_, token)| token.span).collect()
    }

    /// "…, no?" and "…, right?" at the end of a question ask for consent, "isn't it" as well.
    fn is_tag(&self, at: usize) -> bool {
        let tail = self.text.tokens().get(at).and_then(|token| self.text.written().get(token.span.end..));
        let ends = tail.is_some_and(|tail| tail.trim_start().starts_with('?'));
        at > 0 && ends && self.text.between(at).contains([',', '¿'])
    }

    /// Whether something near before these words ends them: "stop taking".
    fn is_ended(&self, span: Span) -> bool {
        let start = self.text.tokens_in(span).start;
        let before = self.text.tokens().get(start.saturating_sub(NEAR)..start).unwrap_or_default();
        before.iter().any(|token| ENDING.contains(&token.word.as_str()))
    }

    /// Whether anything in the text denies, ends or holds a negation.
    fn denies_somehow(&self) -> bool {
        let is_listed = |token: &Token| ENDING.contains(&token.word.as_str()) || HOLDING.contains(&token.word.as_str());
        !self.denials().is_empty() || self.text.tokens().iter().any(is_listed)
    }

    /// What is named, by a name that both languages share, each with whether it is denied and where.
    fn concepts(&self) -> BTreeMap<String, (bool, bool, Span)> {
        let diagnoses =
            Diagnosis::find(self.text).into_iter().map(|found| (found.diagnosis.code.to_owned(), found.span));
        let drugs = Drug::find(self.text)
            .into_iter()
            .filter_map(|found| Some((found.drug.ingredients.first()?.name().to_owned(), found.span)));
        let mut concepts: BTreeMap<String, (bool, bool, Span)> = BTreeMap::new();
        for (name, span) in diagnoses.chain(drugs) {
            let negated = self.context.of(&self.text.tokens_in(span)).negated || self.is_ended(span);
            let known = concepts.entry(name).or_insert((false, false, span));
            (known.0, known.1) = (known.0 || negated, known.1 || !negated);
        }
        concepts
    }
}

/// The negations that two texts do not share.
pub(super) fn compare(one: &Side<'_>, other: &Side<'_>) -> Vec<Mismatch> {
    let mismatch = |original, translated| Mismatch { kind: Kind::Negation, original, translated };
    let (original, translated) = (one.denials(), other.denials());
    if !original.is_empty() && !other.denies_somehow() {
        return vec![mismatch(original, Vec::new())];
    }
    if !translated.is_empty() && !one.denies_somehow() {
        return vec![mismatch(Vec::new(), translated)];
    }
    let known = other.concepts();
    let turned = one.concepts().into_iter().filter_map(|(name, (denied, said, span))| {
        let (other_denied, other_said, other_span) = known.get(&name)?;
        let is_turned = (denied && !said && !other_denied) || (!denied && *other_denied && !other_said);
        is_turned.then(|| mismatch(vec![span], vec![*other_span]))
    });
    turned.collect()
}
