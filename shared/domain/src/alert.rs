//! Alerts: what somebody must look at, on a thread.

use serde::{Deserialize, Deserializer, Serialize};

use crate::audit::Actor;
use crate::escalation::Escalation;
use crate::ids::{AlertId, MessageId, OrganizationId, ProviderId, SectionId, Seq};
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
    /// The patient wants automatic messages again.
    CheckInsResumed,
    /// The assistant told the patient that a human is told of their wish.
    HumanRequested,
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
            | Self::CheckInsStopped
            | Self::CheckInsResumed
            | Self::HumanRequested => false,
        }
    }

    const ALL: [Self; 10] = [
        Self::DangerDetected,
        Self::TagReceived,
        Self::HighActivity,
        Self::Inactivity,
        Self::NewMessage,
        Self::AbnormalReading,
        Self::AssistantUnavailable,
        Self::CheckInsStopped,
        Self::CheckInsResumed,
        Self::HumanRequested,
    ];

    /// The kind by its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name.trim())
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
            Self::CheckInsResumed => "check_ins_resumed",
            Self::HumanRequested => "human_requested",
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
    /// The message of the thread that raised it; absent, it is the patient's message that comes with it, if one does.
    pub about: Option<Seq>,
}

impl AlertDraft {
    /// An alert that is about the patient's message that comes with it, if one does.
    #[must_use]
    pub fn of(kind: AlertKind, severity: Severity, text: impl Into<String>) -> Self {
        Self { kind, severity, text: text.into(), about: None }
    }
}

/// An alert as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Its thread and number there.
    pub id: AlertId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The section whose therapists it goes to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<SectionId>,
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
    /// To whom it went on, when nobody dealt with it in time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub escalation: Option<Escalation>,
}

impl Alert {
    /// How long it was open, in seconds, once somebody dealt with it.
    #[must_use]
    pub fn seconds_to_acknowledge(&self) -> Option<u64> {
        self.acknowledged.as_ref().map(|by| by.at.since(self.created).as_secs())
    }
}

/// Who dealt with an alert, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Who.
    #[serde(deserialize_with = "actor")]
    pub by: Actor,
    /// The moment.
    pub at: Timestamp,
}

/// Reads who dealt with an alert. Rows of the time when only providers did name the provider alone.
fn actor<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Actor, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Actor(Actor),
        Provider(ProviderId),
    }
    Ok(match Kept::deserialize(deserializer)? {
        Kept::Actor(actor) => actor,
        Kept::Provider(provider_id) => Actor::Provider { provider_id },
    })
}
