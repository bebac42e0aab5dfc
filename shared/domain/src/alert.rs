//! Alerts: what somebody must look at, on a thread.

use serde::{Deserialize, Serialize};

use crate::ids::{AlertId, MessageId, OrganizationId, ProviderId};
use crate::time::Timestamp;

/// What an alert is about. The first five are those of document 001 (TX-enums).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A message says that somebody is in danger.
    DangerDetected,
    /// Somebody asked for a person by a tag.
    TagReceived,
    /// Many messages in a short time.
    HighActivity,
    /// A check-in was not answered.
    Inactivity,
    /// A message came.
    NewMessage,
    /// A measurement is outside its limits.
    AbnormalReading,
    /// The assistant could not answer as it should.
    AssistantUnavailable,
    /// The patient wants no automatic messages.
    CheckInsStopped,
}

impl AlertKind {
    /// Whether it says something about how the patient is, and so raises the risk; the others are about the conversation.
    #[must_use]
    pub fn is_about_health(self) -> bool {
        match self {
            Self::DangerDetected | Self::AbnormalReading | Self::Inactivity => true,
            Self::TagReceived
            | Self::HighActivity
            | Self::NewMessage
            | Self::AssistantUnavailable
            | Self::CheckInsStopped => false,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DangerDetected => "danger_detected",
            Self::TagReceived => "tag_received",
            Self::HighActivity => "high_activity",
            Self::Inactivity => "inactivity",
            Self::NewMessage => "new_message",
            Self::AbnormalReading => "abnormal_reading",
            Self::AssistantUnavailable => "assistant_unavailable",
            Self::CheckInsStopped => "check_ins_stopped",
        }
    }
}

impl Severity {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
            Self::Emergency => "emergency",
        }
    }
}

/// How soon somebody must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// When there is time.
    Info,
    /// Today.
    Warning,
    /// Within the hour.
    Critical,
    /// Now.
    Emergency,
}

/// An alert that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertDraft {
    /// What it is about.
    pub kind: AlertKind,
    /// How soon somebody must look.
    pub severity: Severity,
    /// One sentence for who looks.
    pub text: String,
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Its thread and number there.
    pub id: AlertId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// What it is about.
    pub kind: AlertKind,
    /// How soon somebody must look.
    pub severity: Severity,
    /// One sentence for who looks.
    pub text: String,
    /// The message that raised it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<MessageId>,
    /// When it was raised.
    pub created: Timestamp,
    /// When and by whom it was dealt with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub acknowledged: Option<Acknowledged>,
}

/// Who dealt with an alert, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// The provider.
    pub by: ProviderId,
    /// The moment.
    pub at: Timestamp,
}
