//! Medical terms in a text: symptoms, conditions, drugs, tests, procedures, parts of the body, vital signs.
//!
//! English and Spanish. Terms come from the tables of the other modules, from lists of this one, and from the endings of
//! clinical words: whoever reads "cholangiectasis" for the first time still knows a condition.

use std::sync::LazyLock;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use crate::dictionary::{Dictionary, rows};
use crate::span::Span;
use crate::text::Text;
use crate::words::Words;
use crate::{diagnosis, drug, symptom, test_catalogue};

mod ending;

static ENGLISH: &str = include_str!("../data/term/english.txt");
static SPANISH: &str = include_str!("../data/term/spanish.txt");

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// What a patient feels or an examiner sees.
    Symptom,
    /// A disease, an injury, a pathological finding.
    Condition,
    /// A drug or a class of drugs.
    Medication,
    /// A laboratory test, imaging or another examination.
    Test,
    /// A treatment that is done to the patient.
    Procedure,
    /// A part of the body.
    Anatomy,
    /// A vital sign.
    VitalSign,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What it is.
    pub category: Category,
    /// Where it stands.
    pub span: Span,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
}

/// The rule of a term that is in a table.
pub const BY_NAME: &str = "term.name";
/// The rule of a term with the ending of clinical words.
pub const BY_ENDING: &str = "term.ending";
/// The rule of a misspelled drug.
pub const BY_SOUND: &str = "term.sound";

static NAMES: LazyLock<Dictionary<Category>> = LazyLock::new(|| {
    let listed = rows(ENGLISH).chain(rows(SPANISH)).filter_map(|(code, names)| Some((category(code)?, names)));
    Dictionary::of(listed.flat_map(|(category, names)| names.split(';').map(move |name| (name, category))))
});

fn category(code: &'static str) -> Option<Category> {
    let code: StrDeserializer<'static, Error> = code.into_deserializer();
    Category::deserialize(code).ok()
}

/// Every term of a text, in order. Where terms overlap, the longest is taken.
#[must_use]
pub fn find(text: &Text<'_>) -> Vec<Term> {
    let words = Words::of(text);
    let mut terms = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let found = at(&words, place);
        let length = found.map_or(1, |found| found.words);
        terms.extend(found.map(|Found { category, words: length, confidence, rule }| Term {
            category,
            span: words.span(place, place + length - 1),
            confidence,
            rule,
        }));
        place += length;
    }
    terms
}

#[derive(Debug, Clone, Copy)]
struct Found {
    category: Category,
    words: usize,
    confidence: f32,
    rule: &'static str,
}

fn at(words: &Words<'_>, place: usize) -> Option<Found> {
    let found = |(category, length)| Found { category, words: length, confidence: 0.95, rule: BY_NAME };
    named(words, place).map(found).or_else(|| {
        let (category, confidence, rule) = ending::category(words.spelled(place))
            .map(|category| (category, 0.75, BY_ENDING))
            .or_else(|| drug::misspelled_at(words, place).map(|_| (Category::Medication, 0.8, BY_SOUND)))?;
        Some(Found { category, words: 1, confidence, rule })
    })
}

/// The longest name that begins at a word; of names of one length, tests come before drugs, and drugs before conditions.
fn named(words: &Words<'_>, place: usize) -> Option<(Category, usize)> {
    let site = symptom::site_at(words, place).map(|(_, length)| (Category::Anatomy, length));
    let listed = NAMES.longest(words, place).map(|found| (found.meaning, found.words));
    let diagnosis = diagnosis::at(words, place).and_then(|(named, length)| Some((of_code(named.code())?, length)));
    let drug = drug::named_at(words, place).map(|(_, length)| (Category::Medication, length));
    let test = test_catalogue::at(words, place).map(|(_, length)| (Category::Test, length));
    [site, listed, diagnosis, drug, test].into_iter().flatten().max_by_key(|(_, length)| *length)
}

/// Chapters Z and W of ICD-10-CM are circumstances, not terms; so is smoking.
fn of_code(code: &str) -> Option<Category> {
    match code.get(..1)? {
        "Z" | "W" => None,
        _ if code.starts_with("F17") => None,
        _ if symptom::is_symptom_code(code) => Some(Category::Symptom),
        _ => Some(Category::Condition),
    }
}

#[cfg(test)]
mod tests;
