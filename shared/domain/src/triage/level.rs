//! How soon a patient must be seen: the levels of triage, and how FHIR codes them (document 003).

use serde::{Deserialize, Serialize};

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

    /// Whether it needs an emergency department.
    #[must_use]
    pub fn is_emergency(self) -> bool {
        self >= Self::Emergency
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SelfCare => "self_care",
            Self::Routine => "routine",
            Self::WithinADay => "within_a_day",
            Self::Emergency => "emergency",
            Self::EmergencyNow => "emergency_now",
        }
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
        let levels = [Level::SelfCare, Level::Routine, Level::WithinADay, Level::Emergency, Level::EmergencyNow];
        assert!(levels.is_sorted());
        let codes = levels.map(|level| level.risk().code());
        assert_eq!(codes, ["negligible", "low", "moderate", "high", "high"]);
        assert_eq!(Level::Emergency.risk().display(), "High Risk");
        assert_eq!(Level::Emergency.risk().likelihood(), "High likelihood");
        assert!(Level::Emergency.is_emergency() && !Level::WithinADay.is_emergency());
        for level in levels {
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
    }
}
