//! A question that waits for its answer, and what a yes or a no to it says.

use super::super::cue::Cue;
use super::super::label::{self, Absent};
use super::super::line::{Origin, Topic};
use super::super::patient::Patient;
use super::super::question::{self, Asked};
use super::super::wording::{self, Word};
use super::super::{english, spanish};
use crate::language::Language;
use crate::phrase::Match;
use crate::span::Span;
use crate::visit::Speaker;

/// A question.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) turn: usize,
    pub(super) span: Span,
    pub(super) language: Language,
    /// Its words, cleaned, as they were asked.
    pub(super) words: Vec<Word>,
    pub(super) asked: Asked,
    pub(super) topic: Topic,
    /// It is no question by its form: "you are taking it regularly".
    pub(super) is_statement: bool,
}

/// A yes or a no.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) is_yes: bool,
    pub(super) turn: usize,
    pub(super) span: Span,
    /// More is said behind it.
    pub(super) says_more: bool,
}

/// What is asked for without saying anything.
const EMPTY: &[&str] = &[
    "symptoms",
    "questions",
    "other symptoms",
    "concerns",
    "issues",
    "problems",
    "else",
    "anything else",
    "other questions",
    "questions for me",
    "other concerns",
    "luck",
    "other problems",
    "medical problems",
    "medical conditions",
    "other issues",
    "health problems",
    "medical history",
    "past medical history",
    "pregunta",
];

impl Question {
    /// What its answer is about: also "do you have any allergies?" asks for allergies.
    pub(super) fn subject(&self) -> Asked {
        if self.asked == Asked::Whether && self.topic == Topic::Allergy { Asked::Allergy } else { self.asked }
    }

    /// What a yes or a no to it says; nothing when that says nothing.
    pub(super) fn decided(&self, answer: Answer, patient: Patient) -> Option<(String, Origin)> {
        if self.asked != Asked::Whether {
            return self.emptied(answer, patient.language());
        }
        // "any surgeries?" "yes, they took my appendix": what follows says it.
        let is_open = self.words.iter().take(6).any(|word| OPEN.contains(&word.word.as_str()));
        // "diabetes or high blood pressure?" "yes, my blood pressure is high": so does it which of them.
        let is_choice = self.words.iter().any(|word| matches!(word.word.as_str(), "or" | "o"));
        if answer.is_yes && answer.says_more && (is_open || is_choice) {
            return None;
        }
        let is_about_clinician = self.words.iter().any(|word| matches!(word.word.as_str(), "i" | "me"));
        if let Some(lead) = question::lead(&self.words) {
            let rest = self.words.get(lead..).map(question::before_question)?;
            let turned = super::turned(rest, Speaker::Clinician, self.language, patient);
            let text = wording::phrase(&turned);
            let is_empty = is_about_clinician || EMPTY.iter().any(|words| text.eq_ignore_ascii_case(words));
            let is_silent = is_empty && (answer.is_yes || self.topic == Topic::History || is_about_clinician);
            let origin = if answer.is_yes { Origin::Affirmed } else { Origin::Denied };
            return (!is_silent && !text.is_empty()).then_some((text, origin));
        }
        if is_about_clinician {
            return None;
        }
        let text = match self.language {
            Language::Spanish => spanish::stated(&self.words, answer.is_yes)?,
            _ => english::stated(&self.words, answer.is_yes, patient)?,
        };
        Some((text, if answer.is_yes { Origin::Answered } else { Origin::Refused }))
    }
}

impl Question {
    /// What "nothing" and "none" say to "what do you take?".
    fn emptied(&self, answer: Answer, language: Language) -> Option<(String, Origin)> {
        let absent = match self.asked {
            _ if answer.is_yes || answer.says_more => return None,
            Asked::Medication => Absent::Medication,
            Asked::Allergy => Absent::Allergy,
            Asked::Surgery => Absent::Surgery,
            Asked::Other if self.topic == Topic::Family => Absent::FamilyDisease,
            _ => return None,
        };
        Some((wording::finished(label::absent(absent, language)), Origin::Absent))
    }
}

/// Words of questions that ask for more than a yes.
const OPEN: &[&str] = &["any", "anything", "anyone", "some", "other", "anybody", "algun", "alguna", "algo", "alguien"];

/// The topic that a question asks about.
pub(super) fn topic(cues: &[Match<Cue>]) -> Topic {
    let has = |cue: Cue| cues.iter().any(|found| found.label == cue);
    match () {
        () if has(Cue::Allergy) => Topic::Allergy,
        () if has(Cue::Family) => Topic::Family,
        () if has(Cue::Social) => Topic::Social,
        () if has(Cue::Medication) => Topic::Medication,
        () if has(Cue::Past) || has(Cue::Female) => Topic::Past,
        () if has(Cue::Exam) => Topic::Exam,
        () => Topic::History,
    }
}
