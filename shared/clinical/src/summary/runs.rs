//! Lists of runs of words, looked up by their first word.

use std::collections::HashMap;

use super::wording::Word;

/// The runs of a list.
#[derive(Debug)]
pub(super) struct Runs {
    /// What follows the first word, by the first word.
    rests: HashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl Runs {
    /// Reads a list of runs with commas between them.
    pub(super) fn of(listed: &'static str) -> Self {
        let mut rests: HashMap<&'static str, Vec<Vec<&'static str>>> = HashMap::new();
        for run in listed.split(',') {
            let mut words = run.split_whitespace();
            if let Some(first) = words.next() {
                rests.entry(first).or_default().push(words.collect());
            }
        }
        Self { rests }
    }

    /// How many words the longest run has that some words begin with.
    pub(super) fn begun(&self, words: &[Word]) -> Option<usize> {
        let (first, behind) = words.split_first()?;
        let begins = |rest: &&Vec<&str>| {
            rest.len() <= behind.len() && rest.iter().zip(behind).all(|(one, other)| *one == other.word)
        };
        let rests = self.rests.get(first.word.as_str())?;
        rests.iter().filter(begins).map(|rest| rest.len() + 1).max()
    }
}
