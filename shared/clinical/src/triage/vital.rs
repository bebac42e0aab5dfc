//! Vital signs as records keep them: LOINC codes, UCUM units.

use serde::Serialize;

use crate::reading::{Kind, Value};
use crate::triage::chart::Chart;
use crate::triage::evidence::Evidence;

/// A vital sign or a measurement like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VitalKind {
    /// Systolic blood pressure.
    SystolicBloodPressure,
    /// Diastolic blood pressure.
    DiastolicBloodPressure,
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

impl VitalKind {
    /// Its code in LOINC.
    #[must_use]
    pub fn loinc(self) -> &'static str {
        match self {
            Self::SystolicBloodPressure => "8480-6",
            Self::DiastolicBloodPressure => "8462-4",
            Self::HeartRate => "8867-4",
            Self::RespiratoryRate => "9279-1",
            Self::OxygenSaturation => "59408-5",
            Self::BodyTemperature => "8310-5",
            Self::BodyWeight => "29463-7",
            Self::BloodGlucose => "2339-0",
            Self::PainSeverity => "72514-3",
        }
    }

    /// Its unit in UCUM.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::SystolicBloodPressure | Self::DiastolicBloodPressure => "mm[Hg]",
            Self::HeartRate | Self::RespiratoryRate => "/min",
            Self::OxygenSaturation => "%",
            Self::BodyTemperature => "Cel",
            Self::BodyWeight => "kg",
            Self::BloodGlucose => "mg/dL",
            Self::PainSeverity => "{score}",
        }
    }
}

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct VitalSign {
    /// What was measured.
    pub kind: VitalKind,
    /// LOINC.
    pub loinc: &'static str,
    /// In the unit.
    pub value: f64,
    /// UCUM.
    pub unit: &'static str,
    /// The words.
    pub evidence: Evidence,
}

/// Every plausible measurement of the conversation, in order.
pub(super) fn signs(chart: &Chart) -> Vec<VitalSign> {
    let readings = chart.readings.iter().flat_map(|(turn, reading)| {
        let evidence = Evidence { turn: *turn, span: reading.span };
        values(reading.kind, reading.value).into_iter().flatten().map(move |(kind, value)| (kind, value, evidence))
    });
    readings
        .map(|(kind, value, evidence)| VitalSign { kind, loinc: kind.loinc(), value, unit: kind.unit(), evidence })
        .collect()
}

fn values(kind: Kind, value: Value) -> [Option<(VitalKind, f64)>; 2] {
    let number = match value {
        Value::Pressure { systolic, diastolic } => {
            let lower = diastolic.map(|value| (VitalKind::DiastolicBloodPressure, value));
            return [Some((VitalKind::SystolicBloodPressure, systolic)), lower];
        }
        Value::Number(number) => number,
        Value::Answer(_) => return [None, None],
    };
    let kind = match kind {
        Kind::Pulse => VitalKind::HeartRate,
        Kind::RespiratoryRate => VitalKind::RespiratoryRate,
        Kind::OxygenSaturation => VitalKind::OxygenSaturation,
        Kind::Temperature => VitalKind::BodyTemperature,
        Kind::Weight => VitalKind::BodyWeight,
        Kind::Glucose => VitalKind::BloodGlucose,
        Kind::Pain => VitalKind::PainSeverity,
        Kind::BloodPressure | Kind::YesNo => return [None, None],
    };
    [Some((kind, number)), None]
}
