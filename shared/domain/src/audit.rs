//! Who did what to whose record. Written with the effect, never changed.

use serde::{Deserialize, Serialize};

use crate::ids::{OrganizationId, PatientId, ProviderId, ThreadNo};
use crate::responder::Responder;
use crate::time::Timestamp;

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// A doctor or a member of the human staff.
    Provider {
        /// Which one.
        provider_id: ProviderId,
    },
    /// The patient.
    Patient,
    /// The product by itself.
    System,
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
}

/// What is to be written about an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
