//! How soon somebody must be seen, in the words of the tables and of records.

pub use domain::triage::{Level, Risk};

use crate::triage::spoken::Spoken;

/// The level by its name in the tables of rules.
pub(super) fn named(name: &str) -> Option<Level> {
    Some(match name {
        "self_care" => Level::SelfCare,
        "routine" => Level::Routine,
        "day" => Level::WithinADay,
        "emergency" => Level::Emergency,
        "now" => Level::EmergencyNow,
        _ => return None,
    })
}

/// What it means, as the outcome that a record states.
pub(super) fn outcome(level: Level, language: Spoken) -> &'static str {
    let [english, spanish] = match level {
        Level::SelfCare => ["Negligible risk - can be cared for at home", "Riesgo mínimo - se puede cuidar en casa"],
        Level::Routine => ["Low risk - an appointment in the usual course", "Riesgo bajo - una cita normal"],
        Level::WithinADay => {
            ["Moderate risk - to be seen by a clinician within a day", "Riesgo moderado - consulta médica en un día"]
        }
        Level::Emergency => {
            ["High risk - needs an emergency department today", "Riesgo alto - debe ir hoy a urgencias"]
        }
        Level::EmergencyNow => {
            ["High risk - requires immediate medical attention", "Riesgo alto - requiere atención médica inmediata"]
        }
    };
    language.pick(english, spanish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_tables_are_in_order() {
        let levels = ["self_care", "routine", "day", "emergency", "now"].map(|name| named(name).unwrap());
        assert!(levels.is_sorted());
        assert_eq!(named("soon"), None);
    }
}
