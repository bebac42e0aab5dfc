//! From which value a reading matters. Reference values for adults who measure at home; a clinician who set other limits
//! for a patient is right.

use serde::Serialize;

use crate::reading::{Kind, Reading, Value};

/// How much a reading matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// In the usual range, or no measurement that has limits.
    None,
    /// Outside it: somebody should look at it in the usual course.
    Warning,
    /// Far outside it: today.
    Critical,
    /// Dangerous by itself: now.
    Emergency,
}

/// The level of a reading. An implausible one has none: it has to be asked again.
///
/// * Blood pressure: 140/90 is stage 2 hypertension and 180/120 a crisis (ACC/AHA guideline 2017; repeat and seek care); below
///   90/60 is hypotension, systolic below 70 shock (NEWS2 gives its highest score at 90 and below; Royal College of
///   Physicians 2017).
/// * Glucose: below 70 mg/dL is hypoglycaemia level 1, below 54 level 2 (ADA Standards of Care, section 6); above 250 ketones
///   are to be checked, above 300 care is needed on the same day (ADA, sick-day advice); 400 is this product's own border.
/// * Temperature: fever from 38.0 °C; 39.4 °C (103 °F) is the usual border for calling a doctor; hyperpyrexia from 41 °C;
///   hypothermia below 35 °C, moderate below 32 °C.
/// * Oxygen saturation: 93 and 94 % call for advice, 92 % and less for emergency care (NHS pulse oximetry at home 2020); at 90 % and
///   less there is respiratory failure.
/// * Pulse at rest: above 100 or below 50; NEWS2 gives its highest score from 131 and at 40 and below; 150 and 30 by ACLS.
/// * Respiration: NEWS2 scores 21 to 24 with 2, and with its highest score 25 and above or 8 and below; 35 and 5 are this
///   product's own border for an emergency.
/// * Pain: 7 is severe (numeric rating scale), 9 hardly bearable.
#[must_use]
pub fn level(reading: &Reading) -> Level {
    if !reading.plausible {
        return Level::None;
    }
    match (reading.kind, reading.value) {
        (_, Value::Pressure { systolic, diastolic }) => {
            let high = high(systolic, [140.0, 180.0, 180.0]);
            let low = low(systolic, [90.0, 90.0, 70.0]);
            high.max(low).max(diastolic.map_or(Level::None, diastolic_level))
        }
        (Kind::Glucose, Value::Number(value)) => high(value, [250.1, 300.1, 400.1]).max(low(value, [70.0, 54.0, 40.0])),
        (Kind::Temperature, Value::Number(value)) => {
            high(value, [38.0, 39.4, 41.0]).max(low(value, [35.0, 35.0, 32.0]))
        }
        (Kind::RespiratoryRate, Value::Number(value)) => {
            high(value, [21.0, 25.0, 35.0]).max(low(value, [9.0, 9.0, 6.0]))
        }
        (Kind::OxygenSaturation, Value::Number(value)) => low(value, [94.1, 92.1, 90.1]),
        (Kind::Pulse, Value::Number(value)) => high(value, [100.1, 131.0, 150.0]).max(low(value, [50.0, 40.1, 30.0])),
        (Kind::Pain, Value::Number(value)) => high(value, [7.0, 9.0, f64::INFINITY]),
        (Kind::BloodPressure | Kind::Weight | Kind::YesNo, Value::Number(_)) | (_, Value::Answer(_)) => Level::None,
    }
}

fn diastolic_level(value: f64) -> Level {
    high(value, [90.0, 120.0, 120.0]).max(low(value, [60.0, 60.0, 40.0]))
}

/// Warning, critical and emergency from these values up.
fn high(value: f64, [warning, critical, emergency]: [f64; 3]) -> Level {
    step(value >= warning, value >= critical, value >= emergency)
}

/// Warning, critical and emergency below these values.
fn low(value: f64, [warning, critical, emergency]: [f64; 3]) -> Level {
    step(value < warning, value < critical, value < emergency)
}

fn step(warning: bool, critical: bool, emergency: bool) -> Level {
    match (warning, critical, emergency) {
        (_, _, true) => Level::Emergency,
        (_, true, _) => Level::Critical,
        (true, _, _) => Level::Warning,
        _ => Level::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{reading, text::Text};

    fn of(written: &str) -> Level {
        let readings = reading::read(&Text::read(written), &[]);
        let [reading] = readings.as_slice() else { panic!("{written}: {readings:?}") };
        level(reading)
    }

    #[test]
    fn levels_begin_where_the_guidelines_say() {
        for (written, level) in [
            ("bp 139/89", Level::None),
            ("bp 150/95", Level::Warning),
            ("bp 130/90", Level::Warning),
            ("bp 180/100", Level::Emergency),
            ("bp 150/120", Level::Emergency),
            ("bp 88/61", Level::Critical),
            ("bp 100/58", Level::Critical),
            ("bp 65/40", Level::Emergency),
            ("glucose 70", Level::None),
            ("glucose 69", Level::Warning),
            ("glucose 53", Level::Critical),
            ("glucose 39", Level::Emergency),
            ("glucose 250", Level::None),
            ("glucose 251", Level::Warning),
            ("glucose 301", Level::Critical),
            ("glucose 401", Level::Emergency),
            ("temp 37.9", Level::None),
            ("temp 38.0", Level::Warning),
            ("temp 39.4", Level::Critical),
            ("temp 41 C", Level::Emergency),
            ("temp 34.9", Level::Critical),
            ("spo2 95%", Level::None),
            ("spo2 94%", Level::Warning),
            ("spo2 92%", Level::Critical),
            ("spo2 90%", Level::Emergency),
            ("pulse 100", Level::None),
            ("pulse 101", Level::Warning),
            ("pulse 131", Level::Critical),
            ("pulse 150", Level::Emergency),
            ("pulse 49", Level::Warning),
            ("pulse 40", Level::Critical),
            ("respiratory rate 20", Level::None),
            ("respiratory rate 21", Level::Warning),
            ("RR 25", Level::Critical),
            ("respirations 36", Level::Emergency),
            ("frecuencia respiratoria 8", Level::Critical),
            ("5 breaths per minute", Level::Emergency),
            ("pain 6", Level::None),
            ("pain 7", Level::Warning),
            ("pain 9", Level::Critical),
            ("weight 82 kg", Level::None),
            ("bp 1500/95", Level::None),
        ] {
            assert_eq!(of(written), level, "{written}");
        }
    }
}
