//! Who did what in a visit. Written with the effect, never changed.

use serde::{Deserialize, Serialize};

use crate::clinician::ClinicianId;
use crate::ids::{OrganizationId, Seq, VisitNo};
use crate::time::Timestamp;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum VisitDeed {
    /// The visit was started.
    VisitStarted,
    /// The visit was ended.
    VisitEnded,
    /// A danger was found in what the patient said.
    DangerDetected,
    /// An action was approved or rejected.
    ActionDecided {
        /// Which action.
        number: Seq,
        /// Whether it was approved.
        approved: bool,
    },
    /// A summary was edited.
    SummaryEdited {
        /// Which summary.
        number: Seq,
    },
    /// A summary was approved.
    SummaryApproved {
        /// Which summary.
        number: Seq,
    },
}

/// An entry of the audit as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitAudit {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The visit.
    pub visit: VisitNo,
    /// Who acted; absent for the product itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<ClinicianId>,
    /// What was done.
    #[serde(flatten)]
    pub deed: VisitDeed,
    /// When.
    pub at: Timestamp,
}
