//! Numbers with their units.

use std::collections::HashMap;

use super::measure::{self, Measure};
use super::{Kind, Mismatch};
use crate::sig::Sig;
use crate::span::Span;
use crate::spoken;
use crate::text::Text;

/// A number of one side.
#[derive(Debug, Clone, Copy)]
struct Quantity {
    value: f64,
    thousands: Option<f64>,
    measure: Option<Measure>,
    span: Span,
    /// "un", "one": it may be an article, and need not be found again.
    is_weak: bool,
}

/// What numbers of two texts are paired by when they are written otherwise; more are not looked at.
const MOST_LEFT: usize = 64;

/// The numbers and units that two texts do not share.
pub(super) fn compare(one: &Text<'_>, other: &Text<'_>) -> Vec<Mismatch> {
    let (original, translated) = (quantities(one), quantities(other));
    let mut free: HashMap<i64, Vec<usize>> = HashMap::new();
    for (place, quantity) in translated.iter().enumerate().rev() {
        keys(quantity).for_each(|key| free.entry(key).or_default().push(place));
    }
    let mut taken = vec![false; translated.len()];
    let mut mismatches = Vec::new();
    let mut left: Vec<Quantity> = Vec::new();
    for quantity in &original {
        match pair(quantity, &translated, &mut free, &mut taken) {
            Some(found) => mismatches.extend(unit_mismatch(quantity, found)),
            None if !quantity.is_weak => left.push(*quantity),
            None => {}
        }
    }
    let rest = translated.iter().zip(&taken).filter(|(quantity, taken)| !**taken && !quantity.is_weak);
    let mut more: Vec<Quantity> = rest.map(|(quantity, _)| *quantity).collect();
    excuse_times(&mut left, &mut more);
    excuse_frequencies(one, other, &mut left, &mut more);
    mismatches.extend(unmatched(&left, &more));
    mismatches
}

fn quantities(text: &Text<'_>) -> Vec<Quantity> {
    let counted = spoken::numbers(text).into_iter().filter_map(|number| {
        let unit = measure::at(text, number.tokens.end);
        let words = unit.map_or(0, |(_, words)| words);
        let span = text.span(number.tokens.start..number.tokens.end + words)?;
        // "los dos riñones" are both kidneys.
        let before = number.tokens.start.checked_sub(1).and_then(|before| text.tokens().get(before));
        let is_pair = number.value == 2.0 && before.is_some_and(|token| matches!(token.word.as_str(), "los" | "las"));
        let is_weak = number.in_words && (number.value <= 1.0 || is_pair);
        Some(Quantity {
            value: number.value,
            thousands: number.thousands,
            measure: unit.map(|(unit, _)| unit),
            span,
            is_weak,
        })
    });
    let mut found: Vec<Quantity> = counted.chain(adverbs(text)).collect();
    found.sort_by_key(|quantity| quantity.span);
    found
}

/// "twice", "half", "media": numbers that are no number words.
fn adverbs(text: &Text<'_>) -> impl Iterator<Item = Quantity> {
    text.tokens().iter().filter_map(|token| {
        let (value, measure) = match token.word.as_str() {
            "twice" => (2.0, Some(Measure::Time)),
            "thrice" => (3.0, Some(Measure::Time)),
            "couple" | "par" => (2.0, None),
            "half" | "media" | "medio" | "mitad" => (0.5, None),
            _ => return None,
        };
        Some(Quantity {
            value,
            thousands: None,
            measure,
            span: token.span,
            is_weak: value < 1.0 || token.word == "par" || token.word == "couple",
        })
    })
}

/// A number in thousandths, as a key; also without its mark.
fn keys(quantity: &Quantity) -> impl Iterator<Item = i64> {
    std::iter::once(quantity.value).chain(quantity.thousands).filter_map(key)
}

#[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "the value was checked to be small enough")]
fn key(value: f64) -> Option<i64> {
    let thousandths = (value * 1000.0).round();
    (thousandths.abs() < 1e15).then_some(thousandths as i64)
}

