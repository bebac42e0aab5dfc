//! Numbers as they are said and written: digits and words, in English and Spanish.
//!
//! People say "one sixty nine over seventy four", "ninety eight point six", "ciento veinte", "treinta y ocho con cinco"; charts
//! and translations write 169/74, 98.6, 120, 38,5.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::language::Language;
use crate::text::Text;
use crate::text::token::{Break, Kind, Token};

/// A number in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spoken {
    /// What it is.
    pub(crate) value: f64,
    /// What it is if its mark parts thousands: 1000 for "1.000". A decimal mark otherwise.
    pub(crate) thousands: Option<f64>,
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// It was said in words.
    pub(crate) in_words: bool,
}

/// What a word adds to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// One to nine, and zero.
    One(f64),
    /// Ten to nineteen, and the Spanish numbers of one word up to twenty-nine.
    Teen(f64),
    /// Twenty, thirty, …
    Ten(f64),
    /// Spanish hundreds: "doscientos".
    Hundreds(f64),
    /// "hundred", "thousand", "mil": what stands before is taken so many times.
    Times(f64),
}

static PARTS: LazyLock<HashMap<&'static str, Part>> = LazyLock::new(|| {
    let counted = |words: &'static str, first: f64, step: f64, part: fn(f64) -> Part| {
        words.split(' ').scan(first - step, move |value, word| {
            *value += step;
            Some((word, part(*value)))
        })
    };
    counted("zero one two three four five six seven eight nine", 0.0, 1.0, Part::One)
        .chain(counted(
            "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
            10.0,
            1.0,
            Part::Teen,
        ))
        .chain(counted("twenty thirty forty fifty sixty seventy eighty ninety", 20.0, 10.0, Part::Ten))
        .chain(counted("cero uno dos tres cuatro cinco seis siete ocho nueve", 0.0, 1.0, Part::One))
        .chain(counted(
            "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
            10.0,
            1.0,
            Part::Teen,
        ))
        .chain(counted(
            "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve",
            21.0,
            1.0,
            Part::Teen,
        ))
        .chain(counted("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20.0, 10.0, Part::Ten))
        .chain(counted(
            "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
            100.0,
            100.0,
            Part::Hundreds,
        ))
        .chain([
            ("un", Part::One(1.0)),
            ("una", Part::One(1.0)),
            ("ciento", Part::Hundreds(100.0)),
            ("fourty", Part::Ten(40.0)),
        ])
        .chain([("hundred", Part::Times(100.0)), ("thousand", Part::Times(1000.0)), ("mil", Part::Times(1000.0))])
        .collect()
});

/// Every number of a text, in order.
pub(crate) fn numbers(text: &Text<'_>) -> Vec<Spoken> {
    let tokens = text.tokens();
    let is_spanish = text.language() == Language::Spanish;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match written(tokens, at).or_else(|| said(tokens, at, is_spanish)) {
            Some(number) => {
                at = number.tokens.end;
                found.push(number);
            }
            None => at += 1,
        }
    }
    found
}

/// Digits, with a mark for decimals or thousands.
fn written(tokens: &[Token], at: usize) -> Option<Spoken> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Number)?;
    let plain: f64 =
        token.word.replace(',', ".").parse().ok().or_else(|| token.word.replace([',', '.'], "").parse().ok())?;
    let groups: Vec<&str> = token.word.split([',', '.']).collect();
    let is_grouped = groups.len() > 1 && groups.iter().skip(1).all(|group| group.len() == 3);
    let thousands = if is_grouped { groups.concat().parse().ok() } else { None };
    Some(Spoken { value: plain, thousands, tokens: at..at + 1, in_words: false })
}

/// Words: "twenty five", "one sixty nine", "ninety eight point six", "treinta y cinco", "two and a half".
fn said(tokens: &[Token], at: usize, is_spanish: bool) -> Option<Spoken> {
    let (whole, mut end) = whole(tokens, at, is_spanish)?;
    let mut value = whole;
    if let Some((decimals, behind)) = decimals(tokens, end, is_spanish) {
        (value, end) = (value + decimals, behind);
    } else if let Some(behind) = and_a_half(tokens, end) {
        (value, end) = (value + 0.5, behind);
    }
    Some(Spoken { value, thousands: None, tokens: at..end, in_words: true })
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map(|token| token.word.as_str()).unwrap_or_default()
}

/// The word at a place as a part of the number that began before it.
fn part(tokens: &[Token], at: usize, is_first: bool, is_spanish: bool) -> Option<Part> {
    let token = tokens.get(at).filter(|token| is_first || token.before == Break::None)?;
    // "once a day" is no eleven.
    if token.word == "once" && !is_spanish {
        return None;
    }
    PARTS.get(token.word.as_str()).copied()
}

fn whole(tokens: &[Token], at: usize, is_spanish: bool) -> Option<(f64, usize)> {
    let first = part(tokens, at, true, is_spanish)?;
    // "hundred" alone counts nothing, "mil" is a thousand.
    let (mut sum, mut last) = match first {
        Part::Times(_) if word(tokens, at) != "mil" => return None,
        Part::One(value) | Part::Teen(value) | Part::Ten(value) | Part::Hundreds(value) | Part::Times(value) => {
            (value, first)
        }
    };
    let mut end = at + 1;
    loop {
        let joined = usize::from(matches!(word(tokens, end), "and" | "y"));
        let Some(next) = part(tokens, end + joined, false, is_spanish) else { break };
        let Some(more) = continued(sum, last, next, joined > 0) else { break };
        (sum, last, end) = (more, next, end + joined + 1);
    }
    Some((sum, end))
}

