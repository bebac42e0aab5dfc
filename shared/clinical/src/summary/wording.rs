//! The words of a statement on their way into a note: without what one only says, numbers as digits, units as symbols.

use std::ops::Range;

use super::symbol;
use crate::spoken::Spoken;
use crate::text::Text;
use crate::text::token::{Break, Kind, Token};

mod filler;

/// One word of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it will be written.
    pub(super) text: String,
    /// As it is compared: lower case, contractions taken apart.
    pub(super) word: String,
    /// What stands before it: a blank, or the hyphen of "62-year-old".
    pub(super) before: Before,
    /// A comma stands before it.
    pub(super) comma: bool,
}

/// How a word hangs on the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    Blank,
    Nothing,
    Hyphen,
    Slash,
}

/// The words of a run of tokens, cleaned.
pub(super) fn of(text: &Text<'_>, tokens: Range<usize>, numbers: &[Spoken]) -> Vec<Word> {
    let mut words = raw(text, tokens, numbers);
    filler::drop(&mut words);
    symbol::shorten(&mut words);
    words
}

fn raw(text: &Text<'_>, tokens: Range<usize>, numbers: &[Spoken]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut at = tokens.start;
    let mut next = numbers.partition_point(|number| number.tokens.start < tokens.start);
    while at < tokens.end {
        let Some(token) = text.tokens().get(at) else { break };
        let number = numbers.get(next).filter(|number| number.tokens.start == at && number.tokens.end <= tokens.end);
        next += usize::from(numbers.get(next).is_some_and(|number| number.tokens.start <= at));
        if is_broken_off(text, token) {
            at += 1;
            continue;
        }
        let letters = spelled_out(text, at, tokens.end);
        if letters > 1 {
            words.push(abbreviation(text, at..at + letters));
            at += letters;
            continue;
        }
        let digits =
            number.filter(|number| number.in_words && is_counted(text, number)).map(|number| number.value.to_string());
        let length = if digits.is_some() { number.map_or(1, |number| number.tokens.len()) } else { 1 };
        let written = digits.unwrap_or_else(|| as_written(text, token));
        let before = if words.is_empty() { Before::Blank } else { before(text, at) };
        words.push(Word {
            word: if length > 1 || number.is_some() { written.to_lowercase() } else { token.word.clone() },
            text: written,
            before,
            comma: token.before == Break::Comma && before == Before::Blank && text.between(at).contains(','),
        });
        at += length;
    }
    words.retain(|word| !word.text.is_empty());
    words
}

/// "E K G" as one word.
fn abbreviation(text: &Text<'_>, letters: Range<usize>) -> Word {
    let letters = text.tokens().get(letters).unwrap_or_default();
    let name: String = letters.iter().map(|token| token.span.of(text.written())).collect();
    Word { word: name.to_lowercase(), text: name, before: Before::Blank, comma: false }
}

/// "E K G": how many single capitals follow each other.
fn spelled_out(text: &Text<'_>, at: usize, end: usize) -> usize {
    let is_letter = |token: &&Token| {
        let written = token.span.of(text.written());
        written.len() == 1 && written.chars().all(|letter| letter.is_ascii_uppercase())
    };
    let run = text.tokens().get(at..end).unwrap_or_default();
    let first = run.iter().take(1).take_while(is_letter).count();
    first + run.iter().skip(1).take_while(|token| first > 0 && token.before == Break::None && is_letter(token)).count()
}

/// "one" is mostly no number: "this one"; "one sixty" is.
fn is_counted(text: &Text<'_>, number: &Spoken) -> bool {
    let measured = || {
        let behind = text.tokens().get(number.tokens.end).map(|token| token.word.as_str()).unwrap_or_default();
        symbol::is_measure(behind)
    };
    number.value > 1.0 || measured()
}

/// The token as it was written; the parts of a contraction as the words that they are.
fn as_written(text: &Text<'_>, token: &Token) -> String {
    let written = token.span.of(text.written());
    let is_part = written.contains(['\'', '’'])
        || (token.word != written.to_lowercase() && !token.accented && written.is_ascii());
    if is_part { token.word.clone() } else { written.to_owned() }
}

/// "wh-", "th- that": a word that was not said to its end.
fn is_broken_off(text: &Text<'_>, token: &Token) -> bool {
    let behind = text.written().get(token.span.end..).unwrap_or_default();
    let is_cut = behind.starts_with("- ") || behind.starts_with("-,");
    token.kind == Kind::Word && is_cut && token.span.of(text.written()).len() <= 8
}

fn before(text: &Text<'_>, at: usize) -> Before {
    let between = text.between(at);
    let is_possessive = text.tokens().get(at).is_some_and(|token| token.word == "'s");
    match between {
        "-" => Before::Hyphen,
        "/" => Before::Slash,
        "" if is_possessive => Before::Nothing,
        _ => Before::Blank,
    }
}

/// The words as a sentence: the first letter large, a full stop at the end.
pub(super) fn sentence(words: &[Word]) -> String {
    finished(&phrase(words))
}

/// The words as a part of a sentence.
pub(super) fn phrase(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            if word.comma {
                text.push(',');
            }
            match word.before {
                Before::Blank => text.push(' '),
                Before::Hyphen => text.push('-'),
                Before::Slash => text.push('/'),
                Before::Nothing => {}
            }
        }
        text.push_str(&word.text);
    }
    text
}

/// A text with a large first letter and a full stop.
pub(super) fn finished(text: &str) -> String {
    let text = text.trim().trim_end_matches([',', ';', '.', ' ']);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).chain(std::iter::once('.')).collect(),
        None => String::new(),
    }
}

/// The words as a part of a sentence that does not begin with them: "In the back" is "in the back".
pub(super) fn inner(words: &[Word]) -> String {
    const SMALL: &str = "in on at the a an about around maybe my his her its from for every each when after before with not no \
        mostly usually sometimes just only all en el la los las un una desde hace cada por con";
    let text = phrase(words);
    let first = words.first().map(|word| word.word.as_str()).unwrap_or_default();
    if SMALL.split_whitespace().any(|small| small == first) { decapitalised(&text) } else { text }
}

fn decapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A text with a large first letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text as a chart has it: numbers as digits, units as symbols.
pub(super) fn abbreviated(text: &str) -> String {
    let text = Text::read(text);
    let numbers = crate::spoken::numbers(&text);
    phrase(&of(&text, 0..text.tokens().len(), &numbers))
}
