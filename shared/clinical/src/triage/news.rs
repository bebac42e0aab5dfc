//! NEWS2, the National Early Warning Score of the Royal College of Physicians (2017), for people of 16 years and older.

use crate::triage::chart::Chart;
use crate::triage::finding::Finding;
use crate::triage::measure::Measure;

/// The score is only given from so many measured vital signs on; those that are missing count as normal.
const ENOUGH: f64 = 3.0;
const ADULT: f64 = 16.0;

/// The sum, when enough was measured.
pub(super) fn score(chart: &Chart) -> Option<u8> {
    let enough = chart.value(Measure::Vitals).is_some_and(|vitals| vitals >= ENOUGH);
    let adult = chart.value(Measure::Age).is_none_or(|age| age >= ADULT);
    (enough && adult).then(|| {
        let points = |measure| chart.value(measure).map_or(0, |value| points(measure, value));
        SCORED.into_iter().map(points).sum::<u8>() + alertness(chart)
    })
}

const SCORED: [Measure; 5] =
    [Measure::Respiration, Measure::Saturation, Measure::Systolic, Measure::Pulse, Measure::Temperature];

fn points(measure: Measure, value: f64) -> u8 {
    match measure {
        Measure::Respiration => respiration(value),
        Measure::Saturation => saturation(value),
        Measure::Systolic => systolic(value),
        Measure::Pulse => pulse(value),
        Measure::Temperature => temperature(value),
        _ => 0,
    }
}

/// Anything but alert scores 3: new confusion, or a response only to voice or pain, or none.
fn alertness(chart: &Chart) -> u8 {
    let altered = ["confusion", "responds_voice", "responds_pain", "unresponsive"];
    let is_altered = altered.into_iter().filter_map(Finding::named).any(|finding| chart.is_present(finding));
    if is_altered { 3 } else { 0 }
}

fn respiration(value: f64) -> u8 {
    match value {
        _ if value <= 8.0 || value >= 25.0 => 3,
        _ if value >= 21.0 => 2,
        _ if value <= 11.0 => 1,
        _ => 0,
    }
}

fn saturation(value: f64) -> u8 {
    match value {
        _ if value <= 91.0 => 3,
        _ if value <= 93.0 => 2,
        _ if value <= 95.0 => 1,
        _ => 0,
    }
}

fn systolic(value: f64) -> u8 {
    match value {
        _ if value <= 90.0 || value >= 220.0 => 3,
        _ if value <= 100.0 => 2,
        _ if value <= 110.0 => 1,
        _ => 0,
    }
}

fn pulse(value: f64) -> u8 {
    match value {
        _ if value <= 40.0 || value >= 131.0 => 3,
        _ if value >= 111.0 => 2,
        _ if value <= 50.0 || value >= 91.0 => 1,
        _ => 0,
    }
}

fn temperature(value: f64) -> u8 {
    match value {
        _ if value <= 35.0 => 3,
        _ if value >= 39.1 => 2,
        _ if value <= 36.0 || value >= 38.1 => 1,
        _ => 0,
    }
}
