//! The clinical note of a visit, written from nothing but what was said.
//!
//! What is told is put in the third person, what is asked and answered becomes one sentence ("any fever?" "no": denies fever),
//! numbers become digits. The sentences that say most are kept, up to the length of a note. Every sentence lists the words
//! that it rests on. Source: document 004, `POST /api/summaries/generate`.

use serde::Serialize;

use self::extracted::Extracted;
use crate::action::{Details, Detected};
use crate::visit::{Evidence, Visit};

mod classify;
mod complaint;
mod compose;
mod condense;
mod cue;
mod english;
mod exchange;
pub mod extracted;
mod label;
mod line;
mod mark;
mod medication;
mod patient;
mod problem;
mod question;
mod reply;
mod runs;
mod salience;
mod spanish;
mod stretch;
mod symbol;
mod wording;

/// A sentence of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// What it rests on, turn by turn.
    pub sources: Vec<Evidence>,
}

/// A part of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The complaint and its course.
    Present,
    /// Earlier diseases and operations.
    Past,
    /// What is taken.
    Medication,
    /// Allergies.
    Allergy,
    /// Habits, work and home.
    Social,
    /// Diseases of relatives.
    Family,
}

impl Part {
    const ALL: [Self; 6] = [Self::Present, Self::Past, Self::Medication, Self::Allergy, Self::Social, Self::Family];
}

/// A problem with what the clinician thinks of it and plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What it was called.
    pub name: Option<Sentence>,
    /// Assessment and plan.
    pub sentences: Vec<Sentence>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Why the patient comes.
    pub chief_complaint: Option<Sentence>,
    /// The history, part by part.
    pub history: Vec<(Part, Vec<Sentence>)>,
    /// Vital signs and examination.
    pub examination: Vec<Sentence>,
    /// Results of tests.
    pub results: Vec<Sentence>,
    /// Assessment and plan, problem by problem.
    pub problems: Vec<Problem>,
    /// The drugs that were talked about, each with what was said of its dose.
    pub medications: Vec<Sentence>,
    /// The tests that were ordered.
    pub tests: Vec<Sentence>,
    /// When to come back.
    pub follow_up: Vec<Sentence>,
    /// What a form has fields for.
    pub extracted: Extracted,
}

/// Writes the note of a visit; nothing when nothing was said that belongs into one.
///
/// The note is in the language of most of what was said. For a note in the clinician's language give each utterance in that
/// language: the original where it is in it, the translation otherwise; the spans are then places of the text that was given.
/// `orders` are those of the same visit ([`crate::action::detect`]).
#[must_use]
pub fn write(visit: &Visit<'_>, orders: &[Detected]) -> Summary {
    let patient = patient::Patient::of(visit);
    let marks = mark::Marks::of(visit, orders);
    let lines = condense::lines(exchange::lines(visit, &marks, patient), patient.language());
    let complaint = complaint::of(visit, &lines, patient);
    let chief_complaint = complaint.map(|complaint| {
        let sources: Vec<_> = complaint.spans.iter().map(|span| (complaint.turn, *span)).collect();
        Sentence { text: complaint.text, sources: compose::evidence(visit, &sources) }
    });
    let medications = medication::discussed(&medication::Said { visit, marks: &marks, lines: &lines }, orders, patient);
    let extracted = extracted::of(visit, &lines);
    let chosen = salience::chosen(lines, patient.language());
    let sections = compose::sections(visit, patient, chosen);
    Summary {
        chief_complaint,
        history: sections.history,
        examination: sections.examination,
        results: sections.results,
        problems: sections.problems,
        medications,
        tests: tests(orders),
        follow_up: sections.follow_up,
        extracted,
    }
}

fn tests(orders: &[Detected]) -> Vec<Sentence> {
    let ordered = orders.iter().filter_map(|order| match &order.details {
        Details::Test(test) => {
            Some(Sentence { text: wording::capitalised(&test.name), sources: order.evidence.clone() })
        }
        _ => None,
    });
    ordered.collect()
}

impl Summary {
    /// Every sentence, section by section.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        let history = self.history.iter().flat_map(|(_, sentences)| sentences);
        let problems = self.problems.iter().flat_map(|problem| problem.name.iter().chain(&problem.sentences));
        let lists = [&self.examination, &self.results, &self.medications, &self.tests, &self.follow_up];
        self.chief_complaint.iter().chain(history).chain(problems).chain(lists.into_iter().flatten())
    }

    /// The history as one text, a paragraph for each part.
    #[must_use]
    pub fn history_text(&self) -> String {
        let part = |(_, sentences): &(Part, Vec<Sentence>)| joined(sentences);
        self.history.iter().map(part).collect::<Vec<_>>().join("\n")
    }

    /// Assessment and plan as one text, the problems numbered.
    #[must_use]
    pub fn plan_text(&self) -> String {
        let mut number = 0;
        let problems = self.problems.iter().map(|problem| match &problem.name {
            Some(name) => {
                number += 1;
                format!("{number}. {} {}", name.text, joined(&problem.sentences))
            }
            None => joined(&problem.sentences),
        });
        problems.collect::<Vec<_>>().join("\n")
    }
}

/// Sentences as one text.
#[must_use]
pub fn joined(sentences: &[Sentence]) -> String {
    sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
