//! Sections of document 001: how a group of therapists and their subjects works, and who is in it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::assessment::Language;
use crate::care::Care;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, SectionId, UserId};
use crate::responder::Responder;
use crate::tag::Urgency;
use crate::text::{MessageText, PersonName};
use crate::wording;

pub use settings::{ReasonFields, SettingsFields};

mod settings;

/// Who answers subjects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The assistant and the therapists.
    #[default]
    AiHybrid,
    /// The therapists alone.
    HumanOnly,
}

impl Mode {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AiHybrid => "ai_hybrid",
            Self::HumanOnly => "human_only",
        }
    }
}

/// A reason for calling a therapist that a section offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagReason {
    /// What requests name it by.
    pub key: String,
    /// What people read.
    pub label: String,
    /// How soon a therapist is wanted, when the request does not say.
    pub urgency: Urgency,
}

/// How a section works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The section.
    pub section_id: SectionId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who answers.
    pub mode: Mode,
    /// Whether subjects can call a therapist.
    pub tagging_enabled: bool,
    /// The reasons that it offers for that.
    pub tag_reasons: Vec<TagReason>,
    /// Words that are a danger here, beside those that the engine knows.
    pub danger_terms: Vec<String>,
    /// What a subject in danger is told; a text of ours when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub blocked_message: Option<MessageText>,
    /// Whether a subject in danger is told which words showed it (contract A-27).
    pub show_keywords: bool,
    /// How often clients look for news.
    pub poll_interval_ms: u32,
    /// After how many minutes an alert that nobody read goes to the next therapist; 0 is never.
    pub escalation_minutes: u32,
    /// Counts the changes of this row; 0 before it is kept.
    pub version: u32,
}

impl Section {
    /// A section that nobody has set up.
    #[must_use]
    pub fn new(section_id: SectionId, organization_id: OrganizationId) -> Self {
        let reason = |key: &str, label: &str, urgency| TagReason { key: key.into(), label: label.into(), urgency };
        Self {
            section_id,
            organization_id,
            mode: Mode::default(),
            tagging_enabled: true,
            tag_reasons: vec![
                reason("overwhelmed", "I am feeling overwhelmed", Urgency::Normal),
                reason("need_talk", "I need to talk soon", Urgency::Urgent),
                reason("urgent", "It is urgent", Urgency::Urgent),
                reason("emergency", "It is an emergency", Urgency::Emergency),
            ],
            danger_terms: Vec::new(),
            blocked_message: None,
            show_keywords: true,
            poll_interval_ms: 3_000,
            escalation_minutes: 15,
            version: 0,
        }
    }

    /// What a subject in danger is told; for an emergency of the body always where to call.
    #[must_use]
    pub fn blocked_text(&self, language: Language, is_medical: bool) -> Option<MessageText> {
        match &self.blocked_message {
            _ if is_medical => wording::medical_emergency(language),
            Some(own) => Some(own.clone()),
            None => wording::crisis(language),
        }
    }

    /// Whether the assistant answers the next message of a conversation of this section.
    #[must_use]
    pub fn assistant_answers(&self, care: &Care) -> bool {
        self.mode == Mode::AiHybrid && care.assistant.enabled && care.responder == Responder::Assistant
    }

    /// How long an alert waits for one therapist.
    #[must_use]
    pub fn escalation(&self) -> Option<Duration> {
        (self.escalation_minutes > 0).then(|| Duration::from_mins(self.escalation_minutes.into()))
    }
}

/// The part of a member in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Answers subjects.
    Therapist,
    /// Is treated.
    Subject,
}

impl MemberRole {
    /// The role by its name.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the two.
    pub fn parse(name: &str) -> Result<Self> {
        match name.trim() {
            "therapist" => Ok(Self::Therapist),
            "subject" => Ok(Self::Subject),
            _ => Err(Error::invalid("role", "role must be one of therapist, subject.")),
        }
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Therapist => "therapist",
            Self::Subject => "subject",
        }
    }
}

/// A member of a section, by the name that others read. Who may do what is in the token; this is for names, and for whom
/// an alert goes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The section.
    pub section_id: SectionId,
    /// The user.
    pub user_id: UserId,
    /// Display name.
    pub name: PersonName,
    /// Therapist or subject.
    pub role: MemberRole,
}

/// A therapist by the name that they had when they wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedTherapist {
    /// The user.
    pub user_id: UserId,
    /// The display name.
    pub name: String,
}

impl From<&Member> for NamedTherapist {
    fn from(member: &Member) -> Self {
        Self { user_id: member.user_id, name: member.name.as_str().to_owned() }
    }
}

#[cfg(test)]
mod tests;
