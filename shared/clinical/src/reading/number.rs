//! The shapes of numbers: one alone, a pair, out of ten, and those that are dates, times or phone numbers.

use crate::text::{
    Text,
    token::{Break, Kind},
};

/// A number or a group of numbers that belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// One number.
    Single(f64),
    /// Two, with a slash or a word such as "over" between them.
    Pair(f64, f64),
    /// Two, with only a space, "and" or a hyphen between them.
    Loose(f64, f64),
    /// Three with slashes, as some devices show pressure and pulse.
    Triple(f64, f64, f64),
    /// So many out of ten.
    OutOfTen(f64),
    /// One, in letters.
    Spelled(f64),
    /// A date, time, phone number or year.
    Other,
}

/// A shape and how many tokens it has.
pub(super) fn shape(text: &Text<'_>, at: usize) -> Option<(Shape, usize)> {
    let first = value(text, at)?;
    if let Some(length) = phone(text, at).or_else(|| time(text, at)) {
        return Some((Shape::Other, length));
    }
    let slash = |at: usize| text.between(at).trim() == "/";
    if slash(at + 1)
        && let Some(second) = value(text, at + 1)
    {
        if slash(at + 2)
            && let Some(third) = value(text, at + 2)
        {
            let date = first < 70.0 || third > 300.0 || first > 300.0;
            return Some((if date { Shape::Other } else { Shape::Triple(first, second, third) }, 3));
        }
        return Some((pair(first, second), 2));
    }
    if let Some(dashes) = dashed_date(text, at) {
        return Some((Shape::Other, dashes));
    }
    Some(by_words(text, at, first).unwrap_or_else(|| {
        let year = (1900.0..2100.0).contains(&first) && first.fract() == 0.0;
        (if year { Shape::Other } else { Shape::Single(first) }, 1)
    }))
}

/// "150 over 95", "7 out of 10", "150 y 95", "150 95".
fn by_words(text: &Text<'_>, at: usize, first: f64) -> Option<(Shape, usize)> {
    let word = |at: usize| text.tokens().get(at).map(|token| token.word.as_str()).unwrap_or_default();
    if (word(at + 1), word(at + 2)) == ("out", "of") && value(text, at + 3) == Some(10.0) {
        return Some((Shape::OutOfTen(first), 4));
    }
    if let Some(second) = value(text, at + 2).filter(|_| text.clause_at(at) == text.clause_at(at + 2)) {
        return match word(at + 1) {
            "over" | "by" | "sobre" | "sur" | "con" | "on" | "x" => Some((pair(first, second), 3)),
            "of" | "de" if second == 10.0 => Some((Shape::OutOfTen(first), 3)),
            "and" | "y" | "et" => Some((Shape::Loose(first, second), 3)),
            _ => None,
        };
    }
    let second = value(text, at + 1)?;
    (matches!(text.between(at + 1), " " | "-" | " - " | ", ")).then_some((Shape::Loose(first, second), 2))
}

fn pair(first: f64, second: f64) -> Shape {
    if second == 10.0 && (0.0..=10.0).contains(&first) { Shape::OutOfTen(first) } else { Shape::Pair(first, second) }
}

/// The number that a token is: a comma before one or two digits is a decimal mark, before three a separator.
pub(super) fn value(text: &Text<'_>, at: usize) -> Option<f64> {
    let token = text.tokens().get(at).filter(|token| token.kind == Kind::Number)?;
    let plain = match token.word.rsplit_once(',') {
        Some((head, tail)) if tail.len() < 3 => format!("{}.{tail}", head.replace([',', '.'], "")),
        Some(_) => token.word.replace(',', ""),
        None => token.word.clone(),
    };
    plain.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Seven digits and more in one group or in neighbouring groups, or a plus sign in front.
fn phone(text: &Text<'_>, at: usize) -> Option<usize> {
    let near = |at: usize| matches!(text.between(at), " " | "-" | "." | ") " | ")");
    let groups = text.tokens().iter().skip(at).enumerate();
    let groups = groups.take_while(|(number, token)| token.kind == Kind::Number && (*number == 0 || near(at + number)));
    let lengths: Vec<usize> = groups.take(6).map(|(_, token)| token.word.len()).collect();
    let digits: usize = lengths.iter().sum();
    let plus = text.between(at).ends_with('+');
    let grouped = lengths.len() > 3 || lengths.iter().all(|length| *length > 2);
    ((digits >= 7 && grouped) || (plus && digits > 3)).then_some(lengths.len())
}

/// `10:30`
fn time(text: &Text<'_>, at: usize) -> Option<usize> {
    let minutes = text.tokens().get(at + 1).filter(|token| token.kind == Kind::Number && token.word.len() == 2)?;
    (text.between(at + 1) == ":" && minutes.before <= Break::Comma).then_some(2)
}

/// `12-05-2024`
fn dashed_date(text: &Text<'_>, at: usize) -> Option<usize> {
    let dash = |at: usize| text.between(at) == "-" && value(text, at).is_some();
    (dash(at + 1) && dash(at + 2)).then_some(3)
}
