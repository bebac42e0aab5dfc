//! Numbers as instructions write them: digits, words, fractions and ranges, in English and Spanish.

use super::token::Tokens;

/// From the least to the most; both are the same when one number was written.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Range {
    /// The lower number.
    pub least: f64,
    /// The higher number.
    pub most: f64,
}

impl Range {
    /// One number.
    #[must_use]
    pub fn one(number: f64) -> Self {
        Self { least: number, most: number }
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.least < self.most { write!(f, "{} to {}", self.least, self.most) } else { write!(f, "{}", self.most) }
    }
}

/// Numbers that may follow "twenty" or "hundred".
const ONES: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS: [&str; 10] =
    ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const TENS: [&str; 10] = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const SPANISH: [(&str, f64); 33] = [
    ("un", 1.0),
    ("una", 1.0),
    ("uno", 1.0),
    ("dos", 2.0),
    ("tres", 3.0),
    ("cuatro", 4.0),
    ("cinco", 5.0),
    ("seis", 6.0),
    ("siete", 7.0),
    ("ocho", 8.0),
    ("nueve", 9.0),
    ("diez", 10.0),
    ("doce", 12.0),
    ("catorce", 14.0),
    ("quince", 15.0),
    ("veinte", 20.0),
    ("veinticinco", 25.0),
    ("veinticuatro", 24.0),
    ("treinta", 30.0),
    ("cuarenta", 40.0),
    ("cincuenta", 50.0),
    ("setenta y dos", 72.0),
    ("cien", 100.0),
    ("ciento", 100.0),
    ("doscientos", 200.0),
    ("trescientos", 300.0),
    ("cuatrocientos", 400.0),
    ("quinientos", 500.0),
    ("seiscientos", 600.0),
    ("ochocientos", 800.0),
    ("mil", 1000.0),
    ("media", 0.5),
    ("medio", 0.5),
];

const PARTS: [(&str, f64); 11] = [
    ("half", 0.5),
    ("half a", 0.5),
    ("half of a", 0.5),
    ("half an", 0.5),
    ("one half", 0.5),
    ("a half", 0.5),
    ("quarter", 0.25),
    ("one quarter", 0.25),
    ("a quarter", 0.25),
    ("couple", 2.0),
    ("a couple of", 2.0),
];

/// The number or range at a place, and the place behind it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<(Range, usize)> {
    let (least, behind) = single(tokens, at)?;
    let is_range = tokens.is_mark(behind, '-')
        || tokens.is_mark(behind, '–')
        || tokens.is_one_of(behind, &["to", "or", "a", "o", "hasta"]);
    match single(tokens, behind + 1).filter(|(most, _)| is_range && *most > least) {
        Some((most, behind)) => Some((Range { least, most }, behind)),
        None => Some((Range::one(least), behind)),
    }
}

/// Like [`read`], but "a" and "an" are one: only where a unit follows.
pub(super) fn read_with_article(tokens: &Tokens, at: usize) -> Option<(Range, usize)> {
    read(tokens, at).or_else(|| tokens.is_one_of(at, &["a", "an"]).then_some((Range::one(1.0), at + 1)))
}

/// One number, without its repetition in brackets: "two (2)".
fn single(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let (number, behind) = plain(tokens, at)?;
    let (number, behind) = with_half(tokens, number, behind);
    let repeated = tokens.is_mark(behind, '(').then(|| plain(tokens, behind + 1)).flatten();
    match repeated {
        Some((_, closing)) if tokens.is_mark(closing, ')') => Some((number, closing + 1)),
        _ => Some((number, behind)),
    }
}

fn plain(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    if let Some(number) = tokens.digits(at) {
        return Some(fraction(tokens, at).map_or((number, at + 1), |fraction| (fraction, at + 3)));
    }
    let known = [tokens.longest(at, &PARTS), tokens.longest(at, &SPANISH), spoken(tokens, at)];
    known.into_iter().flatten().max_by_key(|(_, behind)| *behind)
}

