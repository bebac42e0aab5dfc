//! Conditions and symptoms by their names, with ICD-10-CM codes.
//!
//! The names that people use were written by hand, in English and Spanish; formal names come from the tabular list of
//! ICD-10-CM. A phrase that is no name is given the code of the name most like it, with a lower confidence.

use serde::{Deserialize, Serialize};

use self::search::Similar;
use self::table::Named;
use crate::span::Span;
use crate::symptom;
use crate::text::Text;
use crate::words::{Words, spell_phrase};

mod search;
mod stem;
mod synonym;
mod table;
mod wording;

/// A condition or a symptom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// Its code in ICD-10-CM: "K21.9". Injuries are coded without side and encounter.
    pub code: &'static str,
    /// What one calls it: "Gastroesophageal reflux disease".
    pub description: String,
}

impl Diagnosis {
    /// The first three characters of its code.
    #[must_use]
    pub fn category(&self) -> &'static str {
        self.code.get(..3).unwrap_or(self.code)
    }

    /// The code that took the place of its code, when that is no longer valid. Document 004 shows the retired K21.0, which is
    /// given as documented (contract A-44).
    #[must_use]
    pub fn successor(&self) -> Option<&'static str> {
        RETIRED.iter().find(|(code, _)| *code == self.code).map(|(_, successor)| *successor)
    }

    fn of(named: Named) -> Self {
        let official = || table::official(named.code()).map(str::to_owned);
        let description =
            named.called().map(str::to_owned).or_else(official).unwrap_or_else(|| capitalised(named.name));
        Self { code: named.code(), description }
    }
}

/// Codes that documents show although they were retired, with their successors (ICD-10-CM of fiscal year 2021).
const RETIRED: [(&str, &str); 1] = [("K21.0", "K21.00")];

/// How a diagnosis was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// By one of its names.
    ByName,
    /// By one of its names in a longer phrase, or without words such as "severe".
    ByPart,
    /// By the likeness of a name.
    ByLikeness,
}

impl Recognised {
    /// The rule's id.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::ByName => "diagnosis.name",
            Self::ByPart => "diagnosis.part",
            Self::ByLikeness => "diagnosis.likeness",
        }
    }
}

/// A diagnosis with how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// What.
    pub diagnosis: Diagnosis,
    /// How it was recognised.
    pub recognised: Recognised,
    /// From 0 to 1.
    pub confidence: f32,
}

/// A diagnosis in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisMention {
    /// What.
    pub diagnosis: Diagnosis,
    /// Where.
    pub span: Span,
}

/// Likeness below this is chance.
const MIN_LIKENESS: f32 = 0.42;
/// Likeness from this on says more than a name that is only a part of the phrase.
const SURE_LIKENESS: f32 = 0.6;

impl Diagnosis {
    /// The diagnosis that a phrase names: "type 2 diabetes", "severe acid reflux", "infección urinaria".
    #[must_use]
    pub fn named(phrase: &str) -> Option<Coded> {
        let folded = spell_phrase(phrase);
        if let Some(named) = exact(&folded) {
            return Some(Coded { diagnosis: Self::of(named), recognised: Recognised::ByName, confidence: 0.95 });
        }
        let bare = wording::without_qualifiers(&folded);
        if let Some(named) = exact(&bare) {
            return Some(Coded { diagnosis: Self::of(named), recognised: Recognised::ByPart, confidence: 0.85 });
        }
        let similar = search::most_similar(&folded).filter(|similar| similar.likeness >= MIN_LIKENESS);
        let part =
            if similar.is_some_and(|similar| similar.likeness >= SURE_LIKENESS) { None } else { longest_part(phrase) };
        if let Some(named) = part {
            return Some(Coded { diagnosis: Self::of(named), recognised: Recognised::ByPart, confidence: 0.7 });
        }
        let Similar { named, likeness } = similar?;
        let confidence = (likeness * 0.8).min(0.8);
        Some(Coded { diagnosis: Self::of(named), recognised: Recognised::ByLikeness, confidence })
    }

    /// Every condition and symptom that a text names, in order. Where names overlap, the longest is taken.
    #[must_use]
    pub fn find(text: &Text<'_>) -> Vec<DiagnosisMention> {
        find_in(&Words::of(text))
    }
}

pub(crate) fn find_in(words: &Words<'_>) -> Vec<DiagnosisMention> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let read = at(words, place);
        let length = read.map_or(1, |(_, length)| length);
        if let Some((named, _)) = read {
            let span = words.span(place, place + length - 1);
            found.push(DiagnosisMention { diagnosis: Diagnosis::of(named), span });
        }
        place += length;
    }
    found
}

/// The name that begins at a word, and how many words it has.
pub(crate) fn at(words: &Words<'_>, place: usize) -> Option<(Named, usize)> {
    let common = table::COMMON_NAMES.longest(words, place).filter(|found| is_plain(words, place, found.meaning.name));
    let formal = table::ICD_NAMES.longest(words, place);
    let longest = [formal, common].into_iter().flatten().max_by_key(|found| found.words)?;
    Some((longest.meaning, longest.words))
}

/// The longest name in a phrase; of names of one length the first.
fn longest_part(phrase: &str) -> Option<Named> {
    let text = Text::read(phrase);
    let words = Words::of(&text);
    let parts = (0..words.len()).filter_map(|place| at(&words, place));
    parts.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(named, _)| named)
}

/// The symptom whose name begins at a word, and how many words the name has.
pub(crate) fn symptom_at(words: &Words<'_>, place: usize) -> Option<(Diagnosis, usize)> {
    let (named, length) = at(words, place)?;
    symptom::is_complaint_code(named.code()).then(|| (Diagnosis::of(named), length))
}

fn exact(folded: &str) -> Option<Named> {
    table::COMMON_NAMES.get_any_number(folded).or_else(|| table::ICD_NAMES.get_any_number(folded))
}

/// Whether a name is one in running text: it is not ambiguous, or an abbreviation in capitals among small letters.
fn is_plain(words: &Words<'_>, place: usize, name: &str) -> bool {
    !wording::ONLY_ALONE.contains(&name) || (name.len() <= 4 && words.is_in_capitals(place))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
