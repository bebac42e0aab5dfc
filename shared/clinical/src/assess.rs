//! What a patient's message says that decisions rest on. Every channel's messages go through here, before any model.

mod danger;

use std::cmp::Reverse;

use domain::alert::Severity;
use domain::assessment::{Assessment, Command, Language as Spoken};
use domain::observation::{Measurement, Reading as Told};

use crate::danger::{answer, scan_text};
use crate::language::Language;
use crate::reading::threshold::{Level, level};
use crate::reading::{self, Kind, Reading, Value};
use crate::text::Text;

/// Readings that one message may tell: more than a patient measures in a day. They are kept with the message in one write of
/// at most 100 items.
pub const MOST_READINGS: usize = 20;

/// Assesses a message. `question` is what the patient was asked last, so that a bare number is understood, and a bare yes to
/// whether the patient thinks of suicide or self-harm.
#[must_use]
pub fn message(written: &str, question: Option<&str>) -> Assessment {
    message_with_terms(written, question, &[])
}

/// As [`message`], with words that are a danger here beside those that the engine knows.
#[must_use]
pub fn message_with_terms(written: &str, question: Option<&str>, terms: &[String]) -> Assessment {
    let text = Text::read(written);
    let mut asked = question.map(|question| reading::asked(&Text::read(question))).unwrap_or_default();
    if is_pair(written) && !asked.contains(&Kind::BloodPressure) {
        asked.push(Kind::BloodPressure);
    }
    let readings = reading::read(&text, &asked);
    let mut findings = scan_text(&text, terms);
    findings.extend(question.and_then(|question| answer::to(question, &text)));
    Assessment {
        language: spoken(text.language()),
        dangers: danger::dangers(&findings, written),
        readings: worst(
            readings.iter().filter(|reading| reading.plausible).filter_map(|reading| told(reading, written)).collect(),
        ),
        command: Command::of(written, question.is_some()),
    }
}

/// The worst readings of a message, at most [`MOST_READINGS`], in its order; of equally bad ones the first.
fn worst(readings: Vec<Told>) -> Vec<Told> {
    let mut ranked: Vec<(usize, Told)> = readings.into_iter().enumerate().collect();
    ranked.sort_by_key(|(place, reading)| (Reverse(reading.severity), *place));
    ranked.truncate(MOST_READINGS);
    ranked.sort_by_key(|(place, _)| *place);
    ranked.into_iter().map(|(_, reading)| reading).collect()
}

/// Whether a message is two numbers and little else: "150/95" needs no question to be a blood pressure. Whether it can be one
/// is for the reading to say.
fn is_pair(written: &str) -> bool {
    let written = written.trim().trim_end_matches('.');
    let is_number = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    written.split_once('/').is_some_and(|(upper, lower)| is_number(upper.trim()) && is_number(lower.trim()))
}

/// The language in which a message is answered; the product does not answer in others.
fn spoken(language: Language) -> Option<Spoken> {
    match language {
        Language::English => Some(Spoken::English),
        Language::Spanish => Some(Spoken::Spanish),
        Language::French | Language::Unknown => None,
    }
}

fn told(reading: &Reading, written: &str) -> Option<Told> {
    Some(Told {
        measurement: measurement(reading)?,
        words: reading.span.of(written).to_owned(),
        severity: severity(level(reading)),
    })
}

fn severity(level: Level) -> Option<Severity> {
    match level {
        Level::None => None,
        Level::Warning => Some(Severity::Warning),
        Level::Critical => Some(Severity::Critical),
        Level::Emergency => Some(Severity::Emergency),
    }
}

fn measurement(reading: &Reading) -> Option<Measurement> {
    Some(match (reading.kind, reading.value) {
        (_, Value::Pressure { systolic, diastolic }) => Measurement::BloodPressure { systolic, diastolic },
        (_, Value::Answer(yes)) => Measurement::Answer { yes },
        (Kind::Glucose, Value::Number(value)) => Measurement::Glucose { value },
        (Kind::Temperature, Value::Number(value)) => Measurement::Temperature { value },
        (Kind::Weight, Value::Number(value)) => Measurement::Weight { value },
        (Kind::Pulse, Value::Number(value)) => Measurement::Pulse { value },
        (Kind::RespiratoryRate, Value::Number(value)) => Measurement::RespiratoryRate { value },
        (Kind::OxygenSaturation, Value::Number(value)) => Measurement::OxygenSaturation { value },
        (Kind::Pain, Value::Number(value)) => Measurement::Pain { value },
        (Kind::BloodPressure | Kind::YesNo, Value::Number(_)) => return None,
    })
}

#[cfg(test)]
mod tests;
