//! Parts of the body.

use std::sync::LazyLock;

use crate::dictionary::{Dictionary, rows};
use crate::words::Words;

pub(super) static ANATOMY: &str = include_str!("../../data/term/anatomy.txt");

static NAMES: LazyLock<Dictionary<&'static str>> = LazyLock::new(|| {
    let names = rows(ANATOMY).flat_map(|(site, others)| {
        let others = others.split(';').filter(|name| !name.is_empty());
        std::iter::once((site, site)).chain(others.map(move |name| (name, site)))
    });
    Dictionary::of(names)
});

/// The part of the body that begins at a word, by its English name, and how many words it has.
pub(crate) fn site_at(words: &Words<'_>, place: usize) -> Option<(&'static str, usize)> {
    NAMES.longest(words, place).map(|found| (found.meaning, found.words))
}