/// The number so far with one more part, if that goes on with it.
fn continued(sum: f64, last: Part, next: Part, is_joined: bool) -> Option<f64> {
    let is_round = |by: f64| sum >= by && sum % by == 0.0;
    match (last, next) {
        // "twenty five", "treinta y cinco"
        (Part::Ten(_), Part::One(ones)) if ones > 0.0 => Some(sum + ones),
        // "five hundred", "dos mil"
        (Part::One(_) | Part::Teen(_) | Part::Ten(_) | Part::Hundreds(_), Part::Times(by))
            if !is_joined && sum > 0.0 =>
        {
            Some(sum * by)
        }
        // "two hundred and fifty", "ciento veinte", "mil quinientos"
        (Part::Times(_) | Part::Hundreds(_), Part::One(value) | Part::Teen(value) | Part::Ten(value))
            if is_round(100.0) =>
        {
            Some(sum + value)
        }
        (Part::Times(_), Part::Hundreds(value)) if is_round(1000.0) => Some(sum + value),
        // "nineteen ninety", "twenty nineteen", "twenty twenty one"
        (Part::Teen(_), Part::Teen(value) | Part::Ten(value)) if !is_joined && sum == 19.0 => Some(1900.0 + value),
        (Part::Ten(_), Part::Teen(value)) if !is_joined && sum == 20.0 => Some(2000.0 + value),
        (Part::Ten(_), Part::Ten(value)) if !is_joined && sum == 20.0 && value == 20.0 => Some(2020.0),
        // "one sixty nine"
        (Part::One(ones), Part::Teen(value) | Part::Ten(value)) if !is_joined && sum == ones && ones > 0.0 => {
            Some(ones * 100.0 + value)
        }
        _ => None,
    }
}

/// "point five", "con cinco": the digits behind the mark.
fn decimals(tokens: &[Token], at: usize, is_spanish: bool) -> Option<(f64, usize)> {
    if !matches!(word(tokens, at), "point" | "punto" | "coma" | "con") {
        return None;
    }
    let (mut value, mut scale, mut end) = (0.0, 1.0, at + 1);
    while let Some(Part::One(digit)) = part(tokens, end, false, is_spanish) {
        scale /= 10.0;
        (value, end) = (value + digit * scale, end + 1);
    }
    (end > at + 1).then_some((value, end))
}

fn and_a_half(tokens: &[Token], at: usize) -> Option<usize> {
    match (word(tokens, at), word(tokens, at + 1), word(tokens, at + 2)) {
        ("and", "a", "half") => Some(at + 3),
        ("y", "medio" | "media", _) => Some(at + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Vec<f64> {
        numbers(&Text::read(written)).iter().map(|number| number.value).collect()
    }

    #[test]
    fn numbers_are_read_as_they_are_said() {
        for (written, expected) in [
            ("I took 500 mg and 2.5 ml", vec![500.0, 2.5]),
            ("twenty five milligrams", vec![25.0]),
            ("five hundred and fifty", vec![550.0]),
            ("two thousand nineteen", vec![2019.0]),
            ("your blood pressure is one sixty nine over seventy four", vec![169.0, 74.0]),
            ("a temperature of ninety eight point six", vec![98.6]),
            ("zero point four milligrams", vec![0.4]),
            ("three out of six", vec![3.0, 6.0]),
            ("two to three weeks", vec![2.0, 3.0]),
            ("two and a half tablets", vec![2.5]),
            ("twenty and thirty", vec![20.0, 30.0]),
            ("once a day", vec![]),
            ("tengo once años", vec![11.0]),
            ("tome veinticinco miligramos cada ocho horas", vec![25.0, 8.0]),
            ("la presión está en ciento veinte sobre ochenta", vec![120.0, 80.0]),
            ("tengo treinta y ocho con cinco de fiebre", vec![38.5]),
            ("mil quinientos", vec![1500.0]),
            ("dos mil y 38,5", vec![2000.0, 38.5]),
            ("in twenty nineteen, and twenty twenty one", vec![2019.0, 2021.0]),
            ("since nineteen ninety five", vec![1995.0]),
            ("twenty thirty miles", vec![20.0, 30.0]),
            ("hundreds of people", vec![]),
        ] {
            let found = read(written);
            assert!(
                found.len() == expected.len()
                    && found.iter().zip(&expected).all(|(one, other)| (one - other).abs() < 1e-9),
                "{written}: {found:?}"
            );
        }
    }

    #[test]
    fn a_mark_before_three_digits_may_part_thousands() {
        let found = numbers(&Text::read("1,000 mg"));
        assert_eq!((found[0].value, found[0].thousands), (1.0, Some(1000.0)));
        assert_eq!(numbers(&Text::read("38,5"))[0].thousands, None);
    }
}
