//! How a measurement changed over a day: its first and last value, the worst, and the last from before the day.

use domain::observation::{Measurement, Observation};
use domain::time::Timestamp;

use crate::brief::Sources;

/// One line for every kind that was measured in the time that `is_new` tells, in the order in which they were first
/// measured.
pub(super) fn trends(sources: Sources<'_>, is_new: impl Fn(Timestamp) -> bool) -> Vec<String> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for observation in sources.observations.iter().filter(|observation| is_new(observation.created)) {
        let kind = observation.measurement.name();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.into_iter().filter_map(|kind| trend(sources, kind, &is_new)).collect()
}

fn trend(sources: Sources<'_>, kind: &str, is_new: impl Fn(Timestamp) -> bool) -> Option<String> {
    let of_kind = |observation: &&Observation| observation.measurement.name() == kind;
    let of_day: Vec<&Observation> =
        sources.observations.iter().filter(of_kind).filter(|observation| is_new(observation.created)).collect();
    let (first, last) = (*of_day.first()?, *of_day.last()?);
    let before = sources.observations.iter().filter(of_kind).rfind(|observation| observation.created < first.created);
    let mut parts = match of_day.as_slice() {
        [only] => vec![format!("{}{}", only.measurement.text(), outside(only))],
        _ => several(sources, &of_day),
    };
    if let Some(before) = before.filter(|before| before.measurement.leading_value().is_some()) {
        let change =
            change(before.measurement, last.measurement).map(|change| format!("{change} from ")).unwrap_or_default();
        parts.push(format!("{change}{} before this day ({})", value(before), sources.zone.clock(before.created)));
    }
    Some(parts.join("; "))
}

/// The first and the last of several measurements of a day, and the worst when one was outside its limits.
fn several(sources: Sources<'_>, of_day: &[&Observation]) -> Vec<String> {
    let [first, .., last] = of_day else { return Vec::new() };
    let time = |observation: &Observation| sources.zone.clock(observation.created).split(' ').nth(1).map(str::to_owned);
    let told = |observation: &Observation| {
        format!("{} ({}{})", value(observation), time(observation).unwrap_or_default(), outside(observation))
    };
    let name = first.measurement.name().replace('_', " ");
    let change = change(first.measurement, last.measurement).map(|change| format!(", {change}")).unwrap_or_default();
    let mut parts = vec![format!("{name}: first {}, last {}{change}", told(first), told(last))];
    let worst = of_day.iter().filter(|observation| observation.severity.is_some()).max_by(|one, other| {
        let distance = |observation: &Observation| distance(observation.measurement);
        one.severity.cmp(&other.severity).then(distance(one).total_cmp(&distance(other)))
    });
    parts.extend(worst.map(|worst| format!("worst {}", told(worst))));
    parts.push(format!("{} readings in all", of_day.len()));
    parts
}

fn outside(observation: &Observation) -> &'static str {
    if observation.severity.is_some() { ", outside the limits" } else { "" }
}

/// Whether a value is higher or lower than an earlier one; nothing for what has no value.
fn change(earlier: Measurement, later: Measurement) -> Option<&'static str> {
    let (then, now) = (earlier.leading_value()?, later.leading_value()?);
    Some(match now.total_cmp(&then) {
        std::cmp::Ordering::Greater => "up",
        std::cmp::Ordering::Less => "down",
        std::cmp::Ordering::Equal => "unchanged",
    })
}

/// A measurement's value with its unit, without the name of what was measured.
fn value(observation: &Observation) -> String {
    let text = observation.measurement.text();
    let name = format!("{} ", observation.measurement.name().replace('_', " "));
    text.strip_prefix(&name).unwrap_or(&text).to_owned()
}

/// How far a measurement is from the middle of what is usual for adults at rest; only to rank two that are equally severe.
fn distance(measurement: Measurement) -> f64 {
    match measurement {
        Measurement::BloodPressure { systolic, diastolic } => {
            (systolic - 120.0).abs().max(diastolic.map_or(0.0, |diastolic| (diastolic - 75.0).abs()))
        }
        Measurement::Glucose { value } => (value - 110.0).abs(),
        Measurement::Temperature { value } => (value - 37.0).abs(),
        Measurement::Pulse { value } => (value - 75.0).abs(),
        Measurement::RespiratoryRate { value } => (value - 16.0).abs(),
        Measurement::OxygenSaturation { value } => 100.0 - value,
        Measurement::Pain { value } => value,
        Measurement::Weight { .. } | Measurement::Answer { .. } => 0.0,
    }
}
