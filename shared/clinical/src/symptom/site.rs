//! Parts of the body.

use std::sync::LazyLock;

use crate::dictionary::{Dictionary, rows};
use crate::words::{Words, lists};

pub(super) static ANATOMY: &str = include_str!("../../data/term/anatomy.txt");

static NAMES: LazyLock<Dictionary<&'static str>> = LazyLock::new(|| {
    let names = rows(ANATOMY).flat_map(|(site, others)| {
        let others = others.split(';').filter(|name| !name.is_empty());
        std::iter::once((site, site)).chain(others.map(move |name| (name, site)))
    });
    Dictionary::of(names)
});

/// Verbs behind which "back" is no part of the body: "it comes back".
const GOING: &str = "come comes came coming go goes went going get gets got getting call called be look looking bring brought send sent";
/// What clinicians also call a part of the body.
const ALSO: [(&str, &[&str]); 12] = [
    ("abdomen", &["stomach", "belly"]),
    ("anus", &["rectal"]),
    ("arm", &["upper limb", "upper extremity"]),
    ("body", &["generalized"]),
    ("eye", &["eyelid"]),
    ("face", &["facial"]),
    ("leg", &["lower limb", "lower extremity"]),
    ("mouth", &["oral"]),
    ("nail", &["toenail", "fingernail"]),
    ("nose", &["nasal"]),
    ("tooth", &["dental"]),
    ("vagina", &["vaginal", "genital"]),
];

/// The part of the body that begins at a word, by its English name, and how many words it has.
pub(crate) fn site_at(words: &Words<'_>, place: usize) -> Option<(&'static str, usize)> {
    let found = NAMES.longest(words, place).map(|found| (found.meaning, found.words))?;
    let before = place.checked_sub(1).map_or("", |before| words.spelled(before));
    (found.0 != "back" || !lists(GOING, before)).then_some(found)
}

/// What a part of the body is also called in the names of symptoms.
pub(super) fn others(site: &str) -> impl Iterator<Item = &'static str> + use<> {
    ALSO.iter().find(|(name, _)| *name == site).into_iter().flat_map(|(_, others)| others.iter().copied())
}
