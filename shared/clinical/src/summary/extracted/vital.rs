//! The vital signs of a visit.

use serde::Serialize;

use crate::reading::{self, Kind, Reading, Unit, Value};
use crate::span::Span;
use crate::spoken::{self, Spoken};
use crate::statement::Statement;
use crate::text::Text;
use crate::visit::{Evidence, Speaker, Turn, Visit};

/// A vital sign.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VitalSign {
    /// What was measured.
    pub kind: Kind,
    /// The value in the unit of its kind.
    pub value: Value,
    /// As document 004 writes it: "130/80", "78", "98.6F".
    pub text: String,
    /// The words that it rests on.
    pub sources: Vec<Evidence>,
}

/// Every kind once: the last that somebody names who is not the patient, otherwise the last that the patient names.
pub(super) fn of(visit: &Visit<'_>) -> Vec<VitalSign> {
    let mut found: Vec<(bool, VitalSign)> = Vec::new();
    for turn in visit.turns() {
        let is_clinician = turn.speaker != Some(Speaker::Patient) && turn.speaker != Some(Speaker::Family);
        for sign in in_turn(turn) {
            match found.iter_mut().find(|(_, known)| known.kind == sign.kind) {
                Some((by_clinician, known)) if is_clinician || !*by_clinician => {
                    *by_clinician = is_clinician;
                    *known = sign;
                }
                Some(_) => {}
                None => found.push((is_clinician, sign)),
            }
        }
    }
    found.into_iter().map(|(_, sign)| sign).collect()
}

fn in_turn(turn: &Turn<'_>) -> Vec<VitalSign> {
    let numbers = spoken::numbers(&turn.text);
    let statements = turn.statements.iter().filter(|statement| !statement.is_question);
    statements.flat_map(|statement| in_statement(turn, statement, &numbers)).collect()
}

/// The vital signs of a statement. Numbers in words are written as digits before they are read; the evidence is then the
/// whole statement.
fn in_statement(turn: &Turn<'_>, statement: &Statement, numbers: &[Spoken]) -> Vec<VitalSign> {
    let start = numbers.partition_point(|number| number.tokens.start < statement.tokens.start);
    let own: Vec<&Spoken> =
        numbers.iter().skip(start).take_while(|number| number.tokens.end <= statement.tokens.end).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let written = statement.span.of(turn.text.written());
    let is_spoken = own.iter().any(|number| number.in_words);
    let said = if is_spoken { in_digits(turn, statement, &own) } else { written.to_owned() };
    let text = Text::read(&said);
    let place = |reading: &Reading| {
        let offset = statement.span.start;
        let exact = Span { start: reading.span.start + offset, end: reading.span.end + offset };
        if is_spoken { statement.span } else { exact }
    };
    let sign = |reading: Reading| {
        let sources = vec![Evidence { utterance: turn.id.to_owned(), spans: vec![place(&reading)] }];
        Some(VitalSign { kind: reading.kind, value: reading.value, text: written_as(&reading, &said)?, sources })
    };
    reading::read(&text, &[]).into_iter().filter(is_vital).filter_map(sign).collect()
}

fn is_vital(reading: &Reading) -> bool {
    reading.plausible && !matches!(reading.kind, Kind::Pain | Kind::YesNo)
}

/// A statement with its numbers as digits: "130 over 80".
fn in_digits(turn: &Turn<'_>, statement: &Statement, numbers: &[&Spoken]) -> String {
    let mut said = String::new();
    let mut place = statement.span.start;
    for number in numbers.iter().filter(|number| number.in_words) {
        let Some(span) = turn.text.span(number.tokens.clone()) else { continue };
        said.push_str(Span { start: place, end: span.start }.of(turn.text.written()));
        said.push_str(&number.value.to_string());
        place = span.end;
    }
    said.push_str(Span { start: place, end: statement.span.end }.of(turn.text.written()));
    said
}

/// A reading as document 004 writes it.
fn written_as(reading: &Reading, said: &str) -> Option<String> {
    /// No body is so hot in degrees Celsius.
    const HOTTEST: f64 = 45.0;
    let rounded = |value: f64| (value * 10.0).round() / 10.0;
    Some(match (reading.kind, reading.value) {
        (_, Value::Pressure { systolic, diastolic: Some(diastolic) }) => format!("{systolic}/{diastolic}"),
        (_, Value::Pressure { systolic, diastolic: None }) => systolic.to_string(),
        (Kind::Temperature, Value::Number(celsius)) => {
            let digits: String = reading.span.of(said).chars().take_while(|letter| !letter.is_alphabetic()).collect();
            let number = digits.trim_matches(|letter: char| !letter.is_ascii_digit()).replace(',', ".");
            let is_fahrenheit = reading.unit == Some(Unit::Fahrenheit)
                || (reading.unit != Some(Unit::Celsius) && number.parse::<f64>().is_ok_and(|number| number > HOTTEST));
            if is_fahrenheit { format!("{}F", rounded(celsius * 1.8 + 32.0)) } else { format!("{}C", rounded(celsius)) }
        }
        (Kind::Weight, Value::Number(kilograms)) => format!("{}kg", rounded(kilograms)),
        (Kind::OxygenSaturation, Value::Number(percent)) => format!("{}%", rounded(percent)),
        (_, Value::Number(value)) => rounded(value).to_string(),
        (_, Value::Answer(_)) => return None,
    })
}