/// The number of the translation that a number of the original became: of those with its value one with its unit, or the first.
fn pair<'a>(
    quantity: &Quantity,
    translated: &'a [Quantity],
    free: &mut HashMap<i64, Vec<usize>>,
    taken: &mut [bool],
) -> Option<&'a Quantity> {
    for key in keys(quantity) {
        let Some(places) = free.get_mut(&key) else { continue };
        while places.last().is_some_and(|place| taken.get(*place).copied().unwrap_or(true)) {
            places.pop();
        }
        let is_free = |place: &usize| !taken.get(*place).copied().unwrap_or(true);
        let same = |place: &usize| translated.get(*place).is_some_and(|other| other.measure == quantity.measure);
        let near = places.iter().rev().take(MOST_LEFT);
        let Some(place) = near
            .clone()
            .find(|place| is_free(place) && same(place))
            .or_else(|| near.clone().find(|place| is_free(place)))
            .copied()
        else {
            continue;
        };
        if let Some(taken) = taken.get_mut(place) {
            *taken = true;
        }
        return translated.get(place);
    }
    None
}

fn unit_mismatch(one: &Quantity, other: &Quantity) -> Option<Mismatch> {
    let differ = match (one.measure, other.measure) {
        (Some(one), Some(other)) => one != other,
        (Some(only), None) | (None, Some(only)) => only.is_needed(),
        (None, None) => false,
    };
    let is_weak = one.is_weak || other.is_weak;
    (differ && !(is_weak && (one.measure.is_none() || other.measure.is_none()))).then(|| Mismatch {
        kind: Kind::Unit,
        original: vec![one.span],
        translated: vec![other.span],
    })
}

/// "two weeks" and "15 días", "24 hours" and "un día" are the same time.
fn excuse_times(left: &mut Vec<Quantity>, more: &mut Vec<Quantity>) {
    if left.len() > MOST_LEFT || more.len() > MOST_LEFT {
        return;
    }
    let hours = |quantity: &Quantity| Some(quantity.measure?.hours()? * quantity.value);
    // In Spanish two weeks are fifteen days.
    let fortnight = |hours: f64| if (hours - 360.0).abs() < 1.0 { 336.0 } else { hours };
    left.retain(|quantity| {
        let Some(own) = hours(quantity).map(fortnight) else { return true };
        let same =
            more.iter().position(|other| hours(other).is_some_and(|other| (fortnight(other) - own).abs() < 0.01));
        if let Some(place) = same {
            more.swap_remove(place);
        }
        same.is_none()
    });
}

/// "twice a day" and "cada 12 horas" are the same frequency.
fn excuse_frequencies(one: &Text<'_>, other: &Text<'_>, left: &mut Vec<Quantity>, more: &mut Vec<Quantity>) {
    if left.is_empty() && more.is_empty() {
        return;
    }
    let frequency = |text: &Text<'_>| Sig::parse(text.written()).first().and_then(|step| step.frequency.clone());
    let (Some(one), Some(other)) = (frequency(one), frequency(other)) else { return };
    if (one.times_per_day() - other.times_per_day()).abs() < 0.01 {
        let within = |outer: Span, inner: Span| inner.start < outer.end && outer.start < inner.end;
        left.retain(|quantity| !within(one.span, quantity.span));
        more.retain(|quantity| !within(other.span, quantity.span));
    }
}

/// What is left on both sides, paired in order.
fn unmatched(left: &[Quantity], more: &[Quantity]) -> Vec<Mismatch> {
    let count = left.len().max(more.len());
    let spans = |quantities: &[Quantity], place: usize| {
        quantities.get(place).map(|quantity| quantity.span).into_iter().collect()
    };
    (0..count)
        .map(|place| Mismatch { kind: Kind::Number, original: spans(left, place), translated: spans(more, place) })
        .collect()
}
