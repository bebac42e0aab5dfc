//! Whether what a text names is there: now, and in the patient the text is about.
//!
//! [`Context`] tells what the words around a concept say; here it is decided what that means. What is only possible counts as
//! there: a patient who "thinks it is a fever" is asked about it, not sent away. What is another's, advice or long past does not.

mod subject;
mod symptom;

use std::ops::Range;

use serde::Serialize;

pub use self::subject::Subject;
pub use self::symptom::{StatedSymptom, symptoms};
use crate::context::{Context, Cue, Property};
use crate::span::Span;
use crate::text::Text;
use crate::text::token::{Break, Token};
use crate::words::lists;

/// What a text says of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is there.
    Present,
    /// It is said not to be there.
    Denied,
}

/// Words that make a phrase a negation itself: another one before it is not about it.
const NEGATIONS: &str = "not no without unable never cannot nothing sin ni nunca";
/// Words with which an item begins anew: how bad something is, which nobody says of what is not there, and what may be.
const ANEW: &str = "mild moderate severe bad terrible awful slight some occasional constant persistent worsening my could might may leve moderado \
    moderada fuerte terrible algo mucho mucha poco poca";
/// Negations that stand before nouns.
const DENIALS: &str = "no without sin";
const CHANGES: &str = "change changes cambio cambios";
/// Words for what is wrong: another negation denies it.
const LACKS: &str = "loss lack decrease decreased low reduced poor change changes disturbance disturbances problem problems issue \
    issues trouble troubles difficulty difficulties abnormality abnormalities symptom symptoms complaint complaints dysfunction \
    perdida falta disminucion cambio cambios problema problemas trastorno trastornos dificultad";
/// Who does something in a clause of its own.
const SUBJECTS: &str = "i he she we they yo ella tuve";
/// Verbs behind which the present begins.
const NOW: &str =
    "has have presents presented complains complaining is comes now developed reports tiene presenta refiere";

/// A text with what its words say about each other.
#[derive(Debug)]
pub struct Stated<'a> {
    text: &'a Text<'a>,
    context: Context,
    subject: Subject,
}

impl<'a> Stated<'a> {
    /// Reads what is said about the concepts of a text.
    #[must_use]
    pub fn read(text: &'a Text<'a>) -> Self {
        let subject = subject::of(text);
        let mut context = Context::read(text);
        context.retain(|cue| match cue.property {
            Property::Other => !subject::is_of_patient(text, subject, cue),
            Property::Hypothetical => subject::is_hypothetical(text, cue),
            Property::Negated | Property::Uncertain | Property::Historical => true,
        });
        Self { text, context, subject }
    }

    /// Who the patient is.
    #[must_use]
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// What is said of a concept that stands here; `None` when it is another's, past, or only advice.
    #[must_use]
    pub fn status(&self, span: Span) -> Option<Status> {
        let status = self.status_at_any_time(span)?;
        (status == Status::Denied || !self.is_past(&self.text.tokens_in(span))).then_some(status)
    }

    /// As [`Stated::status`], for what counts although it is past or only thought of: risks, circumstances.
    #[must_use]
    pub fn status_at_any_time(&self, span: Span) -> Option<Status> {
        let tokens = self.text.tokens_in(span);
        let inside = self.text.tokens().get(tokens.clone()).unwrap_or_default();
        // "Pain, no redness of the eye" is no pain in the eye.
        if inside.iter().skip(1).any(|token| is_negation(token) && token.before > Break::None) {
            return None;
        }
        let assertion = self.context.of(&tokens);
        if assertion.other {
            return None;
        }
        let negated = assertion.negated && !inside.iter().any(is_negation) && !self.is_new_item(&tokens);
        Some(if negated || self.is_denied_lack(&tokens) { Status::Denied } else { Status::Present })
    }

    /// "No fever, mild cough": an item with a word for how bad it is begins anew, and no negation before the comma reaches it.
    fn is_new_item(&self, concept: &Range<usize>) -> bool {
        let tokens = self.text.tokens();
        let before = concept.start.checked_sub(1).and_then(|at| tokens.get(at));
        let first = tokens.get(concept.start);
        [before, first].into_iter().flatten().any(|token| token.before == Break::Comma && lists(ANEW, &token.word))
    }