/// English words: "twenty five", "two hundred and fifty", "one point five".
fn spoken(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let (mut number, mut behind) = below_hundred(tokens, at)?;
    for (word, size) in [("hundred", 100.0), ("thousand", 1000.0)] {
        if tokens.is_one_of(behind, &[word]) {
            (number, behind) = (number * size, behind + 1);
            let rest = behind + usize::from(tokens.is_one_of(behind, &["and"]));
            if let Some((more, end)) = below_hundred(tokens, rest) {
                (number, behind) = (number + more, end);
            }
        }
    }
    let decimal = ONES.iter().zip(0_u8..).find(|(word, _)| **word == tokens.word(behind + 1));
    match decimal.filter(|_| tokens.is_one_of(behind, &["point"])) {
        Some((_, tenths)) => Some((number + f64::from(tenths) / 10.0, behind + 2)),
        None => Some((number, behind)),
    }
}

fn below_hundred(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let place = |list: &[&str; 10], at: usize| {
        let word = tokens.word(at);
        list.iter()
            .zip(0_u8..)
            .find(|(known, _)| !word.is_empty() && **known == word)
            .map(|(_, digit)| f64::from(digit))
    };
    if let Some(number) = place(&ONES, at).or_else(|| place(&TEENS, at).map(|digit| 10.0 + digit)) {
        return Some((number, at + 1));
    }
    let tens = place(&TENS, at)? * 10.0;
    let next = at + 1 + usize::from(tokens.is_mark(at + 1, '-'));
    Some(place(&ONES, next).filter(|ones| *ones > 0.0).map_or((tens, at + 1), |ones| (tens + ones, next + 1)))
}

/// A fraction in digits, "1/2". Other slashes part strengths and rates.
fn fraction(tokens: &Tokens, at: usize) -> Option<f64> {
    let (over, under) = (tokens.digits(at)?, tokens.digits(at + 2)?);
    let is_fraction = tokens.is_mark(at + 1, '/') && over >= 1.0 && over < under && [2.0, 3.0, 4.0].contains(&under);
    is_fraction.then_some(over / under)
}

fn with_half(tokens: &Tokens, number: f64, at: usize) -> (f64, usize) {
    if let Some(part) = fraction(tokens, at).filter(|_| number.fract() == 0.0) {
        return (number + part, at + 3);
    }
    if let Some(part) = tokens.digits(at).filter(|part| *part > 0.0 && *part < 1.0 && number.fract() == 0.0) {
        return (number + part, at + 1);
    }
    match tokens.longest(at, &[("and a half", 0.5), ("and one half", 0.5), ("y media", 0.5), ("y medio", 0.5)]) {
        Some((part, behind)) => (number + part, behind),
        None => (number, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_kind() {
        let cases = [
            ("2 tablets", 2.0, 2.0, 1),
            ("two (2) tablets", 2.0, 2.0, 4),
            ("1 to 2", 1.0, 2.0, 3),
            ("1-2", 1.0, 2.0, 3),
            ("one or two", 1.0, 2.0, 3),
            ("1/2 tab", 0.5, 0.5, 3),
            ("1/2-1 tab", 0.5, 1.0, 5),
            ("1 1/2", 1.5, 1.5, 4),
            ("1½", 1.5, 1.5, 2),
            ("half a tablet", 0.5, 0.5, 2),
            ("one and a half", 1.5, 1.5, 4),
            ("una y media", 1.5, 1.5, 3),
            ("dos o tres", 2.0, 3.0, 3),
            ("5/325 mg", 5.0, 5.0, 1),
            ("2 a day", 2.0, 2.0, 1),
            ("twenty-five mg", 25.0, 25.0, 3),
            ("two hundred and fifty", 250.0, 250.0, 4),
            ("eight hundred milligrams", 800.0, 800.0, 2),
            ("one thousand", 1000.0, 1000.0, 2),
            ("two point five", 2.5, 2.5, 3),
            ("quinientos", 500.0, 500.0, 1),
        ];
        for (text, least, most, behind) in cases {
            assert_eq!(read(&Tokens::of(text), 0), Some((Range { least, most }, behind)), "{text}");
        }
        assert_eq!(read(&Tokens::of("a tablet"), 0), None);
        assert_eq!(read_with_article(&Tokens::of("a tablet"), 0), Some((Range::one(1.0), 1)));
        assert_eq!(Range { least: 1.0, most: 2.0 }.to_string(), "1 to 2");
    }
}
