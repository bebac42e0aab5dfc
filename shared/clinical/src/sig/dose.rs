//! How much of a drug is taken at once.

use serde::Serialize;

use super::form::{Form, form};
use super::number::{self, Range};
use super::token::Tokens;
use crate::span::Span;

/// The strength of a product, or a dose by weight: "500mg", "250 mg/5 ml".
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strength {
    /// As it was written.
    pub text: String,
    /// In milligrams, when it is one weight.
    pub milligrams: Option<f64>,
    /// Where it stands.
    pub span: Span,
}

/// A number of tablets, puffs, millilitres or the like.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Amount {
    /// How many.
    pub count: Range,
    /// Of what, when it was said.
    pub form: Option<Form>,
    /// Where the number stands.
    pub span: Span,
}

/// Weights and other measures, with the milligrams in one.
const MEASURES: [(&str, Option<f64>); 34] = [
    ("mg", Some(1.0)),
    ("mgs", Some(1.0)),
    ("m g", Some(1.0)),
    ("milligram", Some(1.0)),
    ("milligrams", Some(1.0)),
    ("miligramo", Some(1.0)),
    ("miligramos", Some(1.0)),
    ("mcg", Some(0.001)),
    ("ug", Some(0.001)),
    ("microgram", Some(0.001)),
    ("micrograms", Some(0.001)),
    ("microgramo", Some(0.001)),
    ("microgramos", Some(0.001)),
    ("g", Some(1000.0)),
    ("gm", Some(1000.0)),
    ("gram", Some(1000.0)),
    ("grams", Some(1000.0)),
    ("gramo", Some(1000.0)),
    ("gramos", Some(1000.0)),
    ("meq", None),
    ("mmol", None),
    ("milliequivalents", None),
    ("percent", None),
    ("mg per ml", None),
    ("mgml", None),
    ("mu", None),
    ("million units", None),
    ("iu", None),
    ("units per ml", None),
    ("unitsml", None),
    ("grain", None),
    ("grains", None),
    ("ng", None),
    ("μg", Some(0.001)),
];

/// The strength that begins at a place.
pub(super) fn strength(tokens: &Tokens, at: usize, text: &str) -> Option<(Strength, usize)> {
    let (count, behind) = number::read(tokens, at)?;
    let (per, behind) = second_number(tokens, behind);
    let behind = behind + usize::from(tokens.is_mark(behind, '-'));
    let (milligrams, behind) = measure(tokens, behind)?;
    let (concentration, behind) = concentration(tokens, behind);
    let span = tokens.span(at, behind);
    let milligrams = milligrams.filter(|_| !per && !concentration).map(|weight| weight * count.most);
    Some((Strength { text: span.of(text).to_owned(), milligrams, span }, behind))
}

fn measure(tokens: &Tokens, at: usize) -> Option<(Option<f64>, usize)> {
    if tokens.is_mark(at, '%') {
        return Some((None, at + 1));
    }
    if tokens.is_mark(at, 'µ') || tokens.is_mark(at, 'μ') {
        return tokens.is_one_of(at + 1, &["g"]).then_some((Some(0.001), at + 2));
    }
    tokens.longest(at, &MEASURES).filter(|(_, behind)| tokens.word(behind - 1) != "iu")
}

/// The second number of a combination: "5/325 mg", "875-125 mg".
fn second_number(tokens: &Tokens, at: usize) -> (bool, usize) {
    let parted = tokens.is_mark(at, '/') || tokens.is_mark(at, '-');
    if parted && tokens.digits(at + 1).is_some() { (true, at + 2) } else { (false, at) }
}

/// "/5 ml", "/ml", "per 5 ml", "/actuation": what the weight is dissolved in or dosed by.
fn concentration(tokens: &Tokens, at: usize) -> (bool, usize) {
    if !tokens.is_mark(at, '/') && !tokens.is_one_of(at, &["per"]) {
        return (false, at);
    }
    let behind = at + 1 + usize::from(tokens.digits(at + 1).is_some());
    if tokens.is_one_of(
        behind,
        &["ml", "tablet", "tab", "puff", "dose", "actuation", "spray", "mg", "mcg", "inh", "act", "h", "hr", "l"],
    ) {
        (true, behind + 1)
    } else {
        (false, at)
    }
}

/// Small words between a number and its form: "1 small tablet", "two of the tablets".
const BETWEEN: [&str; 19] = [
    "x",
    "of",
    "the",
    "your",
    "small",
    "large",
    "full",
    "whole",
    "more",
    "additional",
    "extra",
    "level",
    "oral",
    "de",
    "las",
    "los",
    "chewable",
    "enteric",
    "coated",
];

/// The number of units that begins at a place, when a form follows it; strengths and drug names may stand in between.
pub(super) fn amount(tokens: &Tokens, at: usize, drugs: &[(usize, usize)], text: &str) -> Option<(Amount, usize)> {
    let (count, behind) = number::read_with_article(tokens, at).or_else(|| roman(tokens, at))?;
    let mut place = behind;
    for _ in 0..4 {
        if let Some(form) = form(tokens, place) {
            return Some((Amount { count, form: Some(form), span: tokens.span(at, behind) }, behind));
        }
        place = skipped(tokens, place, drugs, text)?;
    }
    None
}

/// "ii tabs": Roman numbers, only right before a form.
fn roman(tokens: &Tokens, at: usize) -> Option<(Range, usize)> {
    let count = [("i", 1.0), ("ii", 2.0), ("iii", 3.0)].into_iter().find(|(roman, _)| *roman == tokens.word(at))?.1;
    form(tokens, at + 1).map(|_| (Range::one(count), at + 1))
}

fn skipped(tokens: &Tokens, at: usize, drugs: &[(usize, usize)], text: &str) -> Option<usize> {
    if let Some((_, behind)) = strength(tokens, at, text) {
        return Some(behind);
    }
    // The volume of a spoon: "two 5 ml spoonfuls".
    if tokens.digits(at).is_some() && tokens.is_one_of(at + 1, &["ml"]) && form(tokens, at + 2).is_some() {
        return Some(at + 2);
    }
    if let Some(behind) = behind_drug(drugs, at) {
        return Some(behind);
    }
    tokens.is_one_of(at, &BETWEEN).then_some(at + 1)
}

/// The place behind the name of a drug that begins here; the names are given in order, by first and behind the last token.
pub(super) fn behind_drug(drugs: &[(usize, usize)], at: usize) -> Option<usize> {
    let near = drugs.partition_point(|(start, _)| *start < at);
    drugs.get(near).filter(|(start, _)| *start == at).map(|(_, behind)| *behind)
}

/// Whether the name of a drug ends right before this place.
pub(super) fn is_behind_drug(drugs: &[(usize, usize)], at: usize) -> bool {
    let near = drugs.partition_point(|(_, behind)| *behind < at);
    drugs.get(near).is_some_and(|(_, behind)| *behind == at)
}
