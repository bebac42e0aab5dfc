//! What the clinical engines make of a patient's message, as decisions need it.

use serde::{Deserialize, Serialize};

use crate::alert::Severity;
use crate::observation::Reading;

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

/// What a message says that decisions rest on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assessment {
    /// The language it is in, when that can be told.
    pub language: Option<Language>,
    /// Dangers, the worst first.
    pub dangers: Vec<Danger>,
    /// Measurements.
    pub readings: Vec<Reading>,
    /// A word that switches automatic messages.
    pub command: Option<Command>,
}

impl Assessment {
    /// Whether the dangers are emergencies of the body alone.
    #[must_use]
    pub fn is_medical(&self) -> bool {
        !self.dangers.is_empty() && self.dangers.iter().all(|danger| danger.category == DangerCategory::Medical)
    }

    /// This assessment where no word switches automatic messages: in an app there are none.
    #[must_use]
    pub fn without_command(self) -> Self {
        Self { command: None, ..self }
    }

    /// This assessment without the measurements that an earlier one has already: what has alarmed does not alarm again.
    #[must_use]
    pub fn without_readings_of(mut self, earlier: &Self) -> Self {
        let is_known =
            |reading: &Reading| earlier.readings.iter().any(|known| known.measurement == reading.measurement);
        self.readings.retain(|reading| !is_known(reading));
        self
    }
}

/// A danger that a message speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Danger {
    /// What kind of danger.
    pub category: DangerCategory,
    /// How soon somebody must look.
    pub severity: Severity,
    /// The rule that found it.
    pub rule: String,
    /// The writer's own words on which it rests.
    pub words: Vec<String>,
}

/// Kinds of danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DangerCategory {
    /// Self-harm or suicide.
    SelfHarm,
    /// Harm to others.
    HarmToOthers,
    /// Abuse that the writer discloses.
    Abuse,
    /// A medical emergency.
    Medical,
}

impl DangerCategory {
    /// What people read.
    #[must_use]
    pub fn display(self) -> &'static str {
        match self {
            Self::SelfHarm => "self-harm",
            Self::HarmToOthers => "harm to others",
            Self::Abuse => "abuse",
            Self::Medical => "medical emergency",
        }
    }
}

/// Words that a patient can write in any channel to switch automatic messages off and on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// No automatic messages from now on.
    Stop,
    /// Automatic messages again.
    Start,
}

impl Command {
    /// The command that a whole message is; a sentence that only contains the word is none. `baja` is also Spanish for "low":
    /// it is none when something was asked (`is_asked`).
    #[must_use]
    pub fn of(text: &str, is_asked: bool) -> Option<Self> {
        let word = crate::text::name_key(text);
        match word.as_str() {
            "baja" if is_asked => None,
            "stop" | "stopall" | "stop all" | "unsubscribe" | "alto" | "parar" | "baja" | "detener" => Some(Self::Stop),
            "start" | "unstop" | "iniciar" | "reanudar" => Some(Self::Start),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_the_whole_message() {
        for text in ["STOP", " stop. ", "Stop!", "ALTO", "Parar", "baja"] {
            assert_eq!(Command::of(text, false), Some(Command::Stop), "{text}");
        }
        for text in ["START", "Iniciar", "¡Reanudar!"] {
            assert_eq!(Command::of(text, false), Some(Command::Start), "{text}");
        }
        for text in ["", "please stop", "The pain does not stop", "para mi madre", "start tomorrow"] {
            assert_eq!(Command::of(text, false), None, "{text}");
        }
        assert_eq!((Command::of("Baja.", true), Command::of("stop", true)), (None, Some(Command::Stop)));
    }
}
