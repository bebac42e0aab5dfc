//! The words of a statement on their way into a note: without what one only says, numbers as digits, units as symbols.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::symbol;
use crate::spoken::Spoken;
use crate::text::Text;
use crate::text::token::{Break, Kind, Token};

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

/// Sounds and words that say nothing wherever they stand.
static FILLERS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "um uh uhm umm er erm ah oh hmm hm mm mhm mmm huh yep yeah yes okay ok alright alrighty well basically actually \
    really just obviously honestly literally anyway gosh pues bueno este eh"
        .split(' ')
        .collect()
});

/// Runs of words that say nothing wherever they stand.
const PHRASES: [&[&str]; 30] = [
    &["you", "know", "what"],
    &["you", "know"],
    &["i", "mean"],
    &["kind", "of"],
    &["kinda"],
    &["sort", "of"],
    &["sorta"],
    &["all", "right"],
    &["let", "us", "see"],
    &["let", "'s", "see"],
    &["let", "me", "see"],
    &["mm", "hmm"],
    &["uh", "huh"],
    &["go", "ahead", "and"],
    &["a", "little", "bit", "of"],
    &["or", "anything", "like", "that"],
    &["or", "something", "like", "that"],
    &["anything", "like", "that"],
    &["stuff", "like", "that"],
    &["things", "like", "that"],
    &["and", "things"],
    &["and", "everything"],
    &["as", "far", "as", "that"],
    &["to", "be", "honest"],
    &["i", "would", "say"],
    &["i", "guess"],
    &["right", "now"],
    &["by", "the", "way"],
    &["excuse", "me"],
    &["sabe", "usted"],
];

/// Runs of words that lead to what is said, at the beginning of a statement.
const LEADS: [&[&str]; 26] = [
    &["i", "know", "that"],
    &["i", "know"],
    &["i", "see", "here", "that"],
    &["i", "see", "here"],
    &["i", "see", "that"],
    &["i", "see"],
    &["i", "understand", "that"],
    &["i", "understand"],
    &["i", "remember"],
    &["it", "says", "here", "that"],
    &["it", "says", "here"],
    &["hey", "dragon"],
    &["of", "note"],
    &["again"],
    &["in", "general"],
    &["like", "i", "said"],
    &["as", "i", "said"],
    &["here", "in", "the", "office"],
    &["the", "good", "news", "is", "that"],
    &["the", "good", "news", "is"],
    &["first", "of", "all"],
    &["in", "any", "case"],
    &["that", "'s", "why"],
    &["the", "other", "thing", "is"],
    &["i", "would", "say"],
    &["i", "want", "to", "make", "sure"],
];

/// Words that a note does not begin with.
const OPENERS: [&str; 16] = [
    "and", "so", "but", "then", "now", "or", "because", "plus", "like", "also", "right", "y", "pero", "entonces",
    "luego", "cause",
];
/// Words that a note does not end with.
const CLOSERS: [&str; 26] = [
    "and", "so", "but", "or", "the", "a", "an", "with", "to", "of", "that", "then", "right", "because", "like", "my",
    "your", "y", "pero", "o", "que", "de", "con", "is", "if", "i",
];

/// The words of a run of tokens, cleaned.
pub(super) fn of(text: &Text<'_>, tokens: Range<usize>, numbers: &[Spoken]) -> Vec<Word> {
    let mut words = raw(text, tokens, numbers);
    drop_phrases(&mut words);
    words.retain(|word| !FILLERS.contains(word.word.as_str()));
    drop_repetitions(&mut words);
    trim(&mut words);
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
            let name: String = text
                .tokens()
                .get(at..at + letters)
                .unwrap_or_default()
                .iter()
                .map(|token| token.span.of(text.written()))
                .collect();
            words.push(Word { word: name.to_lowercase(), text: name, before: Before::Blank, comma: false });
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

fn drop_phrases(words: &mut Vec<Word>) {
    let mut kept = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let begins = |phrase: &&[&str]| {
            phrase.len() <= rest.len() && phrase.iter().zip(rest).all(|(one, other)| *one == other.word)
        };
        match PHRASES.iter().find(|phrase| begins(phrase)) {
            Some(phrase) => rest = rest.get(phrase.len()..).unwrap_or_default(),
            None => {
                kept.push(first.clone());
                rest = behind;
            }
        }
    }
    *words = kept;
}

/// "I, I've been" and "we we call this": what was said twice while thinking is written once.
fn drop_repetitions(words: &mut Vec<Word>) {
    for length in [3, 2, 1] {
        let mut kept: Vec<Word> = Vec::with_capacity(words.len());
        for word in words.drain(..) {
            kept.push(word);
            let end = kept.len();
            let (Some(first), Some(middle)) = (end.checked_sub(2 * length), end.checked_sub(length)) else { continue };
            let same = |one: &[Word], other: &[Word]| one.iter().zip(other).all(|(one, other)| one.word == other.word);
            let is_said_twice =
                kept.get(first..middle).zip(kept.get(middle..)).is_some_and(|(one, other)| same(one, other));
            let is_number = kept.last().is_some_and(|word| word.word.chars().any(|letter| letter.is_ascii_digit()));
            if is_said_twice && !is_number {
                kept.truncate(middle);
            }
        }
        *words = kept;
    }
}

fn trim(words: &mut Vec<Word>) {
    let openers = |words: &[Word]| words.iter().take_while(|word| OPENERS.contains(&word.word.as_str())).count();
    words.drain(..openers(words));
    let begins = |lead: &&&[&str]| {
        lead.len() < words.len() && lead.iter().zip(words.iter()).all(|(one, other)| *one == other.word)
    };
    let lead = LEADS.iter().find(begins).map_or(0, |lead| lead.len());
    words.drain(..lead);
    words.drain(..openers(words));
    while words.last().is_some_and(|word| CLOSERS.contains(&word.word.as_str())) {
        words.pop();
    }
    if let Some(first) = words.first_mut() {
        (first.comma, first.before) = (false, Before::Blank);
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
