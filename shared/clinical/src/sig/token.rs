//! A dosage instruction cut into words, numbers and marks.

use crate::span::Span;
use crate::words::fold_letter;

/// A word, a number or a mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// Letters, folded.
    Word(String),
    /// Digits or a vulgar fraction.
    Number(f64),
    /// Anything else but blanks.
    Mark(char),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// Whether nothing, not even a blank, parts it from the token before.
    glued: bool,
}

/// No instruction has a larger number; longer digits are an identifier.
const LARGEST: f64 = 1e7;

/// The tokens of an instruction.
#[derive(Debug)]
pub(super) struct Tokens {
    list: Vec<Token>,
}

impl Tokens {
    pub(super) fn of(text: &str) -> Self {
        let mut list: Vec<Token> = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let start = text.len() - rest.len();
            let (kind, length) = next(rest, letter);
            rest = rest.get(length..).unwrap_or_default();
            if let Some(kind) = kind {
                let span = Span { start, end: start + length };
                let glued = list.last().is_some_and(|last| last.span.end == start);
                list.push(Token { kind, span, glued });
            }
        }
        Self { list: without_dots(list) }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at a place; empty when there is none.
    pub(super) fn word(&self, at: usize) -> &str {
        match self.list.get(at) {
            Some(Token { kind: Kind::Word(word), .. }) => word,
            _ => "",
        }
    }

    /// The number written in digits at a place.
    pub(super) fn digits(&self, at: usize) -> Option<f64> {
        match self.list.get(at) {
            Some(Token { kind: Kind::Number(number), .. }) => Some(*number).filter(|number| *number < LARGEST),
            _ => None,
        }
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        matches!(self.list.get(at), Some(Token { kind: Kind::Mark(own), .. }) if *own == mark)
    }

    pub(super) fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at)) && !self.word(at).is_empty()
    }

    /// The place behind a phrase that begins here; a hyphen may stand where the phrase has a blank.
    pub(super) fn behind(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut place = at;
        for (count, word) in phrase.split(' ').enumerate() {
            if count > 0 && self.is_mark(place, '-') {
                place += 1;
            }
            if self.word(place) != word {
                return None;
            }
            place += 1;
        }
        Some(place)
    }

    /// The place behind the longest of some phrases that begins here, and what that phrase means.
    pub(super) fn longest<M: Copy>(&self, at: usize, phrases: &[(&str, M)]) -> Option<(M, usize)> {
        let word = self.word(at);
        // Most phrases begin with another word, which their first letters tell.
        let begin = phrases.iter().filter(|(phrase, _)| !word.is_empty() && phrase.starts_with(word));
        let found = begin.filter_map(|(phrase, meaning)| Some((*meaning, self.behind(at, phrase)?)));
        found.max_by_key(|(_, behind)| *behind)
    }

    /// From one token up to, not including, another.
    pub(super) fn span(&self, from: usize, behind: usize) -> Span {
        let start = self.list.get(from).map_or(0, |token| token.span.start);
        let end = behind.checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |token| token.span.end);
        Span { start, end: end.max(start) }
    }

    /// The first token that begins at a byte or later.
    pub(super) fn at_byte(&self, byte: usize) -> usize {
        self.list.partition_point(|token| token.span.start < byte)
    }

    /// Replaces a word by what it misspells.
    pub(super) fn correct(&mut self, corrected: impl Fn(&str) -> Option<&'static str>) {
        for token in &mut self.list {
            if let Kind::Word(word) = &mut token.kind
                && let Some(meant) = corrected(word)
            {
                meant.clone_into(word);
            }
        }
    }
}

