//! Observations: measurements that a patient told, on a thread.

use serde::{Deserialize, Serialize};

use crate::alert::Severity;
use crate::ids::{MessageId, ObservationId};
use crate::time::Timestamp;

/// What was measured, in one unit each.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Measurement {
    /// Arterial blood pressure, mmHg.
    BloodPressure {
        /// Upper value.
        systolic: f64,
        /// Lower value; absent when only one number was told.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        diastolic: Option<f64>,
    },
    /// Blood glucose, mg/dL.
    Glucose {
        /// The value.
        value: f64,
    },
    /// Body temperature, degrees Celsius.
    Temperature {
        /// The value.
        value: f64,
    },
    /// Body weight, kilograms.
    Weight {
        /// The value.
        value: f64,
    },
    /// Heart rate, beats per minute.
    Pulse {
        /// The value.
        value: f64,
    },
    /// Respiratory rate, breaths per minute.
    RespiratoryRate {
        /// The value.
        value: f64,
    },
    /// Oxygen saturation, per cent.
    OxygenSaturation {
        /// The value.
        value: f64,
    },
    /// Pain on the numeric rating scale, 0 to 10.
    Pain {
        /// The value.
        value: f64,
    },
    /// The answer to a question that takes yes or no.
    Answer {
        /// Whether it was yes.
        yes: bool,
    },
}

impl Measurement {
    /// The name of what was measured, the same for every value of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BloodPressure { .. } => "blood_pressure",
            Self::Glucose { .. } => "glucose",
            Self::Temperature { .. } => "temperature",
            Self::Weight { .. } => "weight",
            Self::Pulse { .. } => "pulse",
            Self::RespiratoryRate { .. } => "respiratory_rate",
            Self::OxygenSaturation { .. } => "oxygen_saturation",
            Self::Pain { .. } => "pain",
            Self::Answer { .. } => "answer",
        }
    }

    /// What people read, for example `blood pressure 150/95 mmHg`.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::BloodPressure { systolic, diastolic: Some(diastolic) } => {
                format!("blood pressure {}/{} mmHg", rounded(systolic), rounded(diastolic))
            }
            Self::BloodPressure { systolic, diastolic: None } => format!("blood pressure {} mmHg", rounded(systolic)),
            Self::Glucose { value } => format!("glucose {} mg/dL", rounded(value)),
            Self::Temperature { value } => format!("temperature {} °C", rounded(value)),
            Self::Weight { value } => format!("weight {} kg", rounded(value)),
            Self::Pulse { value } => format!("pulse {} per minute", rounded(value)),
            Self::RespiratoryRate { value } => format!("respiratory rate {} per minute", rounded(value)),
            Self::OxygenSaturation { value } => format!("oxygen saturation {} %", rounded(value)),
            Self::Pain { value } => format!("pain {} of 10", rounded(value)),
            Self::Answer { yes } => format!("answer {}", if yes { "yes" } else { "no" }),
        }
    }

    /// The number by which two measurements of a kind are compared; none for an answer.
    #[must_use]
    pub fn leading_value(self) -> Option<f64> {
        match self {
            Self::BloodPressure { systolic, .. } => Some(systolic),
            Self::Glucose { value }
            | Self::Temperature { value }
            | Self::Weight { value }
            | Self::Pulse { value }
            | Self::RespiratoryRate { value }
            | Self::OxygenSaturation { value }
            | Self::Pain { value } => Some(value),
            Self::Answer { .. } => None,
        }
    }
}

/// One decimal place, as people write measurements.
fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A measurement that a message told, and how far it is outside its limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What was measured.
    pub measurement: Measurement,
    /// The patient's own words for it.
    pub words: String,
    /// How soon somebody must look; absent within the limits.
    pub severity: Option<Severity>,
}

/// An observation as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Its thread and number there.
    pub id: ObservationId,
    /// What was measured.
    pub measurement: Measurement,
    /// The patient's own words for it.
    pub words: String,
    /// How far it is outside its limits.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub severity: Option<Severity>,
    /// The message that told it.
    pub message: MessageId,
    /// When it was kept.
    pub created: Timestamp,
}
