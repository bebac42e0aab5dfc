//! The words of a table, numbered, and sets of them.

use std::borrow::Cow;

use crate::{hash::Map, text::token::Token};

/// A word or a beginning of words.
pub(super) type WordId = u32;
/// A set of words.
pub(super) type SetId = usize;

/// A table has a new word in about so many bytes.
const BYTES_OF_WORD: usize = 24;

/// All words of a table.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Map<Cow<'static, str>, WordId>,
    beginnings: Map<Cow<'static, str>, WordId>,
    /// The lengths of beginnings that occur, in bytes.
    lengths: Vec<usize>,
    next: WordId,
    sets: Vec<Vec<WordId>>,
}

/// The numbers that the table has for one token: at most its word and a few beginnings of it.
pub(super) type Numbers = Vec<WordId>;

impl Vocabulary {
    /// The number of a word; `suicid*` is a beginning.
    pub(super) fn number(&mut self, word: &'static str) -> WordId {
        let Some(beginning) = word.strip_suffix('*') else { return self.whole(Cow::Borrowed(word)) };
        if let Some(number) = self.beginnings.get(beginning) {
            return *number;
        }
        let number = self.count();
        self.beginnings.insert(Cow::Borrowed(beginning), number);
        if !self.lengths.contains(&beginning.len()) {
            self.lengths.push(beginning.len());
        }
        number
    }

    /// The number of a word with an ending.
    pub(super) fn with_ending(&mut self, stem: &str, ending: &str) -> WordId {
        self.whole(Cow::Owned([stem, ending].concat()))
    }

    fn whole(&mut self, word: Cow<'static, str>) -> WordId {
        if let Some(number) = self.words.get(&word) {
            return *number;
        }
        let number = self.count();
        self.words.insert(word, number);
        number
    }

    fn count(&mut self) -> WordId {
        let number = self.next;
        self.next += 1;
        number
    }

    /// Makes room for a table of so many bytes.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.words.reserve(bytes / BYTES_OF_WORD);
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
