//! The name that is most like a phrase.

use std::sync::LazyLock;

use super::stem::stem;
use super::synonym;
use super::table::{self, Named};

/// The stems of all names, one name after the other. Nothing is sorted: a phrase is compared with all of them, which takes a
/// tenth of the time that an index takes to make.
struct Stems {
    /// First the names that people use, then those of ICD-10-CM.
    names: Vec<Named>,
    /// How many names people use.
    common: usize,
    stems: Vec<u32>,
    /// Where the stems of each name end.
    ends: Vec<usize>,
    /// How often stems with the same low bits occur.
    counts: Vec<u16>,
}

static STEMS: LazyLock<Stems> = LazyLock::new(|| {
    let mut names: Vec<Named> = table::common().collect();
    let common = names.len();
    names.extend(table::icd10cm());
    let mut stems = Vec::with_capacity(names.len() * 4);
    let mut ends = Vec::with_capacity(names.len());
    for named in &names {
        stems.extend(words(named.name).map(stem));
        ends.push(stems.len());
    }
    let mut counts = vec![0_u16; 1 << 16];
    for stem in &stems {
        if let Some(count) = counts.get_mut(low_bits(*stem)) {
            *count = count.saturating_add(1);
        }
    }
    Stems { names, common, stems, ends, counts }
});

fn low_bits(stem: u32) -> usize {
    usize::try_from(stem & 0xffff).unwrap_or(0)
}

/// A name that is like a phrase, and how much, from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar {
    pub(super) named: Named,
    pub(super) likeness: f32,
}

/// The name most like a spelled phrase: the rarer the words that they share, the more alike they are.
pub(super) fn most_similar(phrase: &str) -> Option<Similar> {
    let stems = &*STEMS;
    let asked: Vec<Asked> = words(phrase).take(MAX_WORDS).map(|word| stems.ask(word)).collect();
    let mut start = 0;
    let mut best: Option<Similar> = None;
    for (place, (named, end)) in stems.names.iter().zip(&stems.ends).enumerate() {
        let name = stems.stems.get(start..*end).unwrap_or_default();
        start = *end;
        let likeness = stems.likeness(&asked, name);
        // Of two names that are much alike, the one that people use.
        let likeness = if place < stems.common { likeness * COMMON } else { likeness };
        if likeness > best.map_or(0.0, |best| best.likeness) {
            best = Some(Similar { named: *named, likeness });
        }
    }
    best.map(|best| Similar { likeness: best.likeness.min(1.0), ..best })
}

/// How much more a name that people use counts.
const COMMON: f32 = 1.1;
/// A longer phrase is no name.
const MAX_WORDS: usize = 24;

/// A word of the phrase: the stems of it and of what means the same, and its weight.
struct Asked {
    stems: Vec<u32>,
    weight: f32,
}

impl Stems {
    fn ask(&self, word: &[u8]) -> Asked {
        let stems: Vec<u32> = std::iter::once(word).chain(synonym::of(word)).map(stem).collect();
        let own = stems.first().map_or(0, |own| self.count(*own));
        let weight = if own == 0 { self.weight(1) * UNKNOWN } else { self.weight(own) };
        Asked { stems, weight }
    }

    /// The harmonic mean of how much of the phrase is in the name, and of the name in the phrase.
    fn likeness(&self, asked: &[Asked], name: &[u32]) -> f32 {
        let is_in_name = |word: &&Asked| word.stems.iter().any(|stem| name.contains(stem));
        let found: f32 = asked.iter().filter(is_in_name).map(|word| word.weight).sum();
        if found <= 0.0 {
            return 0.0;
        }
        let is_asked = |stem: &u32| asked.iter().any(|word| word.stems.contains(stem));
        let weight_of = |stem: &u32| self.weight(self.count(*stem));
        let shared: f32 = name.iter().filter(|stem| is_asked(stem)).map(weight_of).sum();
        let phrase = found / asked.iter().map(|word| word.weight).sum::<f32>();
        let name = shared / name.iter().map(weight_of).sum::<f32>();
        2.0 * phrase * name / (phrase + name)
    }

    fn count(&self, stem: u32) -> u16 {
        self.counts.get(low_bits(stem)).copied().unwrap_or(0)
    }

    /// The weight of a word that so many of the names have.
    fn weight(&self, with_word: u16) -> f32 {
        let names = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        (f32::from(names) / f32::from(with_word.max(1))).ln().max(0.1)
    }
}

/// How much a word that no name has counts, of the rarest: "my", "yesterday".
const UNKNOWN: f32 = 0.9;

/// Words that tell nothing about a condition, besides single letters; sorted.
const SMALL: [&str; 44] = [
    "al",
    "an",
    "and",
    "as",
    "at",
    "by",
    "con",
    "de",
    "del",
    "due",
    "el",
    "en",
    "for",
    "from",
    "has",
    "have",
    "he",
    "her",
    "his",
    "in",
    "is",
    "it",
    "la",
    "las",
    "los",
    "my",
    "not",
    "of",
    "on",
    "or",
    "por",
    "she",
    "site",
    "specified",
    "su",
    "the",
    "tipo",
    "to",
    "type",
    "un",
    "una",
    "unspecified",
    "with",
    "without",
];

fn is_small(word: &[u8]) -> bool {
    let may_be = matches!(word.len(), 2..=4 | 7 | 9 | 11);
    word.len() == 1 || (may_be && SMALL.binary_search_by(|small| small.as_bytes().cmp(word)).is_ok())
}

fn words(phrase: &str) -> impl Iterator<Item = &[u8]> {
    phrase.as_bytes().split(|byte| *byte == b' ').filter(|word| !word.is_empty() && !is_small(word))
}
