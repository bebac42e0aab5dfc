//! Specialties and services to which patients are referred.

use std::sync::LazyLock;

use crate::dictionary::{Dictionary, rows};
use crate::span::Span;
use crate::text::Text;
use crate::words::Words;

static SPECIALTY: &str = include_str!("../data/term/specialty.txt");

/// A specialty in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecialtyMention {
    /// What one calls it: "cardiology".
    pub specialty: &'static str,
    /// Where it, or whoever practises it, is named.
    pub span: Span,
}

/// The rule's id.
pub const RULE: &str = "specialty.name";

static NAMES: LazyLock<Dictionary<&'static str>> = LazyLock::new(|| Dictionary::of(names()));

fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(SPECIALTY).flat_map(|(name, others)| {
        std::iter::once((name, name)).chain(others.split(';').map(move |other| (other, name)))
    })
}

/// Names that are words of everyday language unless they are written in capitals.
const ONLY_IN_CAPITALS: [&str; 9] = ["er", "ed", "ent", "gi", "gp", "gyn", "ot", "pt", "derm"];

/// Every specialty that a text names, in order: "see a heart doctor", "refer you to PT", "lo mando al cardiólogo".
#[must_use]
pub fn find(text: &Text<'_>) -> Vec<SpecialtyMention> {
    let words = Words::of(text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let longest = NAMES.longest(&words, place).filter(|longest| {
            longest.words > 1 || !ONLY_IN_CAPITALS.contains(&words.spelled(place)) || words.is_in_capitals(place)
        });
        let length = longest.map_or(1, |longest| longest.words);
        found.extend(longest.map(|longest| SpecialtyMention {
            specialty: longest.meaning,
            span: words.span(place, place + length - 1),
        }));
        place += length;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::assert_table;
    use crate::words::spell_phrase;

    #[test]
    fn the_table_is_sorted_and_every_name_one_specialty() {
        assert_table(SPECIALTY);
        let mut names: Vec<_> = names().map(|(name, _)| name).collect();
        let count = names.len();
        for name in &names {
            assert_eq!(spell_phrase(name), *name);
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn specialties_are_known_by_lay_and_spanish_names() {
        let text = "I'll refer you to a heart doctor and to PT; lo mando al oftalmólogo. The pt is here.";
        let found: Vec<_> =
            find(&Text::read(text)).iter().map(|found| (found.span.of(text), found.specialty)).collect();
        assert_eq!(
            found,
            [("heart doctor", "cardiology"), ("PT", "physical therapy"), ("oftalmólogo", "ophthalmology")]
        );
    }
}
