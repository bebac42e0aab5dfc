//! What is measured or counted, and what rules compare.

use crate::triage::evidence::Evidence;

/// A measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Measure {
    /// Of the patient, years.
    Age,
    /// From 0 to 10, as told in a number or in words.
    Pain,
    /// From 0 to 10, as told in a number.
    Score,
    /// Blood pressure, mmHg.
    Systolic,
    /// Blood pressure, mmHg.
    Diastolic,
    /// Beats per minute.
    Pulse,
    /// Breaths per minute.
    Respiration,
    /// Of haemoglobin with oxygen, %.
    Saturation,
    /// Of the body, °C.
    Temperature,
    /// In blood, mg/dL.
    Glucose,
    /// Hours since the complaint began.
    Hours,
    /// Of pregnancy.
    Weeks,
    /// NEWS2, the sum.
    News,
    /// Shock index: pulse by systolic pressure.
    Shock,
    /// How many kinds of vital signs were measured.
    Vitals,
}

impl Measure {
    /// The measure by its name in the tables of rules.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "age" => Self::Age,
            "pain" => Self::Pain,
            "score" => Self::Score,
            "systolic" => Self::Systolic,
            "diastolic" => Self::Diastolic,
            "pulse" => Self::Pulse,
            "respiration" => Self::Respiration,
            "saturation" => Self::Saturation,
            "temperature" => Self::Temperature,
            "glucose" => Self::Glucose,
            "hours" => Self::Hours,
            "weeks" => Self::Weeks,
            "news" => Self::News,
            "shock" => Self::Shock,
            "vitals" => Self::Vitals,
            _ => return None,
        })
    }
}

/// A value, and the words that gave it when a message did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    pub(super) value: f64,
    pub(super) evidence: Option<Evidence>,
}
