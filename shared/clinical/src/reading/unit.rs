//! Units: finding them, converting them, and what a living person can have.

use std::ops::Range;

use crate::{
    reading::{
        Kind, Reading, Unit, Value,
        cue::{Cues, Label},
        number::{self, Shape},
    },
    span::Span,
    text::{Text, token::Break},
};

/// How a number was written.
pub(super) struct Written {
    /// With its unit.
    pub(super) tokens: Range<usize>,
    pub(super) unit: Option<Unit>,
    /// A word for blood pressure that goes with cmHg stands near.
    pub(super) marked: bool,
}

/// The unit behind a number, and where it ends.
pub(super) fn behind(text: &Text<'_>, cues: &Cues, at: usize) -> Option<(Unit, usize)> {
    let last = at.checked_sub(1).and_then(|last| text.tokens().get(last))?;
    let gap = text
        .tokens()
        .get(at)
        .map_or_else(|| text.written().get(last.span.end..), |_| Some(text.between(at)))?
        .trim_start();
    if gap.starts_with('%') {
        return Some((Unit::Percent, at));
    }
    let degree = gap.starts_with(['°', 'º', '˚']);
    let joined = text.tokens().get(at).is_some_and(|token| token.before == Break::None);
    let longest = cues.at(at).filter(|_| joined).filter_map(|cue| match cue.label {
        Label::Unit(unit) => Some((unit, cue.tokens.end)),
        _ => None,
    });
    let (unit, end) = longest.max_by_key(|(_, end)| *end).or_else(|| degree.then_some((Unit::Degree, at)))?;
    Some((unit, end + usize::from(unit == Unit::Stone && pounds(text, end).is_some())))
}

/// The pounds behind stones.
fn pounds(text: &Text<'_>, at: usize) -> Option<f64> {
    let joined = text.tokens().get(at).is_some_and(|token| token.before == Break::None);
    number::value(text, at).filter(|pounds| joined && *pounds < 14.0)
}

/// What is measured in a unit. Temperatures and stones are also letters of other things, so the value must fit.
pub(super) fn kind(unit: Unit, shape: Shape, words: usize) -> Option<Kind> {
    let Shape::Single(value) = shape else {
        let pressure = matches!(unit, Unit::MillimetresOfMercury | Unit::CentimetresOfMercury)
            && matches!(shape, Shape::Pair(..) | Shape::Loose(..));
        return pressure.then_some(Kind::BloodPressure);
    };
    match unit {
        Unit::Celsius | Unit::Degree if (30.0..45.0).contains(&value) => Some(Kind::Temperature),
        Unit::Fahrenheit | Unit::Degree if (90.0..113.0).contains(&value) => Some(Kind::Temperature),
        Unit::MilligramsPerDecilitre | Unit::MillimolesPerLitre => Some(Kind::Glucose),
        Unit::Kilogram | Unit::Pound => Some(Kind::Weight),
        Unit::Stone if words > 0 && (4.0..40.0).contains(&value) => Some(Kind::Weight),
        Unit::BeatsPerMinute => Some(Kind::Pulse),
        Unit::BreathsPerMinute => Some(Kind::RespiratoryRate),
        Unit::MillimetresOfMercury | Unit::CentimetresOfMercury => Some(Kind::BloodPressure),
        _ => None,
    }
}

/// Two numbers that are a blood pressure even when nobody says so.
pub(super) fn looks_like_pressure(systolic: f64, diastolic: f64) -> bool {
    let whole = systolic.fract() == 0.0 && diastolic.fract() == 0.0;
    whole && (70.0..=260.0).contains(&systolic) && (30.0..=160.0).contains(&diastolic) && systolic > diastolic
}

