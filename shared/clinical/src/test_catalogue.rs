//! Laboratory tests, imaging and other examinations by the names that people use.
//!
//! LOINC codes are given only where they are certain. CPT belongs to the American Medical Association: the only code here is the
//! one that document 004 shows, which was retired in 2018 and is marked so.

use std::sync::LazyLock;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use crate::dictionary::{Dictionary, rows};
use crate::span::Span;
use crate::text::Text;
use crate::words::{Words, spell_phrase};

static CATALOGUE: &str = include_str!("../data/test/catalogue.txt");

/// What kind of examination a test is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestCategory {
    /// Of blood, urine or other samples.
    Laboratory,
    /// X-ray, ultrasound, computed tomography, magnetic resonance, nuclear medicine.
    Imaging,
    /// Of the heart's rhythm or under load.
    Cardiac,
    /// Of tissue or cells.
    Pathology,
    /// With an instrument in the body.
    Procedure,
    /// Of lungs, nerves, sleep, hearing, sight.
    Other,
}

impl TestCategory {
    /// How documents write it: document 004 calls imaging "radiology".
    #[must_use]
    pub fn documented(self) -> &'static str {
        match self {
            Self::Laboratory => "laboratory",
            Self::Imaging => "radiology",
            Self::Cardiac => "cardiology",
            Self::Pathology => "pathology",
            Self::Procedure => "procedure",
            Self::Other => "other",
        }
    }
}

/// A retired CPT code, with the code that took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RetiredCode {
    /// The code that document 004 shows.
    pub code: &'static str,
    /// Its successor.
    pub successor: &'static str,
}

/// A test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Test {
    /// What one calls it: "chest X-ray".
    pub name: &'static str,
    /// Its kind.
    pub category: TestCategory,
    /// Its code in LOINC, where certain.
    pub loinc: Option<&'static str>,
}

/// A test in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestMention {
    /// Which.
    pub test: Test,
    /// Where.
    pub span: Span,
}

/// The rule's id.
pub const RULE: &str = "test.name";

static NAMES: LazyLock<Dictionary<Test>> =
    LazyLock::new(|| Dictionary::of(tests().flat_map(|(test, names)| names.split(';').map(move |name| (name, test)))));

/// Every test with its names.
fn tests() -> impl Iterator<Item = (Test, &'static str)> {
    rows(CATALOGUE).filter_map(|(name, rest)| {
        let mut cells = rest.split('|');
        let category: StrDeserializer<'_, Error> = cells.next()?.into_deserializer();
        let category = TestCategory::deserialize(category).ok()?;
        let loinc = cells.next().filter(|code| !code.is_empty());
        Some((Test { name, category, loinc }, cells.next()?))
    })
}

/// Names that are words of everyday language unless they are written in capitals.
const ONLY_IN_CAPITALS: [&str; 6] = ["pap", "pet", "tee", "us", "mono", "abi"];

/// Document 004 shows this code for a chest X-ray (contract A-44); the AMA replaced it in 2018.
const CHEST_X_RAY: RetiredCode = RetiredCode { code: "71020", successor: "71046" };

impl Test {
    /// The test of this name: "EKG", "radiografía de tórax", "blood work".
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.get_any_number(&spell_phrase(name))
    }

    /// Every test that a text names, in order. Where names overlap, the longest is taken.
    #[must_use]
    pub fn find(text: &Text<'_>) -> Vec<TestMention> {
        let words = Words::of(text);
        let mut found = Vec::new();
        let mut place = 0;
        while place < words.len() {
            let read = at(&words, place);
            let length = read.map_or(1, |(_, length)| length);
            found.extend(read.map(|(test, _)| TestMention { test, span: words.span(place, place + length - 1) }));
            place += length;
        }
        found
    }

    /// The CPT code that document 004 shows for it.
    #[must_use]
    pub fn cpt(self) -> Option<RetiredCode> {
        (self.name == "chest X-ray").then_some(CHEST_X_RAY)
    }
}

/// The test whose name begins at a word, and how many words the name has.
pub(crate) fn at(words: &Words<'_>, place: usize) -> Option<(Test, usize)> {
    let found = NAMES.longest(words, place)?;
    let word = words.spelled(place);
    let is_word =
        ONLY_IN_CAPITALS.contains(&word.strip_suffix('s').unwrap_or(word)) || ONLY_IN_CAPITALS.contains(&word);
    let is_plain = found.words > 1 || !is_word || words.is_in_capitals(place);
    is_plain.then_some((found.meaning, found.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_every_name_is_one_test() {
        assert_eq!(tests().count(), rows(CATALOGUE).count());
        let keys: Vec<_> = rows(CATALOGUE).map(|(key, _)| key).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        let mut names: Vec<_> = tests().flat_map(|(_, names)| names.split(';')).collect();
        for name in &names {
            assert_eq!(spell_phrase(name), *name);
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    /// LOINC: up to five digits, a hyphen and a check digit (mod 10, Luhn).
    #[test]
    fn every_loinc_code_has_its_check_digit() {
        for (test, _) in tests() {
            let Some((digits, check)) = test.loinc.map(|code| code.split_once('-').unwrap()) else { continue };
            let doubled =
                |(place, digit): (usize, u32)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit };
            let sum: u32 = digits.chars().rev().filter_map(|digit| digit.to_digit(10)).enumerate().map(doubled).sum();
            assert_eq!((10 - sum % 10) % 10, check.parse::<u32>().unwrap(), "{}", test.name);
        }
    }

    #[test]
    fn tests_are_known_by_lay_clinical_and_spanish_names() {
        let cases = [
            ("EKG", "ECG", TestCategory::Cardiac),
            ("x-ray of your chest", "chest X-ray", TestCategory::Imaging),
            ("radiografía de tórax", "chest X-ray", TestCategory::Imaging),
            ("blood work", "blood test", TestCategory::Laboratory),
            ("hemograma", "CBC", TestCategory::Laboratory),
            ("hemoglobin A1c", "A1c", TestCategory::Laboratory),
            ("sleep studies", "sleep study", TestCategory::Other),
        ];
        for (name, expected, category) in cases {
            let test = Test::named(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!((test.name, test.category), (expected, category), "{name}");
        }
    }

    #[test]
    fn the_documented_code_is_given_and_marked_as_retired() {
        let text = "order a chest X-ray";
        let found = Test::find(&Text::read(text));
        assert_eq!(found.len(), 1);
        let TestMention { test, span } = found[0];
        assert_eq!((span.of(text), test.category.documented()), ("chest X-ray", "radiology"));
        assert_eq!(test.cpt(), Some(RetiredCode { code: "71020", successor: "71046" }));
        assert_eq!(Test::named("CBC").unwrap().cpt(), None);
    }

    #[test]
    fn everyday_words_are_no_tests() {
        assert_eq!(Test::find(&Text::read("tell us about your pets and the tee")).len(), 0);
        assert_eq!(Test::find(&Text::read("We need a PET and a US")).len(), 2);
    }
}
