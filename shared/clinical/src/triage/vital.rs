//! Vital signs as records keep them: LOINC codes and UCUM units, after the vital signs profiles of FHIR R4.

use serde::Serialize;

use crate::reading::threshold::{self, Level};
use crate::reading::{Kind, Reading, Value};
use crate::triage::chart::Chart;
use crate::triage::evidence::Evidence;
use crate::triage::measure::Measure;

/// From this age on, years, the limits of adults hold.
const ADULT: f64 = 12.0;

/// A vital sign or a measurement like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VitalKind {
    /// Blood pressure: its values are components, the systolic and, when it was told, the diastolic.
    BloodPressure,
    /// Heart rate.
    HeartRate,
    /// Respiratory rate.
    RespiratoryRate,
    /// Oxygen saturation in arterial blood by pulse oximetry.
    OxygenSaturation,
    /// Body temperature.
    BodyTemperature,
    /// Body weight.
    BodyWeight,
    /// Glucose in blood.
    BloodGlucose,
    /// Pain severity, 0 to 10.
    PainSeverity,
}

/// A code of LOINC with its display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Loinc {
    /// The code.
    pub code: &'static str,
    /// Its display: the long common name, or the name that the FHIR profile gives.
    pub display: &'static str,
}

impl Loinc {
    /// The code system.
    pub const SYSTEM: &'static str = "http://loinc.org";

    const fn of(code: &'static str, display: &'static str) -> Self {
        Self { code, display }
    }
}

const SYSTOLIC: Loinc = Loinc::of("8480-6", "Systolic blood pressure");
const DIASTOLIC: Loinc = Loinc::of("8462-4", "Diastolic blood pressure");

impl VitalKind {
    /// The code of the diastolic part of a blood pressure, for a record that must say that nobody told it.
    pub const DIASTOLIC: Loinc = DIASTOLIC;

    /// Its codes in LOINC, that of the profile first.
    #[must_use]
    pub fn codes(self) -> &'static [Loinc] {
        match self {
            Self::BloodPressure => const { &[Loinc::of("85354-9", "Blood pressure panel with all children optional")] },
            Self::HeartRate => const { &[Loinc::of("8867-4", "Heart rate")] },
            Self::RespiratoryRate => const { &[Loinc::of("9279-1", "Respiratory rate")] },
            Self::OxygenSaturation => {
                const {
                    &[
                        Loinc::of("2708-6", "Oxygen saturation in Arterial blood"),
                        Loinc::of("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
                    ]
                }
            }
            Self::BodyTemperature => const { &[Loinc::of("8310-5", "Body temperature")] },
            Self::BodyWeight => const { &[Loinc::of("29463-7", "Body weight")] },
            Self::BloodGlucose => const { &[Loinc::of("2339-0", "Glucose [Mass/volume] in Blood")] },
            Self::PainSeverity => {
                const { &[Loinc::of("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")] }
            }
        }
    }

    /// Its unit in UCUM.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::BloodPressure => "mm[Hg]",
            Self::HeartRate | Self::RespiratoryRate => "/min",
            Self::OxygenSaturation => "%",
            Self::BodyTemperature => "Cel",
            Self::BodyWeight => "kg",
            Self::BloodGlucose => "mg/dL",
            Self::PainSeverity => "{score}",
        }
    }

    /// The code of its category in `http://terminology.hl7.org/CodeSystem/observation-category`.
    #[must_use]
    pub fn category(self) -> &'static str {
        match self {
            Self::BloodGlucose => "laboratory",
            Self::PainSeverity => "survey",
            _ => "vital-signs",
        }
    }

    fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::BloodPressure => Self::BloodPressure,
            Kind::Pulse => Self::HeartRate,
            Kind::RespiratoryRate => Self::RespiratoryRate,
            Kind::OxygenSaturation => Self::OxygenSaturation,
            Kind::Temperature => Self::BodyTemperature,
            Kind::Weight => Self::BodyWeight,
            Kind::Glucose => Self::BloodGlucose,
            Kind::Pain => Self::PainSeverity,
            Kind::YesNo => return None,
        })
    }
}

/// What a value means, as `http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation` codes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Interpretation {
    /// Normal.
    N,
    /// Abnormal.
    A,
    /// Critically abnormal.
    AA,
}

/// One measurement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VitalSign {
    /// What was measured.
    pub kind: VitalKind,
    /// In the unit of the kind: one value with the code of the kind, or the components of the blood pressure with theirs.
    pub values: Vec<(Loinc, f64)>,
    /// By the limits of adults; `None` for children, for whom they do not hold.
    pub interpretation: Option<Interpretation>,
    /// The words.
    pub evidence: Evidence,
}

/// Every plausible measurement of the conversation, in order.
pub(super) fn signs(chart: &Chart) -> Vec<VitalSign> {
    let is_adult = chart.value(Measure::Age).is_none_or(|age| age >= ADULT);
    let readings = chart.readings.iter();
    readings.filter_map(|(turn, reading)| sign(*turn, reading, is_adult)).collect()
}

fn sign(turn: usize, reading: &Reading, is_adult: bool) -> Option<VitalSign> {
    let kind = VitalKind::of(reading.kind)?;
    let values = match reading.value {
        Value::Pressure { systolic, diastolic } => {
            [Some((SYSTOLIC, systolic)), diastolic.map(|value| (DIASTOLIC, value))].into_iter().flatten().collect()
        }
        Value::Number(value) => vec![(*kind.codes().first()?, value)],
        Value::Answer(_) => return None,
    };
    let interpretation = is_adult.then(|| match threshold::level(reading) {
        Level::None => Interpretation::N,
        Level::Warning => Interpretation::A,
        Level::Critical | Level::Emergency => Interpretation::AA,
    });
    Some(VitalSign { kind, values, interpretation, evidence: Evidence { turn, span: reading.span } })
}
