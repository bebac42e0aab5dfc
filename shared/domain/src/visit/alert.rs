//! What somebody must look at in a visit: a patient spoke of danger. Raised with the utterance, before any model sees it.

use serde::{Deserialize, Serialize};

use crate::alert::{AlertKind, Severity};
use crate::assessment::Danger;
use crate::ids::{OrganizationId, Seq, UtteranceId, VisitNo};
use crate::time::Timestamp;

use super::Visit;

/// An alert of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitAlert {
    /// The visit.
    pub visit: VisitNo,
    /// Its number there.
    pub seq: Seq,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// What it is about.
    pub kind: AlertKind,
    /// How soon somebody must look.
    pub severity: Severity,
    /// One sentence for who looks, without the patient's words.
    pub text: String,
    /// The utterance that raised it.
    pub utterance: UtteranceId,
    /// When it was raised.
    pub created: Timestamp,
}

impl VisitAlert {
    /// Raises the next alert of a visit about an utterance.
    pub(super) fn raise(visit: &mut Visit, (utterance, text): (UtteranceId, String), now: Timestamp) -> Self {
        visit.alerts = visit.alerts.next();
        Self {
            visit: visit.visit,
            seq: visit.alerts,
            organization_id: visit.organization_id,
            kind: AlertKind::DangerDetected,
            severity: Severity::Emergency,
            text,
            utterance,
            created: now,
        }
    }
}

/// The sentence for whoever must look; nothing when there is no danger. It is that of messages in any other channel.
#[must_use]
pub fn sentence(dangers: &[Danger]) -> Option<String> {
    let mut categories: Vec<&str> = dangers.iter().map(|danger| danger.category.display()).collect();
    categories.dedup();
    (!categories.is_empty()).then(|| format!("The patient's message speaks of danger: {}.", categories.join(", ")))
}
