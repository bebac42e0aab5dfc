//! Whether what must not be lost survived a translation: numbers, units, negations, sides of the body, names of drugs.
//!
//! For English and Spanish, in both directions. Errors of interpreters that matter are mostly of these kinds (Flores et al.,
//! "Errors of medical interpretation and their potential clinical consequences", Ann Emerg Med 2012; Nápoles et al., Med Care
//! 2015). A mismatch asks a human to look; it does not say which side is wrong. What two texts say differently but alike, "twice
//! a day" and "cada 12 horas", is no mismatch.

use serde::Serialize;

use crate::context::Context;
use crate::span::Span;
use crate::text::Text;

mod measure;
mod medicine;
mod polarity;
mod quantity;
mod side;

/// What did not survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A number.
    Number,
    /// The unit of a number.
    Unit,
    /// A negation.
    Negation,
    /// A side of the body.
    Laterality,
    /// The name of a drug.
    Drug,
}

impl Kind {
    /// The rule's id.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::Number => "guard.number",
            Self::Unit => "guard.unit",
            Self::Negation => "guard.negation",
            Self::Laterality => "guard.laterality",
            Self::Drug => "guard.drug",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Unit => "unit",
            Self::Negation => "negation",
            Self::Laterality => "side of the body",
            Self::Drug => "drug",
        }
    }
}

/// Something that the two texts say differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// What.
    pub kind: Kind,
    /// The words in the original; empty when only the translation has it.
    pub original: Vec<Span>,
    /// The words in the translation; empty when only the original has it.
    pub translated: Vec<Span>,
}

impl Mismatch {
    /// Why the translation needs a review, in one sentence: `The unit of "500 mg" is "500 g" in the translation.`
    #[must_use]
    pub fn reason(&self, original: &str, translated: &str) -> String {
        let words = |spans: &[Span], text: &str| {
            spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>().join(", ")
        };
        let (one, other) = (words(&self.original, original), words(&self.translated, translated));
        let kind = self.kind.name();
        match (one.is_empty(), other.is_empty()) {
            (false, false) => format!("The {kind} \"{one}\" is \"{other}\" in the translation."),
            (false, true) => format!("The {kind} \"{one}\" is not in the translation."),
            (true, _) => format!("The {kind} \"{other}\" is only in the translation."),
        }
    }
}

/// What a translation says differently from its original; nothing when it says the same.
#[must_use]
pub fn compare(original: &str, translated: &str) -> Vec<Mismatch> {
    let texts = [Text::read(original), Text::read(translated)];
    let [one, other] = &texts;
    let contexts = [Context::read(one), Context::read(other)];
    let [one_context, other_context] = &contexts;
    let mut mismatches = quantity::compare(one, other);
    mismatches
        .extend(polarity::compare(&polarity::Side::of(one, one_context), &polarity::Side::of(other, other_context)));
    mismatches.extend(side::compare(one, other));
    mismatches.extend(medicine::compare(one, other));
    mismatches.sort_by_key(|mismatch| {
        (mismatch.kind, mismatch.original.first().copied(), mismatch.translated.first().copied())
    });
    mismatches
}

#[cfg(test)]
mod tests;
