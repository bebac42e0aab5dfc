//! Measurements that patients send: "150 over 95", "azúcar en 180", "fever 101.2", "pain is 7", "sí".
//!
//! A number is only read as a measurement when the words around it, its unit or its shape say which, or when it was asked
//! for. Doses, dates, times, ages and phone numbers are none. A value that no living person has is returned with
//! [`Reading::plausible`] false, so that the patient can be asked again; it is never dropped.

mod answer;
mod cue;
mod number;
mod select;
mod strength;
pub mod threshold;
mod unit;

use serde::Serialize;

use crate::{span::Span, text::Text};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Systolic and diastolic pressure, mmHg.
    BloodPressure,
    /// Glucose in blood, mg/dL.
    Glucose,
    /// Of the body, °C.
    Temperature,
    /// Of the body, kg.
    Weight,
    /// Beats per minute.
    Pulse,
    /// Breaths per minute.
    RespiratoryRate,
    /// Of haemoglobin with oxygen, %.
    OxygenSaturation,
    /// From 0 to 10.
    Pain,
    /// An answer to a question.
    YesNo,
}

/// A value in the unit of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Blood pressure; the diastolic is absent when only one number was sent.
    Pressure {
        /// The higher, mmHg.
        systolic: f64,
        /// The lower, mmHg.
        diastolic: Option<f64>,
    },
    /// Every other measurement.
    Number(f64),
    /// Yes is true.
    Answer(bool),
}

/// A unit that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// °C
    Celsius,
    /// °F
    Fahrenheit,
    /// Degrees of a scale that was not named.
    Degree,
    /// mg/dL
    MilligramsPerDecilitre,
    /// mmol/L
    MillimolesPerLitre,
    /// kg
    Kilogram,
    /// lb
    Pound,
    /// st, with pounds behind it or without
    Stone,
    /// bpm
    BeatsPerMinute,
    /// breaths/min
    BreathsPerMinute,
    /// %
    Percent,
    /// mmHg
    MillimetresOfMercury,
    /// cmHg, as Spanish and French speakers often give their blood pressure
    CentimetresOfMercury,
    /// Out of ten.
    OutOfTen,
}

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reading {
    /// What was measured.
    pub kind: Kind,
    /// In the unit of the kind.
    pub value: Value,
    /// The unit that was written. Without one, the value was taken in the unit in which it is plausible.
    pub unit: Option<Unit>,
    /// The number and its unit, as written.
    pub span: Span,
    /// Whether a living person can have this value.
    pub plausible: bool,
}

/// The measurements in a message, in order. `asked` is what the patient was asked for, the most expected first: only then
/// is a bare number, or a bare yes in the middle of other words, an answer.
#[must_use]
pub fn read(text: &Text<'_>, asked: &[Kind]) -> Vec<Reading> {
    let cues = cue::Cues::read(text);
    let mut readings = select::readings(text, &cues, asked);
    readings.extend(answer::read(text, asked));
    readings.sort_by_key(|reading| reading.span);
    readings
}

/// The measurements that a question asks for, in the order in which it names them; a question with a question mark may also
/// be answered by yes or no.
#[must_use]
pub fn asked(question: &Text<'_>) -> Vec<Kind> {
    let mut asked = cue::Cues::read(question).kinds();
    if question.written().contains('?') {
        asked.push(Kind::YesNo);
    }
    asked
}

#[cfg(test)]
mod tests;
