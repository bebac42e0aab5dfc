//! What is kept of a turn beside its two messages: what was concluded, and the resources as they were issued.

use serde::{Deserialize, Serialize};

use super::{Level, SessionId};
use crate::ids::MessageId;

/// A turn as it is kept. What was once issued stays as it was, whatever later versions of the rules would say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The patient's message; the reply is the message behind it.
    pub message: MessageId,
    /// The session in which it was said.
    pub session: SessionId,
    /// How soon the patient must be seen.
    pub level: Level,
    /// Whether nothing more is asked.
    pub is_complete: bool,
    /// What the answer says of the assessment, as JSON.
    pub assessment: String,
    /// The `RiskAssessment`, as JSON; absent when it could not be written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub risk_assessment: Option<String>,
    /// The ids of the observations, of this turn and earlier ones, that the assessment rests on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub basis: Vec<String>,
    /// The `Observation`s of what this turn told, as JSON, the one that matters most first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub observations: Vec<String>,
}

impl Turn {
    /// The observation that the answer shows. In an emergency it shows the risk alone (TR-ex).
    #[must_use]
    pub fn shown_observation(&self) -> Option<&str> {
        self.observations.first().filter(|_| !self.level.is_emergency()).map(String::as_str)
    }
}
