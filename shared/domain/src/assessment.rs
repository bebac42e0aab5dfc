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
    /// The command that a whole message is; a sentence that only contains the word is none.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let word = crate::text::name_key(text);
        match word.as_str() {
            "stop" | "stopall" | "stop all" | "unsubscribe" | "alto" | "parar" | "para" | "baja" | "detener" => {
                Some(Self::Stop)
            }
            "start" | "unstop" | "resume" | "iniciar" | "empezar" | "comenzar" | "alta" | "reanudar" => {
                Some(Self::Start)
            }
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
            assert_eq!(Command::of(text), Some(Command::Stop), "{text}");
        }
        for text in ["START", "Iniciar", "¡Reanudar!"] {
            assert_eq!(Command::of(text), Some(Command::Start), "{text}");
        }
        for text in ["", "please stop", "The pain does not stop", "para mi madre", "start tomorrow"] {
            assert_eq!(Command::of(text), None, "{text}");
        }
    }
}
