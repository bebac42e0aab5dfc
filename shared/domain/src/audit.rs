//! Who did what to whose record. Written with the effect, never changed.

use serde::{Deserialize, Serialize};

use crate::care::Risk;
use crate::ids::{AlertId, MessageId, NoteId, OrganizationId, PatientId, ProviderId, TagId, ThreadNo, UserId};
use crate::responder::Responder;
use crate::time::Timestamp;

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A doctor or a member of the human staff.
    Provider {
        /// Which one.
        provider_id: ProviderId,
    },
    /// A therapist of the thread's section.
    Therapist {
        /// Which one.
        user_id: UserId,
    },
    /// The patient.
    Patient,
    /// An administrator.
    Administrator {
        /// The account, as its token's `sub` names it.
        account: String,
    },
    /// The product by itself.
    System,
}

impl Actor {
    /// The provider, when it is one.
    #[must_use]
    pub fn provider(&self) -> Option<ProviderId> {
        match self {
            Self::Provider { provider_id } => Some(*provider_id),
            Self::Therapist { .. } | Self::Patient | Self::Administrator { .. } | Self::System => None,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Another one answers the thread from now on.
    ResponderSwitched {
        /// Who answered until then.
        from: Responder,
        /// Who answers now.
        to: Responder,
        /// Who is responsible now.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        provider_id: Option<ProviderId>,
    },
    /// The thread's task was set.
    TaskSet,
    /// A danger was found, and the assistant taken off the thread.
    DangerDetected,
    /// An alert was dealt with.
    AlertAcknowledged,
    /// An alert that nobody dealt with in time went on.
    AlertEscalated {
        /// The alert.
        alert: AlertId,
        /// To whom; absent when there is nobody left.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        to: Option<UserId>,
    },
    /// The thread's messages were read.
    ThreadRead {
        /// The first one that was shown.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        from: Option<MessageId>,
        /// The last one that was shown.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        through: Option<MessageId>,
    },
    /// The therapists' notes were read.
    NotesRead,
    /// The assistant was allowed or forbidden to answer.
    AssistantSet {
        /// Whether it may.
        enabled: bool,
    },
    /// The risk was set by hand.
    RiskSet {
        /// Before.
        from: Risk,
        /// From now on.
        to: Risk,
    },
    /// A therapist wrote a private note.
    NoteAdded {
        /// The note.
        note: NoteId,
    },
    /// The patient called for a therapist.
    Tagged {
        /// The tag.
        tag: TagId,
    },
    /// The therapist who was called has seen it.
    TagAcknowledged {
        /// The tag.
        tag: TagId,
    },
    /// The text of a message was changed.
    MessageChanged {
        /// The message.
        message: MessageId,
    },
    /// A message was deleted; its place and its texts are kept.
    MessageDeleted {
        /// The message.
        message: MessageId,
    },
}

impl Action {
    /// Whether it only looked.
    #[must_use]
    pub fn is_reading(self) -> bool {
        matches!(self, Self::ThreadRead { .. } | Self::NotesRead)
    }

    /// Whether the one whose record it is may read of it. Notes are the therapists' own (document 001, TD-add-note), down to
    /// whether there are any, and so is what they think of the risk.
    #[must_use]
    pub fn is_told_to_patient(self) -> bool {
        !matches!(self, Self::NotesRead | Self::NoteAdded { .. } | Self::RiskSet { .. })
    }
}

/// What is to be written about an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditDraft {
    /// Who acted.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
}

/// An entry of the audit as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Whose record.
    pub patient_id: PatientId,
    /// Which thread.
    pub thread: ThreadNo,
    /// Who acted.
    pub actor: Actor,
    /// What was done.
    #[serde(flatten)]
    pub action: Action,
    /// When.
    pub at: Timestamp,
}
