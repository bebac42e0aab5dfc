//! What other systems of the organisation are told of an alert that nobody read (webhook `alert.escalated`): ids and kinds, and
//! nothing of what anybody wrote.

use domain::alert::Alert;
use domain::error::Result;
use domain::escalation::Escalation;
use domain::event::{EventDraft, EventKind, Subject};
use domain::ids::{StreamNo, UserId};
use domain::thread::Thread;
use platform::App;
use platform::store::events::{self, Announcement};
use platform::webhook::payload::Payload;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct EscalatedView {
    alert: AlertView,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AlertView {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    severity: &'static str,
    conversation_id: String,
    created_at: String,
    /// How often it went on.
    escalations: u32,
    /// The therapist whose it is now; null when there is nobody left.
    escalated_to: Option<u64>,
}

/// What is told of alerts that go on, in the order of their thread's events.
pub(crate) async fn announcements(app: &App, thread: &Thread, on: &[(Alert, Escalation)]) -> Result<Vec<Announcement>> {
    if on.is_empty() {
        return Ok(Vec::new());
    }
    let mut stream = events::stream(app, thread.organization_id, StreamNo::from(thread.thread)).await?;
    let announcements = on.iter().map(|(alert, to)| {
        let draft = EventDraft::told(EventKind::AlertEscalated, Subject::Alert(alert.id.seq));
        let (event, after) = stream.next(draft, app.now());
        stream = after;
        Ok(Announcement { event, payload: Payload::new(&view(thread, alert, to))? })
    });
    announcements.collect()
}

fn view(thread: &Thread, alert: &Alert, to: &Escalation) -> EscalatedView {
    EscalatedView {
        alert: AlertView {
            id: format!("alert_{}", alert.id.get()),
            kind: alert.kind.name(),
            severity: alert.severity.name(),
            conversation_id: thread.public_id.to_string(),
            created_at: alert.created.rfc3339_millis(),
            escalations: to.level,
            escalated_to: to.to.map(UserId::get),
        },
    }
}
