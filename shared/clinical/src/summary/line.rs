//! One sentence of a note before it is chosen, and what is known of it.

use super::cue::Cue;
use super::question::Asked;
use crate::span::Span;
use crate::term::Category;

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Topic {
    /// Who comes, and why.
    Intro,
    /// The complaint and its course.
    History,
    /// Earlier diseases and operations.
    Past,
    /// Drugs that are taken.
    Medication,
    Allergy,
    Social,
    Family,
    Vital,
    Exam,
    Result,
    Assessment,
    Plan,
    /// Greetings and talk about other things.
    Noise,
}

/// How a sentence came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The patient told it.
    Told,
    /// The clinician said it.
    Stated,
    /// It answers a question with its own words.
    Answered,
    /// The patient said yes to it.
    Affirmed,
    /// The patient said no to it.
    Denied,
    /// It is a whole sentence that says no: "he does not smoke".
    Refused,
    /// A no to a whole kind of things, in the words of charts: "no known allergies".
    Absent,
}

/// A sentence with its sources.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The words; what is denied without "denies".
    pub(super) text: String,
    pub(super) topic: Topic,
    pub(super) origin: Origin,
    /// The number of the turn where it ends.
    pub(super) turn: usize,
    /// Turns and words that it rests on.
    pub(super) sources: Vec<(usize, Span)>,
    /// What the question asks for that it answers.
    pub(super) asked: Option<Asked>,
    /// What its words tell, each once.
    pub(super) cues: Vec<Cue>,
    /// The kinds of the medical terms in it.
    pub(super) terms: Vec<Category>,
}

impl Line {
    /// Whether its words tell of something.
    pub(super) fn tells(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }

    /// How many words it has.
    pub(super) fn length(&self) -> usize {
        self.text.split_whitespace().count()
    }
}
