//! How soon somebody must be seen.

use serde::{Deserialize, Serialize};

use crate::triage::spoken::Spoken;

/// The five levels, the least urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Self-care at home; advice when to seek help.
    SelfCare,
    /// An appointment in the usual course.
    Routine,
    /// A clinician within a day.
    WithinADay,
    /// An emergency department, today and without delay.
    Emergency,
    /// An ambulance, now.
    EmergencyNow,
}

impl Level {
    /// The level by its name in the tables of rules.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "self_care" => Self::SelfCare,
            "routine" => Self::Routine,
            "day" => Self::WithinADay,
            "emergency" => Self::Emergency,
            "now" => Self::EmergencyNow,
            _ => return None,
        })
    }

    /// Its code in the FHIR code system of [`Risk::SYSTEM`].
    #[must_use]
    pub fn risk(self) -> Risk {
        match self {
            Self::SelfCare => Risk::Negligible,
            Self::Routine => Risk::Low,
            Self::WithinADay => Risk::Moderate,
            Self::Emergency | Self::EmergencyNow => Risk::High,
        }
    }

    /// What it means, as the outcome that a record states.
    #[must_use]
    pub fn outcome(self, language: Spoken) -> &'static str {
        let [english, spanish] = match self {
            Self::SelfCare => ["Negligible risk - can be cared for at home", "Riesgo mínimo - se puede cuidar en casa"],
            Self::Routine => ["Low risk - an appointment in the usual course", "Riesgo bajo - una cita normal"],
            Self::WithinADay => [
                "Moderate risk - to be seen by a clinician within a day",
                "Riesgo moderado - consulta médica en un día",
            ],
            Self::Emergency => {
                ["High risk - needs an emergency department today", "Riesgo alto - debe ir hoy a urgencias"]
            }
            Self::EmergencyNow => {
                ["High risk - requires immediate medical attention", "Riesgo alto - requiere atención médica inmediata"]
            }
        };
        language.pick(english, spanish)
    }

    /// Whether it needs an emergency department.
    #[must_use]
    pub fn is_emergency(self) -> bool {
        self >= Self::Emergency
    }
}

/// The likelihood of harm, as FHIR R4 codes it. `certain` is not used: triage is never certain of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Self-care.
    Negligible,
    /// Routine.
    Low,
    /// Within a day.
    Moderate,
    /// Emergency, and emergency now.
    High,
}

impl Risk {
    /// The code system.
    pub const SYSTEM: &'static str = "http://terminology.hl7.org/CodeSystem/risk-probability";

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Negligible => "negligible",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }

    /// As document 003 displays it: "High Risk" (contract A-30).
    #[must_use]
    pub fn display(self) -> &'static str {
        match self {
            Self::Negligible => "Negligible Risk",
            Self::Low => "Low Risk",
            Self::Moderate => "Moderate Risk",
            Self::High => "High Risk",
        }
    }

    /// The code system's own display.
    #[must_use]
    pub fn likelihood(self) -> &'static str {
        match self {
            Self::Negligible => "Negligible likelihood",
            Self::Low => "Low likelihood",
            Self::Moderate => "Moderate likelihood",
            Self::High => "High likelihood",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_ordered_and_coded() {
        let levels = ["self_care", "routine", "day", "emergency", "now"].map(|name| Level::named(name).unwrap());
        assert!(levels.is_sorted());
        let codes = levels.map(|level| level.risk().code());
        assert_eq!(codes, ["negligible", "low", "moderate", "high", "high"]);
        assert_eq!(Level::Emergency.risk().display(), "High Risk");
        assert_eq!(Level::Emergency.risk().likelihood(), "High likelihood");
        assert_eq!(Level::named("soon"), None);
        assert!(Level::Emergency.is_emergency() && !Level::WithinADay.is_emergency());
    }
}
