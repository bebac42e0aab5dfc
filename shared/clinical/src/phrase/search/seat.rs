//! What a search asks of each token again and again, found out once.

use std::ops::Range;

use crate::{
    phrase::vocabulary::{self, Marks, Vocabulary, WordId},
    text::{
        Text,
        token::{Break, Kind, Token},
    },
};

/// Words that no gap passes over: "he never hits me" is not "he hits me".
const NEGATIONS: &[&str] =
    &["not", "never", "no", "nobody", "nor", "without", "nunca", "jamas", "nadie", "sin", "tampoco", "pas", "jamais"];

/// A token of the text as a search needs it.
#[derive(Debug, Clone, Copy)]
struct Seat {
    /// Where its numbers stand, and end.
    first: usize,
    behind: usize,
    kind: Kind,
    /// It belongs to the sentence of the token before it.
    joined: bool,
    /// A clause begins with it.
    opens: bool,
    negation: bool,
    /// The marks of its numbers; all for a picture, as it is looked past.
    marks: Marks,
}

/// The tokens of a text, with the numbers that a table has for them.
pub(super) struct Seats<'a> {
    tokens: &'a [Token],
    seats: Vec<Seat>,
    numbers: Vec<WordId>,
}

impl<'a> Seats<'a> {
    pub(super) fn of(text: &'a Text<'_>, vocabulary: &Vocabulary) -> Self {
        let tokens = text.tokens();
        let mut seats = Vec::with_capacity(tokens.len());
        let mut numbers = Vec::with_capacity(tokens.len());
        for token in tokens {
            let first = numbers.len();
            vocabulary.number_into(token, &mut numbers);
            seats.push(Seat {
                first,
                behind: numbers.len(),
                kind: token.kind,
                joined: !seats.is_empty() && token.before < Break::Sentence,
                opens: false,
                negation: NEGATIONS.contains(&token.word.as_str()),
                marks: match token.kind {
                    Kind::Picture => Marks::MAX,
                    _ => vocabulary::marks(numbers.get(first..).unwrap_or_default()),
                },
            });
        }
        for clause in text.clauses() {
            seats.get_mut(clause.tokens.start).into_iter().for_each(|seat| seat.opens = true);
        }
        Self { tokens, seats, numbers }
    }

    /// What the table calls a token.
    pub(super) fn numbers(&self, at: usize) -> &[WordId] {
        let range = self.seats.get(at).map(|seat| Range { start: seat.first, end: seat.behind });
        range.and_then(|range| self.numbers.get(range)).unwrap_or_default()
    }

    /// The marks of the words that a phrase may go on with here.
    pub(super) fn marks(&self, at: usize) -> Marks {
        self.seats.get(at).map_or(0, |seat| seat.marks)
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.seats.get(at).map(|seat| seat.kind)
    }

    /// Whether a token belongs to the sentence of the one before it.
    pub(super) fn joined(&self, at: usize) -> bool {
        self.seats.get(at).is_some_and(|seat| seat.joined)
    }

    /// Whether a clause ends before a token, or the text.
    pub(super) fn is_border(&self, at: usize) -> bool {
        self.seats.get(at).is_none_or(|seat| seat.opens)
    }

    /// Whether a gap may pass over a token: within a clause, and over no negation.
    pub(super) fn may_be_skipped(&self, at: usize) -> bool {
        self.seats.get(at).is_some_and(|seat| seat.joined && !seat.opens && !seat.negation)
    }

    /// Whether a token is a number from one to another. What stands behind a decimal mark does not count.
    pub(super) fn is_number(&self, at: usize, least: u32, most: u32) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| token.kind == Kind::Number) else { return false };
        let digits = token.word.bytes().take_while(u8::is_ascii_digit);
        let whole =
            digits.fold(0_u32, |number, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
        (least..=most).contains(&whole)
    }
}
