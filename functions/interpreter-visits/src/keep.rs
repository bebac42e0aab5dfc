//! Keeping a decision about a visit: decided anew while others are faster, and told once it is kept.

use domain::error::Result;
use domain::event::{EventDraft, EventKind, Subject};
use domain::visit::Visit;
use domain::visit::audit::{VisitAudit, VisitDeed};
use platform::App;
use platform::identity::Clinician;
use platform::store::events;
use platform::webhook::payload::Payload;
use serde::Serialize;

/// An entry of the audit about what a clinician does in a visit.
pub(crate) fn audit(app: &App, caller: &Clinician, visit: &Visit, deed: VisitDeed) -> Option<VisitAudit> {
    Some(VisitAudit {
        organization_id: visit.organization_id,
        visit: visit.visit,
        by: Some(caller.id()),
        deed,
        at: app.now(),
    })
}

/// Something that every subscriber is told.
pub(crate) fn told(kind: EventKind, subject: Subject, members: &impl Serialize) -> Result<(EventDraft, Payload)> {
    Ok((EventDraft::told(kind, subject), Payload::new(members)?))
}

/// Says that a visit has events. What is lost, the sweeper repeats.
pub(crate) async fn announce(app: &App, visit: &Visit) {
    events::tell(app, visit.stream()).await;
}
