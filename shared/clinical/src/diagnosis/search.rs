//! The name that is most like a phrase.

use std::sync::LazyLock;

use super::stem::stem;
use super::synonym;
use super::table::{self, Named};

/// A word of a name: its stem, and which name.
type Posting = (u32, u16);

struct Index {
    names: Vec<Named>,
    /// Sorted by stem.
    postings: Vec<Posting>,
    /// The weight of all words of each name.
    weights: Vec<f32>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let names: Vec<Named> = table::common().chain(table::icd10cm()).collect();
    let mut postings: Vec<Posting> = Vec::with_capacity(names.len() * 4);
    for (named, number) in names.iter().zip(0_u16..) {
        postings.extend(words(named.name).map(|word| (stem(word), number)));
    }
    postings.sort_unstable();
    postings.dedup();
    let mut weights = vec![0.0; names.len()];
    for same in postings.chunk_by(|one, other| one.0 == other.0) {
        let weight = weight(names.len(), same.len());
        for (_, number) in same {
            if let Some(sum) = weights.get_mut(usize::from(*number)) {
                *sum += weight;
            }
        }
    }
    Index { names, postings, weights }
});

/// A name that is like a phrase, and how much, from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar {
    pub(super) named: Named,
    pub(super) likeness: f32,
}

/// What a phrase and a name share: the weight of the phrase's words, and of the name's.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    asked: f32,
    named: f32,
}

/// The name most like a folded phrase: the rarer the words that they share, the more alike they are.
pub(super) fn most_similar(phrase: &str) -> Option<Similar> {
    let index = &*INDEX;
    let mut shared = vec![Shared::default(); index.names.len()];
    let asked: f32 = words(phrase).take(MAX_WORDS).map(|word| index.add(&mut shared, word)).sum();
    // The harmonic mean of how much of the phrase is in the name, and of the name in the phrase.
    let likeness = |(shared, weight): (&Shared, &f32)| {
        let (phrase, name) = (shared.asked / asked, (shared.named / weight).min(1.0));
        if phrase + name > 0.0 { 2.0 * phrase * name / (phrase + name) } else { 0.0 }
    };
    let scored = shared.iter().zip(&index.weights).map(likeness).zip(&index.names);
    // Of two names that are much alike, the one that people use.
    let scored =
        scored.map(|(likeness, named)| (if named.called.is_some() { likeness * COMMON } else { likeness }, named));
    let best = scored
        .filter(|(likeness, _)| *likeness > 0.0)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some(Similar { named: *best.1, likeness: best.0.min(1.0) })
}

/// How much more a name that people use counts.
const COMMON: f32 = 1.1;
/// A longer phrase is no name.
const MAX_WORDS: usize = 24;

impl Index {
    /// Notes a word for every name that has it, or a word that means the same; gives the word's own weight.
    fn add(&self, shared: &mut [Shared], word: &str) -> f32 {
        let own = self.with(stem(word));
        let own_weight =
            if own.is_empty() { weight(self.names.len(), 1) * UNKNOWN } else { weight(self.names.len(), own.len()) };
        let mut seen: Vec<u16> = Vec::new();
        for stem in std::iter::once(word).chain(synonym::of(word)).map(stem) {
            let same = self.with(stem);
            let weight = weight(self.names.len(), same.len());
            for (_, number) in same {
                if let Some(sum) = shared.get_mut(usize::from(*number)).filter(|_| !seen.contains(number)) {
                    sum.asked += own_weight;
                    sum.named += weight;
                    seen.push(*number);
                }
            }
        }
        own_weight
    }

    fn with(&self, stem: u32) -> &[Posting] {
        let from = self.postings.partition_point(|(known, _)| *known < stem);
        let to = self.postings.partition_point(|(known, _)| *known <= stem);
        self.postings.get(from..to).unwrap_or_default()
    }
}

/// How much a word that no name has counts, of the rarest: "my", "yesterday".
const UNKNOWN: f32 = 0.5;

/// The weight of a word that so many of the names have.
fn weight(names: usize, with_word: usize) -> f32 {
    let count = |number: usize| u16::try_from(number).map_or(f32::from(u16::MAX), f32::from);
    (count(names) / count(with_word.max(1))).ln().max(0.1)
}

const STOPWORDS: [&str; 48] = [
    "a",
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
    "i",
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
    "su",
    "the",
    "to",
    "un",
    "una",
    "unspecified",
    "with",
    "without",
    "y",
    "o",
    "tipo",
    "type",
    "site",
    "specified",
];

fn words(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(' ').filter(|word| !word.is_empty() && !STOPWORDS.contains(word))
}
