//! The words of a table, numbered, and sets of them.

use crate::{hash::Map, text::token::Token};

/// A word or a beginning of words.
pub(super) type WordId = u32;
/// A set of words.
pub(super) type SetId = usize;

/// All words of a table.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Map<Box<str>, WordId>,
    beginnings: Map<Box<str>, WordId>,
    /// The lengths of beginnings that occur, in bytes.
    lengths: Vec<usize>,
    next: WordId,
    sets: Vec<Vec<WordId>>,
}

/// The numbers that the table has for one token: at most its word and a few beginnings of it.
pub(super) type Numbers = Vec<WordId>;

impl Vocabulary {
    /// The number of a word; `suicid*` is a beginning.
    pub(super) fn number(&mut self, word: &str) -> WordId {
        let (map, key) = match word.strip_suffix('*') {
            Some(beginning) => (&mut self.beginnings, beginning),
            None => (&mut self.words, word),
        };
        if let Some(number) = map.get(key) {
            return *number;
        }
        let number = self.next;
        self.next += 1;
        map.insert(key.into(), number);
        if word.ends_with('*') && !self.lengths.contains(&key.len()) {
            self.lengths.push(key.len());
        }
        number
    }

    /// Keeps a set of words.
    pub(super) fn keep(&mut self, mut words: Vec<WordId>) -> SetId {
        words.sort_unstable();
        words.dedup();
        self.sets.push(words);
        self.sets.len() - 1
    }

    /// Whether one of a token's numbers is in a set.
    pub(super) fn has(&self, set: SetId, numbers: &[WordId]) -> bool {
        self.sets.get(set).is_some_and(|words| numbers.iter().any(|number| words.binary_search(number).is_ok()))
    }

    /// The words of a set.
    pub(super) fn words_of(&self, set: SetId) -> &[WordId] {
        self.sets.get(set).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the table calls a token.
    pub(super) fn numbers(&self, token: &Token) -> Numbers {
        let beginnings = self.lengths.iter().filter_map(|length| self.beginnings.get(token.word.get(..*length)?));
        self.words.get(token.word.as_str()).into_iter().chain(beginnings).copied().collect()
    }
}