fn next(rest: &str, letter: char) -> (Option<Kind>, usize) {
    if letter.is_ascii_digit() {
        let (number, length) = number(rest);
        return (Some(Kind::Number(number)), length);
    }
    if let Some(fraction) = vulgar(letter) {
        return (Some(Kind::Number(fraction)), letter.len_utf8());
    }
    if letter.is_alphabetic() {
        let length = rest.find(|other: char| !other.is_alphabetic() && !is_accent(other)).unwrap_or(rest.len());
        let mut word = String::new();
        rest.get(..length).unwrap_or_default().chars().for_each(|own| fold_letter(own, &mut word));
        return (Some(Kind::Word(word)), length);
    }
    let kind = (!letter.is_whitespace() && !matches!(letter, '\'' | '’')).then_some(Kind::Mark(letter));
    (kind, letter.len_utf8())
}

fn is_accent(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

fn vulgar(letter: char) -> Option<f64> {
    match letter {
        '½' => Some(0.5),
        '¼' => Some(0.25),
        '¾' => Some(0.75),
        '⅓' => Some(1.0 / 3.0),
        '⅔' => Some(2.0 / 3.0),
        _ => None,
    }
}

/// Digits with a decimal point or comma; a comma before exactly three digits parts thousands.
fn number(rest: &str) -> (f64, usize) {
    let digits = |text: &str| text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(rest);
    let (head, tail) = rest.split_at(whole);
    let decimals = tail.get(1..).map_or(0, digits);
    let separator = tail.chars().next().filter(|mark| decimals > 0 && matches!(mark, '.' | ','));
    let read = |text: &str| text.parse().unwrap_or(0.0);
    let fraction = tail.get(1..=decimals).unwrap_or_default();
    match separator {
        Some(',') if decimals == 3 => (read(&format!("{head}{fraction}")), whole + 4),
        Some(_) => (read(&format!("{head}.{fraction}")), whole + 1 + decimals),
        None => (read(head), whole),
    }
}

/// Joins dotted letters, "T.I.D." and "q.4.d", to what they abbreviate.
fn without_dots(list: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::with_capacity(list.len());
    let mut open = false;
    for token in list {
        let is_letter = matches!(&token.kind, Kind::Word(word) if word.len() == 1);
        let is_part = is_letter || matches!(token.kind, Kind::Number(_));
        let is_dot = token.kind == Kind::Mark('.') && token.glued && joined.last().is_some_and(is_short);
        if is_dot {
            open = true;
            continue;
        }
        match (joined.last_mut(), &token.kind) {
            (Some(Token { kind: Kind::Word(word), span, .. }), Kind::Word(letter))
                if open && is_letter && token.span.start <= span.end + 1 =>
            {
                word.push_str(letter);
                span.end = token.span.end;
            }
            _ => joined.push(Token { glued: token.glued || (open && is_part), ..token }),
        }
        open = false;
    }
    joined
}

fn is_short(token: &Token) -> bool {
    matches!(&token.kind, Kind::Word(word) if word.len() <= 3) || (matches!(token.kind, Kind::Number(_)) && token.glued)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |token: &Token| match &token.kind {
            Kind::Word(word) => word.clone(),
            Kind::Number(number) => number.to_string(),
            Kind::Mark(mark) => format!("<{mark}>"),
        };
        Tokens::of(text).list.iter().map(show).collect()
    }

    #[test]
    fn numbers_and_units_part_and_dotted_letters_join() {
        assert_eq!(shown("500mg T.I.D. q.4.d q8h P.O."), ["500", "mg", "tid", "q", "4", "d", "q", "8", "h", "po"]);
        assert_eq!(shown("Días: 2,5 ml o 1,000 mg, ½"), ["dias", "<:>", "2.5", "ml", "o", "1000", "mg", "<,>", "0.5"]);
    }

    #[test]
    fn phrases_may_be_hyphenated() {
        let tokens = Tokens::of("as-needed for pain");
        assert_eq!(tokens.behind(0, "as needed"), Some(3));
        assert_eq!(tokens.behind(0, "as needed for"), Some(4));
        assert_eq!(tokens.longest(0, &[("as", 1), ("as needed", 2)]), Some((2, 3)));
        assert_eq!(tokens.span(0, 3).of("as-needed for pain"), "as-needed");
    }
}
