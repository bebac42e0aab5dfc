//! What the patient takes home: the orders of a visit in the patient's language.
//!
//! Only orders that were given are listed, and nothing is explained that was not said. Numbers, units and the names of drugs
//! stay as they were said; what cannot be said in the patient's language stays in the clinician's words, and says so.

use serde::Serialize;

use crate::action::{Details, Detected};
use crate::language::Language;
use crate::visit::Evidence;

mod instruction;
mod spanish;

/// What an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heading {
    /// Drugs to take.
    Medications,
    /// Tests to have done.
    Tests,
    /// Whom to see.
    Referrals,
    /// Treatments.
    Procedures,
    /// Vaccines.
    Vaccinations,
    /// When to come back.
    FollowUp,
}

impl Heading {
    /// What stands above its items.
    #[must_use]
    pub fn text(self, language: Language) -> &'static str {
        let (english, spanish) = match self {
            Self::Medications => ("Your medicines", "Sus medicinas"),
            Self::Tests => ("Your tests", "Sus pruebas"),
            Self::Referrals => ("Whom to see", "A quién ver"),
            Self::Procedures => ("Your treatments", "Sus tratamientos"),
            Self::Vaccinations => ("Your vaccines", "Sus vacunas"),
            Self::FollowUp => ("When to come back", "Cuándo volver"),
        };
        if language == Language::Spanish { spanish } else { english }
    }
}

/// One line for the patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What it is about.
    pub heading: Heading,
    /// The line.
    pub text: String,
    /// A part of it stayed in the clinician's words, because there are no words for it in the patient's language here. It
    /// stands between quotation marks and must be translated by somebody.
    pub is_quoted: bool,
    /// What it rests on.
    pub sources: Vec<Evidence>,
}

/// The languages of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Languages {
    /// In which the orders were given.
    pub spoken: Language,
    /// In which the patient reads: Spanish, or English for every other.
    pub read: Language,
}

/// The orders as the patient reads them, by heading and in the order in which they were given.
#[must_use]
pub fn items(orders: &[Detected], languages: Languages) -> Vec<Item> {
    let mut items: Vec<Item> = orders.iter().map(|order| item(order, languages)).collect();
    items.sort_by_key(|item| item.heading);
    items
}

/// The items as one text: a heading, then a line for each.
#[must_use]
pub fn text(items: &[Item], language: Language) -> String {
    let mut text = String::new();
    let mut last = None;
    for item in items {
        if last.replace(item.heading) != Some(item.heading) {
            let gap = if text.is_empty() { "" } else { "\n" };
            text = format!("{text}{gap}{}:\n", item.heading.text(language));
        }
        text.push_str("- ");
        text.push_str(&item.text);
        text.push('\n');
    }
    text
}

/// A line before it is an item: its words, and whether a part of them was quoted.
struct Wording {
    text: String,
    is_quoted: bool,
}

impl Wording {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_quoted: false }
    }

    fn quoted(words: &str) -> Self {
        Self { text: format!("“{words}”"), is_quoted: true }
    }
}

fn item(order: &Detected, languages: Languages) -> Item {
    let is_foreign = (languages.spoken == Language::Spanish) != (languages.read == Language::Spanish);
    let (heading, wording) = match &order.details {
        Details::Medication(medication) => (Heading::Medications, instruction::wording(medication, languages)),
        Details::Test(test) if is_foreign => (Heading::Tests, named(test.test.name, languages.read)),
        Details::Test(test) => (Heading::Tests, Wording::plain(timed(&test.name, test.when.as_deref()))),
        Details::Referral(referral) => (Heading::Referrals, named(referral.specialty, languages.read)),
        Details::Procedure(procedure) => (Heading::Procedures, said(&procedure.name, is_foreign)),
        Details::Vaccination(vaccination) => (Heading::Vaccinations, said(&vaccination.name, is_foreign)),
        Details::FollowUp(appointment) => {
            let known = appointment.timeframe.map(|timeframe| match languages.read {
                Language::Spanish => format!("vuelva en {}", spanish::counted(timeframe.count, timeframe.unit)),
                _ => format!("come back in {}", timeframe.text()),
            });
            (Heading::FollowUp, known.map_or_else(|| said(&appointment.description, is_foreign), Wording::plain))
        }
    };
    Item { heading, text: capitalised(&wording.text), is_quoted: wording.is_quoted, sources: order.evidence.clone() }
}

/// The words as they were said; between quotation marks when the patient reads another language.
fn said(words: &str, is_foreign: bool) -> Wording {
    if is_foreign { Wording::quoted(words) } else { Wording::plain(words) }
}

/// A test or specialty by its own name.
fn named(name: &'static str, language: Language) -> Wording {
    match language {
        Language::Spanish => spanish::named(name).map_or_else(|| Wording::quoted(name), Wording::plain),
        _ => Wording::plain(name),
    }
}

fn timed(name: &str, when: Option<&str>) -> String {
    when.map_or_else(|| name.to_owned(), |when| format!("{name}, {when}"))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
