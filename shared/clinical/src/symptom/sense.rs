//! What can be wrong with a part of the body, and the words for it.

use std::sync::LazyLock;

use serde::Serialize;

use crate::dictionary::{Dictionary, rows};

pub(super) static SENSE: &str = include_str!("../../data/symptom/sense.txt");

static SENSES: LazyLock<Dictionary<Sense>> = LazyLock::new(|| {
    let known = rows(SENSE).filter_map(|(noun, words)| Some((Sense::named(noun)?, words)));
    Dictionary::of(known.flat_map(|(sense, words)| words.split(' ').map(move |word| (word, sense))))
});

/// What is wrong with a part of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sense {
    /// It hurts.
    Pain,
    /// It is larger than it was.
    Swelling,
    /// It does not feel.
    Numbness,
    /// Pins and needles.
    Tingling,
    /// It has no strength.
    Weakness,
    /// It does not bend.
    Stiffness,
    /// It itches.
    Itching,
    /// Spots, patches, bumps.
    Rash,
    /// It is red.
    Redness,
    /// It bleeds.
    Bleeding,
    /// A lump in or on it.
    Lump,
    /// Cramps or twitches.
    Cramps,
    /// It burns, or was burned.
    Burning,
    /// Pressure or tightness.
    Tightness,
    /// Dry or cracked.
    Dryness,
    /// It was hurt.
    Injury,
    /// Another colour than it should have.
    Discoloration,
    /// Something comes out of it.
    Discharge,
    /// Another shape than it should have.
    Deformity,
    /// Blisters on it.
    Blisters,
    /// Open or sore places on it.
    Sores,
    /// It locks, clicks or gives way.
    Locking,
}

/// All of them with their nouns, as the table has them.
const NOUNS: [(Sense, &str); 22] = [
    (Sense::Pain, "pain"),
    (Sense::Swelling, "swelling"),
    (Sense::Numbness, "numbness"),
    (Sense::Tingling, "tingling"),
    (Sense::Weakness, "weakness"),
    (Sense::Stiffness, "stiffness"),
    (Sense::Itching, "itching"),
    (Sense::Rash, "rash"),
    (Sense::Redness, "redness"),
    (Sense::Bleeding, "bleeding"),
    (Sense::Lump, "lump"),
    (Sense::Cramps, "cramps"),
    (Sense::Burning, "burning"),
    (Sense::Tightness, "tightness"),
    (Sense::Dryness, "dryness"),
    (Sense::Injury, "injury"),
    (Sense::Discoloration, "discoloration"),
    (Sense::Discharge, "discharge"),
    (Sense::Deformity, "deformity"),
    (Sense::Blisters, "blisters"),
    (Sense::Sores, "sores"),
    (Sense::Locking, "locking"),
];

impl Sense {
    /// Its name behind a part of the body: "knee pain".
    #[must_use]
    pub fn noun(self) -> &'static str {
        NOUNS.iter().find(|(sense, _)| *sense == self).map_or("", |(_, noun)| *noun)
    }

    pub(crate) fn named(noun: &str) -> Option<Self> {
        NOUNS.iter().find(|(_, other)| *other == noun).map(|(sense, _)| *sense)
    }
}

/// What a word says to be wrong.
pub(super) fn sense(word: &str) -> Option<Sense> {
    SENSES.get(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_sense_and_every_sense_has_a_row() {
        let nouns: Vec<&str> = rows(SENSE).map(|(noun, _)| noun).collect();
        assert!(nouns.iter().all(|noun| Sense::named(noun).is_some()));
        assert_eq!(nouns.len(), NOUNS.len());
        assert_eq!(NOUNS.map(|(sense, noun)| sense.noun() == noun), [true; NOUNS.len()]);
    }

    #[test]
    fn a_word_has_one_sense() {
        let mut words: Vec<&str> = rows(SENSE).flat_map(|(_, words)| words.split(' ')).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        assert_eq!(sense("aching"), Some(Sense::Pain));
        assert_eq!(sense("hinchado"), Some(Sense::Swelling));
        assert_eq!(sense("happy"), None);
    }
}
