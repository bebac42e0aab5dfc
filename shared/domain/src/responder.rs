//! Who answers a thread: the assistant, a doctor or human staff.

use serde::{Deserialize, Serialize};

use crate::caller::ProviderRole;
use crate::error::{Error, Result};

/// Who answers a thread at present (document 000, DP-2.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responder {
    /// The AI assistant.
    Assistant,
    /// A doctor; also while no doctor has taken the thread yet.
    #[default]
    Doctor,
    /// Human staff.
    HumanStaff,
}

impl Responder {
    /// The responder that a provider of this role is.
    #[must_use]
    pub fn of(role: ProviderRole) -> Self {
        match role {
            ProviderRole::Doctor => Self::Doctor,
            ProviderRole::HumanStaff => Self::HumanStaff,
        }
    }

    /// The responder by its name in the document.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the three.
    pub fn parse(name: &str) -> Result<Self> {
        match name.trim() {
            "assistant" => Ok(Self::Assistant),
            "doctor" => Ok(Self::Doctor),
            "human_staff" => Ok(Self::HumanStaff),
            _ => Err(Error::invalid("responder", "responder must be one of assistant, doctor, human_staff.")),
        }
    }

    /// The name in the document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::Doctor => "doctor",
            Self::HumanStaff => "human_staff",
        }
    }

    /// The role that a provider must have to be this responder; none for the assistant.
    #[must_use]
    pub fn role(self) -> Option<ProviderRole> {
        match self {
            Self::Assistant => None,
            Self::Doctor => Some(ProviderRole::Doctor),
            Self::HumanStaff => Some(ProviderRole::HumanStaff),
        }
    }
}

/// How much medicine a patient's answers may presume (document 000, DP-3.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpertiseLevel {
    /// Short sentences and everyday words.
    Low,
    /// Plain language.
    #[default]
    Medium,
    /// Medical terms are understood.
    High,
}

impl ExpertiseLevel {
    /// The level by its name in the document.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the three.
    pub fn parse(name: &str) -> Result<Self> {
        match name.trim() {
            "low" => Ok(Self::Low),
            "medium" => Ok(Self::Medium),
            "high" => Ok(Self::High),
            _ => Err(Error::invalid("expertise_level", "expertise_level must be one of low, medium, high.")),
        }
    }
}