    /// "No sleep" is a complaint, but "no sleep disturbance" and "no loss of interest" deny one.
    fn is_denied_lack(&self, concept: &Range<usize>) -> bool {
        let tokens = self.text.tokens();
        let inside = tokens.get(concept.clone()).unwrap_or_default();
        let behind = tokens.get(concept.end).filter(|token| token.before <= Break::None);
        let mut words = inside.iter().skip(1).chain(behind);
        let Some(first) = inside.first() else { return false };
        // "No change in her voice" is no change of a finding: the change is the finding.
        let before = concept.start.checked_sub(1).and_then(|at| tokens.get(at)).filter(|_| first.before <= Break::None);
        let is_no_change = lists(CHANGES, &first.word) && before.is_some_and(|token| lists(DENIALS, &token.word));
        is_no_change || (lists(DENIALS, &first.word) && words.any(|token| lists(LACKS, &token.word)))
    }

    /// "It hurts, I had surgery years ago": words behind a comma with a subject of its own are about something else.
    fn is_of_next(&self, concept: &Range<usize>, cue: &Cue) -> bool {
        let start = self.text.tokens_in(cue.span).start;
        let between = self.text.tokens().get(concept.end..start).unwrap_or_default();
        between.iter().any(|token| token.before == Break::Comma && lists(SUBJECTS, &token.word))
    }

    /// Whether it is long past, or advice: "call if there is fever".
    fn is_past(&self, concept: &Range<usize>) -> bool {
        self.context.reaching(concept).any(|cue| match cue.property {
            Property::Hypothetical => true,
            // "history of asthma" is past, but "history of asthma, now has a cough" tells a cough.
            Property::Historical => {
                let behind = self.text.tokens_in(cue.span).end;
                let between = self.text.tokens().get(behind..concept.start).unwrap_or_default();
                !between.iter().any(|token| lists(NOW, &token.word)) && !self.is_of_next(concept, cue)
            }
            Property::Negated | Property::Uncertain | Property::Other => false,
        })
    }
}

fn is_negation(token: &Token) -> bool {
    lists(NEGATIONS, &token.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(written: &str, concept: &str) -> Option<Status> {
        let text = Text::read(written);
        let start = written.find(concept).expect(written);
        Stated::read(&text).status(Span { start, end: start + concept.len() })
    }

    #[test]
    fn what_is_there_is_told_from_what_is_not() {
        for (written, concept, expected) in [
            ("I have a fever", "fever", Some(Status::Present)),
            ("I think I have a fever", "fever", Some(Status::Present)),
            ("no fever", "fever", Some(Status::Denied)),
            ("no trouble, but I can not breathe", "can not breathe", Some(Status::Present)),
            ("history of seizures", "seizures", None),
            ("my belly hurts, I had an operation years ago", "belly hurts", Some(Status::Present)),
            ("history of asthma, now has a cough", "cough", Some(Status::Present)),
            ("call me if there is fever", "fever", None),
            ("if I walk my chest hurts", "chest hurts", Some(Status::Present)),
            ("his mother had breast cancer", "breast cancer", None),
            ("my son has a fever", "fever", Some(Status::Present)),
            ("no fever, mild cough for 3 days", "cough", Some(Status::Present)),
            ("no fever, cough or chills", "cough", Some(Status::Denied)),
            ("No sleep disturbance", "No sleep", Some(Status::Denied)),
            ("No change in her voice", "change in her voice", Some(Status::Denied)),
            ("no sleep for two nights", "no sleep", Some(Status::Present)),
            ("No loss of interest", "No loss of interest", Some(Status::Denied)),
            ("No eye pain, no redness of the eye", "pain, no redness of the eye", None),
        ] {
            assert_eq!(status(written, concept), expected, "{written}: {concept}");
        }
    }

    #[test]
    fn circumstances_count_whenever_they_were() {
        let text = Text::read("history of heart failure");
        let span = Span { start: 11, end: 24 };
        let stated = Stated::read(&text);
        assert_eq!((stated.status(span), stated.status_at_any_time(span)), (None, Some(Status::Present)));
        assert_eq!(stated.subject(), Subject::Patient);
    }
}
