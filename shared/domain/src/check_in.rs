//! What the schedule does about a thread's task: the check-in that goes out, and what somebody must know.

use crate::alert::{AlertDraft, AlertKind, Severity};
use crate::append::{Change, Draft};
use crate::care::Care;
use crate::delivery::{Delivery, Status};
use crate::message::Author;
use crate::patient::Patient;
use crate::task::{Next, Task, Tick};
use crate::template::{Snippet, Template, hydrate};
use crate::thread::Thread;
use crate::time::Timestamp;
use crate::wording;
use crate::zone::{QuietHours, Zone};

/// Who gets a check-in, and how it reaches them.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The patient.
    pub patient: &'a Patient,
    /// The template that carries it when the window is closed at delivery.
    pub template: &'a Template,
    /// Where it is night for the patient.
    pub zone: &'a Zone,
    /// When it is.
    pub quiet: QuietHours,
    /// Whether the patient asked for no automatic messages, in whatever thread.
    pub is_stopped: bool,
    /// How far the last one came, when its answer did not.
    pub asked: Option<&'a Delivery>,
}

/// What changes about a thread because of what is due now; nothing when nothing is.
#[must_use]
pub fn check_in(thread: &Thread, around: Circumstances<'_>, now: Timestamp) -> Option<Change> {
    let hours = (around.zone, around.quiet);
    let mut task = thread.care.task.clone()?;
    let tick = task.tick(now, hours);
    if tick == Tick::default() {
        return None;
    }
    let mut change = Change::default();
    if tick.missed {
        change.alerts.push(missed(&task, around.asked));
        task = task.with_check_in_missed();
    }
    match tick.next {
        Next::Nothing => {}
        Next::Postpone(until) => task = task.with_check_in_postponed(until),
        Next::Send if around.is_stopped => {
            task = task.with_check_in_skipped(now, hours);
            change.alerts.extend(task.check_in.next.is_none().then(not_sent));
        }
        Next::Send => {
            change.drafts.extend(draft(thread, &task, around));
            // The patient answers what was asked last: their next message comes to this thread.
            change.activate = true;
            task = task.with_check_in_sent(thread.last_seq.next(), now, hours);
        }
    }
    Some(Change { care: Some(Care { task: Some(task), ..thread.care.clone() }), ..change })
}

fn draft(thread: &Thread, task: &Task, Circumstances { patient, template, .. }: Circumstances<'_>) -> Option<Draft> {
    let summary = task.check_in.summary.as_deref();
    let text = wording::check_in(thread.care.language, patient.first_name.as_str(), summary)?;
    let doctor = thread.care.assigned.as_ref().map_or("your care team", |assignee| assignee.name.as_str());
    let text_of_template = summary.unwrap_or("How are you feeling now?");
    let snippet = Snippet { patient: &patient.full_name(), doctor, text: text_of_template };
    let fallback = hydrate(template, snippet).ok().map(|hydrated| hydrated.template);
    Some(Draft { fallback, unasked: true, ..Draft::text(Author::System, text) })
}

fn missed(task: &Task, asked: Option<&Delivery>) -> AlertDraft {
    let text = match asked.map(|delivery| delivery.status) {
        Some(Status::Failed) => "The last check-in could not be delivered.",
        _ => "The patient did not answer the last check-in.",
    };
    AlertDraft { about: task.check_in.asked, ..AlertDraft::of(AlertKind::Inactivity, Severity::Warning, text) }
}

/// Whoever planned a single check-in waits for its answer.
fn not_sent() -> AlertDraft {
    let text = "A check-in was due and did not go out: the patient wants no automatic messages.";
    AlertDraft::of(AlertKind::CheckInsStopped, Severity::Info, text)
}

#[cfg(test)]
mod tests;
