//! The words of a table, numbered, and sets of them.

use std::borrow::Cow;

use crate::{hash::Map, text::token::Token};

/// A word or a beginning of words.
pub(super) type WordId = u32;

/// A set of words: a stretch of the list of all sets, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SetId {
    start: u32,
    end: u32,
    /// The marks of its words.
    pub(super) marks: Marks,
}

/// One bit of 64 for each word of a set, by its number: two sets without a common bit have no common word.
pub(super) type Marks = u64;

/// The marks of words.
pub(super) fn marks(words: &[WordId]) -> Marks {
    words.iter().fold(0, |marks, word| marks | 1 << (word & 63))
}

/// All words of a table.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Map<Cow<'static, str>, WordId>,
    beginnings: Map<&'static str, WordId>,
    /// The lengths of the beginnings that occur, in bytes, by their first letter.
    lengths: [Vec<usize>; 32],
    next: WordId,
    sets: Vec<WordId>,
}

impl Vocabulary {
    /// Makes room for about so many words.
    pub(super) fn reserve(&mut self, words: usize) {
        self.words.reserve(words);
        self.sets.reserve(words * 3);
    }

    /// How many numbers were given.
    pub(super) fn len(&self) -> usize {
        usize::try_from(self.next).unwrap_or(usize::MAX)
    }

    /// The number of a word; `suicid*` is a beginning.
    pub(super) fn number(&mut self, word: &'static str) -> WordId {
        let Some(beginning) = word.strip_suffix('*') else { return self.whole(word, Cow::Borrowed) };
        if let Some(number) = self.beginnings.get(beginning) {
            return *number;
        }
        let number = self.count();
        self.beginnings.insert(beginning, number);
        let lengths = self.lengths.get_mut(letter(beginning));
        if let Some(lengths) = lengths.filter(|lengths| !lengths.contains(&beginning.len())) {
            lengths.push(beginning.len());
        }
        number
    }

    /// The number of a word with an ending; it is spelled in a place that is used again.
    pub(super) fn with_ending(&mut self, (stem, ending): (&str, &str), spelled: &mut String) -> WordId {
        spelled.clear();
        spelled.push_str(stem);
        spelled.push_str(ending);
        self.whole(spelled, |word| Cow::Owned(word.to_owned()))
    }

    fn whole<'a>(&mut self, word: &'a str, keep: impl FnOnce(&'a str) -> Cow<'static, str>) -> WordId {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        let number = self.count();
        self.words.insert(keep(word), number);
        number
    }

    fn count(&mut self) -> WordId {
        let number = self.next;
        self.next += 1;
        number
    }

    /// Keeps a set of words.
    pub(super) fn keep(&mut self, mut words: Vec<WordId>) -> SetId {
        words.sort_unstable();
        words.dedup();
        let start = self.sets.len();
        self.sets.extend_from_slice(&words);
        let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        SetId { start: bound(start), end: bound(self.sets.len()), marks: marks(&words) }
    }

    /// Whether one of a token's numbers is in a set.
    pub(super) fn has(&self, set: SetId, numbers: &[WordId]) -> bool {
        !numbers.is_empty() && {
            let words = self.words_of(set);
            numbers.iter().any(|number| match words {
                [word] => word == number,
                words => words.binary_search(number).is_ok(),
            })
        }
    }

    /// The words of a set.
    pub(super) fn words_of(&self, set: SetId) -> &[WordId] {
        let bounds = usize::try_from(set.start).ok().zip(usize::try_from(set.end).ok());
        bounds.and_then(|(start, end)| self.sets.get(start..end)).unwrap_or_default()
    }

    /// Adds what the table calls a token: at most its word and a few beginnings of it.
    pub(super) fn number_into(&self, token: &Token, numbers: &mut Vec<WordId>) {
        let word = token.word.as_str();
        numbers.extend(self.words.get(word));
        for length in self.lengths.get(letter(word)).into_iter().flatten() {
            numbers.extend(word.get(..*length).and_then(|beginning| self.beginnings.get(beginning)));
        }
    }
}

/// The first letter of a word as one of 32: letters differ, other characters may share a number.
fn letter(word: &str) -> usize {
    usize::from(word.bytes().next().unwrap_or_default() & 31)
}