/// The readings of one kind that a number gives: mostly one; a device's triple also has a pulse.
pub(super) fn readings(text: &Text<'_>, kind: Kind, shape: Shape, written: &Written) -> Vec<Reading> {
    let Some(mut span) = text.span(written.tokens.clone()) else { return Vec::new() };
    let mark = text
        .written()
        .get(span.end..)
        .map(|rest| rest.len() - rest.trim_start_matches([' ', '%', '°', 'º']).len())
        .unwrap_or_default();
    if matches!(written.unit, Some(Unit::Percent | Unit::Degree))
        && text.written().get(span.end..span.end + mark).is_some()
    {
        span.end += mark;
        span.end -= span.of(text.written()).len() - span.of(text.written()).trim_end().len();
    }
    let single = |value: f64, unit: Option<Unit>| {
        convert(text, kind, value, &Written { tokens: written.tokens.clone(), unit, marked: false })
    };
    let number = |(value, plausible, unit): (f64, bool, Option<Unit>)| Reading {
        kind,
        value: Value::Number(value),
        unit,
        span,
        plausible,
    };
    match shape {
        Shape::Pair(a, b) | Shape::Loose(a, b) if kind == Kind::BloodPressure => {
            vec![pressure(a, Some(b), written, span)]
        }
        Shape::Triple(a, b, pulse) if kind == Kind::BloodPressure => {
            let pulse_reading = Reading {
                kind: Kind::Pulse,
                value: Value::Number(pulse),
                unit: None,
                span,
                plausible: is_pulse(pulse),
            };
            vec![pressure(a, Some(b), written, span), pulse_reading]
        }
        Shape::Single(value) if kind == Kind::BloodPressure => vec![pressure(value, None, written, span)],
        Shape::OutOfTen(value) if kind == Kind::Pain => {
            vec![number((value, (0.0..=10.0).contains(&value), Some(Unit::OutOfTen)))]
        }
        Shape::Single(value) | Shape::Spelled(value) => vec![number(single(value, written.unit))],
        Shape::Loose(a, b) => [a, b].into_iter().map(|value| number(single(value, written.unit))).collect(),
        _ => Vec::new(),
    }
}

fn pressure(systolic: f64, diastolic: Option<f64>, written: &Written, span: Span) -> Reading {
    let small = (6.0..=27.0).contains(&systolic) && diastolic.is_none_or(|diastolic| (3.0..=17.0).contains(&diastolic));
    let centimetres = written.unit == Some(Unit::CentimetresOfMercury) || (written.marked && small);
    let factor = if centimetres { 10.0 } else { 1.0 };
    let (systolic, diastolic) = (systolic * factor, diastolic.map(|value| value * factor));
    let plausible = (50.0..=300.0).contains(&systolic)
        && diastolic.is_none_or(|low| (20.0..=200.0).contains(&low) && low < systolic);
    let unit = if centimetres { Some(Unit::CentimetresOfMercury) } else { written.unit };
    Reading { kind: Kind::BloodPressure, value: Value::Pressure { systolic, diastolic }, unit, span, plausible }
}

fn is_pulse(value: f64) -> bool {
    (20.0..=300.0).contains(&value)
}

/// The value in the unit of its kind, and whether a living person can have it. Without a unit, the one that makes the value
/// possible is assumed: glucose up to 35 is mmol/L, a temperature from 80 is °F, an English weight from 140 is in pounds.
fn convert(text: &Text<'_>, kind: Kind, value: f64, written: &Written) -> (f64, bool, Option<Unit>) {
    let unit = written.unit;
    let (value, range) = match kind {
        Kind::Glucose => {
            let millimoles = unit == Some(Unit::MillimolesPerLitre) || (unit.is_none() && value <= 35.0);
            (if millimoles { value * 18.016 } else { value }, 10.0..=1_500.0)
        }
        Kind::Temperature => {
            let fahrenheit = unit == Some(Unit::Fahrenheit) || (unit != Some(Unit::Celsius) && value >= 80.0);
            (if fahrenheit { (value - 32.0) / 1.8 } else { value }, 25.0..=45.0)
        }
        Kind::Weight => (kilograms(text, value, written), 0.4..=450.0),
        Kind::Pulse => (value, 20.0..=300.0),
        Kind::RespiratoryRate => (value, 4.0..=90.0),
        Kind::OxygenSaturation => (value, 40.0..=100.0),
        Kind::Pain => (value, 0.0..=10.0),
        Kind::BloodPressure | Kind::YesNo => (value, 0.0..=0.0),
    };
    let rounded = (value * 10.0).round() / 10.0;
    (rounded, range.contains(&rounded), unit)
}

fn kilograms(text: &Text<'_>, value: f64, written: &Written) -> f64 {
    let english =
        text.language() != crate::language::Language::Spanish && text.language() != crate::language::Language::French;
    match written.unit {
        Some(Unit::Pound) => value * 0.453_592,
        Some(Unit::Stone) => {
            let behind = written
                .tokens
                .end
                .checked_sub(1)
                .filter(|last| written.tokens.len() > 2 && *last > written.tokens.start);
            value * 6.350_29 + behind.and_then(|last| pounds(text, last)).unwrap_or_default() * 0.453_592
        }
        None if english && value >= 140.0 => value * 0.453_592,
        _ => value,
    }
}
