//! Whether a concept is present, now, in the patient: what the words around it say about it.
//!
//! After ConText (Harkema, Dowling, Thornblade, Chapman: "ConText: an algorithm for determining negation, experiencer, and
//! temporal status from clinical reports", J Biomed Inform 2009), for English and Spanish. Cues are phrases with a
//! direction (`data/context_en.txt`, `data/context_es.txt`); a cue reaches until its clause ends or a phrase stops it.

mod reach;

use std::{ops::Range, sync::LazyLock};

use serde::Serialize;

use crate::{
    phrase::{RuleId, Table},
    span::Span,
    text::{Text, token::Break},
};

static TABLE: LazyLock<Table<Label>> = LazyLock::new(|| {
    Table::parse(&[include_str!("../data/context_en.txt"), include_str!("../data/context_es.txt")], Label::of)
});

/// What a cue says about the concepts in its reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// It is not there.
    Negated,
    /// It may be there.
    Uncertain,
    /// It is not there yet: a condition, a risk, advice.
    Hypothetical,
    /// It was there before the present matter.
    Historical,
    /// It is somebody else's.
    Other,
}

/// A phrase that says something about the concepts in its reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// What it says.
    pub property: Property,
    /// The words as written.
    pub span: Span,
    /// The tokens that it speaks about.
    pub reach: Range<usize>,
    /// The rule that lists it.
    pub rule: RuleId,
}

/// What is known about one concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Assertion {
    /// It is said not to be there.
    pub negated: bool,
    /// It is only possible.
    pub uncertain: bool,
    /// It is a condition, a risk or advice.
    pub hypothetical: bool,
    /// It belongs to the past.
    pub historical: bool,
    /// It is somebody's other than the patient's.
    pub other: bool,
}

impl Assertion {
    /// Present, now, in the patient.
    #[must_use]
    pub fn is_current(self) -> bool {
        self == Self::default()
    }
}

/// All cues of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    cues: Vec<Cue>,
}

/// What a rule of the tables is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Forward(Property),
    Backward(Property),
    Answer,
    /// No cue of this property counts inside it.
    Hidden(Property),
    Stop,
}

impl Label {
    fn of(rule: &str) -> Option<Self> {
        let property = match rule.split('.').next()? {
            "stop" => return Some(Self::Stop),
            "answer" => return Some(Self::Answer),
            "negated" => Property::Negated,
            "uncertain" => Property::Uncertain,
            "hypothetical" => Property::Hypothetical,
            "historical" => Property::Historical,
            "other" => Property::Other,
            _ => return None,
        };
        match rule.split('.').nth(1)? {
            "forward" => Some(Self::Forward(property)),
            "backward" => Some(Self::Backward(property)),
            "hidden" => Some(Self::Hidden(property)),
            _ => None,
        }
    }
}

impl Context {
    /// Finds the cues of a text and how far each reaches.
    #[must_use]
    pub fn read(text: &Text<'_>) -> Self {
        Self { cues: reach::cues(text, &TABLE.matches(text)) }
    }

    /// The cues, in order.
    #[must_use]
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// Keeps the cues that hold.
    pub(crate) fn retain(&mut self, holds: impl Fn(&Cue) -> bool) {
        self.cues.retain(holds);
    }

    /// What is said about the concept that these tokens name.
    #[must_use]
    pub fn of(&self, concept: &Range<usize>) -> Assertion {
        let mut assertion = Assertion::default();
        for cue in self.reaching(concept) {
            match cue.property {
                Property::Negated => assertion.negated = true,
                Property::Uncertain => assertion.uncertain = true,
                Property::Hypothetical => assertion.hypothetical = true,
                Property::Historical => assertion.historical = true,
                Property::Other => assertion.other = true,
            }
        }
        assertion
    }

    /// The cues that speak about these tokens.
    pub fn reaching(&self, concept: &Range<usize>) -> impl Iterator<Item = &Cue> {
        let concept = concept.start;
        let first = self.cues.partition_point(|cue| cue.reach.start + reach::LONGEST < concept);
        let near = self.cues.iter().skip(first).take_while(move |cue| cue.reach.start <= concept);
        near.filter(move |cue| concept < cue.reach.end)
    }

    /// Whether a negation in front of these tokens bears on them alone: nothing parts them, and at most so many words stand
    /// between. Lists of findings ("no fever, cough") reach farther; what somebody wants or promises does not.
    #[must_use]
    pub fn denies(&self, text: &Text<'_>, words: &Range<usize>, most_between: usize) -> bool {
        self.reaching(words).filter(|cue| cue.property == Property::Negated).any(|cue| {
            let between = cue.reach.start..=words.start;
            let joined = text.tokens().get(between).unwrap_or_default().iter().all(|token| token.before == Break::None);
            joined && words.start - cue.reach.start <= most_between
        })
    }

    /// The words that each negation bears on most directly: up to a comma, a conjunction or a preposition of cause.
    #[must_use]
    pub fn negated(&self, text: &Text<'_>) -> Vec<Span> {
        let negations = self.cues.iter().filter(|cue| cue.property == Property::Negated);
        let mut spans: Vec<Span> = negations.filter_map(|cue| text.span(reach::focus(text, cue))).collect();
        spans.dedup();
        spans
    }
}

#[cfg(test)]
mod tests;
