//! What the classes are called, and what an allergy to one drug of a class means for the others.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::class::Class;
use crate::dictionary::{Dictionary, rows};

pub(crate) static CLASS: &str = include_str!("../../data/drug/class.txt");
pub(crate) static CLASS_NAME: &str = include_str!("../../data/drug/class_name.txt");

/// What an allergy to one drug of a class means for another drug of the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WithinClass {
    /// The whole class is avoided.
    Certain,
    /// The other drug may be given with care.
    Caution,
    /// Nothing: the drugs share an effect, not a structure.
    None,
}

static ROWS: LazyLock<Vec<(Class, &'static str, WithinClass)>> = LazyLock::new(|| {
    let row = |(code, rest): (&'static str, &'static str)| {
        let (name, within) = rest.split_once('|')?;
        Some((read(code)?, name, read(within)?))
    };
    rows(CLASS).filter_map(row).collect()
});

/// Names that mean a class only in a list of allergies; in running text they are mostly something else.
const ONLY_IN_LISTS: [&str; 9] = ["ace", "arb", "azol", "caine", "contrast", "contraste", "mycin", "pen", "platinum"];

impl Class {
    /// What one calls the class, in the singular: "penicillin", "NSAID", "ACE inhibitor".
    #[must_use]
    pub fn name(self) -> &'static str {
        row(self).map_or("", |(_, name, _)| name)
    }

    pub(crate) fn within(self) -> WithinClass {
        row(self).map_or(WithinClass::None, |(_, _, within)| *within)
    }

    /// The classes behind codes of the tables: `nsaid,salicylate`.
    pub(crate) fn of_codes(codes: &'static str) -> impl Iterator<Item = Self> {
        codes.split(',').filter_map(read)
    }
}

/// The names of classes, each with the codes of what it means.
pub(crate) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(CLASS_NAME)
}

/// Whether a name of a class is one in running text too, not only in a list of allergies.
pub(crate) fn is_plain(name: &str) -> bool {
    !ONLY_IN_LISTS.contains(&name)
}

fn row(class: Class) -> Option<&'static (Class, &'static str, WithinClass)> {
    ROWS.iter().find(|(known, _, _)| *known == class)
}

fn read<'de, T: Deserialize<'de>>(code: &'de str) -> Option<T> {
    let code: StrDeserializer<'de, Error> = code.into_deserializer();
    T::deserialize(code).ok()
}

/// The names alone, each with itself and its codes: in a list of allergies "tetracycline" is the class.
pub(crate) static NAMES: LazyLock<Dictionary<(&'static str, &'static str)>> =
    LazyLock::new(|| Dictionary::of(names().map(|(name, codes)| (name, (name, codes)))));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::assert_table;

    #[test]
    fn every_class_has_a_row_and_every_name_known_classes() {
        assert_table(CLASS);
        assert_table(CLASS_NAME);
        assert_eq!(ROWS.len(), rows(CLASS).count());
        for (name, codes) in names() {
            assert_eq!(Class::of_codes(codes).count(), codes.split(',').count(), "{name}");
        }
        assert_eq!(Class::Nsaid.name(), "NSAID");
        assert_eq!(Class::ZDrug.within(), WithinClass::None);
        for name in ONLY_IN_LISTS {
            assert!(NAMES.get(name).is_some(), "{name}");
        }
    }
}
