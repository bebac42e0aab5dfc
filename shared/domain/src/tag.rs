//! Tags: a subject calls for a therapist (document 001, TC-tag).

use serde::{Deserialize, Serialize};

use crate::alert::Severity;
use crate::care::Risk;
use crate::ids::{MessageId, TagId, UserId};
use crate::time::Timestamp;

/// How soon a therapist is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// When there is time.
    #[default]
    Normal,
    /// Promptly.
    Urgent,
    /// At once.
    Emergency,
}

impl Urgency {
    /// The urgency by its name, however it is spelt; nothing for a name that nobody knows.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        let all = [Self::Normal, Self::Urgent, Self::Emergency];
        all.into_iter().find(|urgency| urgency.name().eq_ignore_ascii_case(name))
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Urgent => "urgent",
            Self::Emergency => "emergency",
        }
    }

    /// The severity of the alert that a tag raises.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Normal => Severity::Warning,
            Self::Urgent => Severity::Critical,
            Self::Emergency => Severity::Emergency,
        }
    }

    /// The risk that a tag makes certain, at least.
    #[must_use]
    pub fn least_risk(self) -> Risk {
        match self {
            Self::Normal => Risk::Low,
            Self::Urgent => Risk::Medium,
            Self::Emergency => Risk::Critical,
        }
    }
}

/// A tag as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its thread and number there.
    pub id: TagId,
    /// The message that says it.
    pub message: MessageId,
    /// The therapist who is called.
    pub therapist: UserId,
    /// The therapist's name.
    pub therapist_name: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// How soon.
    pub urgency: Urgency,
    /// When.
    pub created: Timestamp,
    /// When the therapist acknowledged it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub acknowledged: Option<Timestamp>,
}
