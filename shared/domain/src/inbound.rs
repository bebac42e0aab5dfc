//! What a patient sends: the parsed form of an inbound WhatsApp message, and the message that it becomes.

use std::time::Duration;

use crate::alert::{AlertDraft, AlertKind, Severity};
use crate::append::{Change, Draft, Received};
use crate::assessment::{Assessment, Command, DangerCategory};
use crate::audit::{Action, Actor, AuditDraft};
use crate::care::Care;
use crate::contact::{Bsuid, ContactKey};
use crate::media::Media;
use crate::message::Author;
use crate::task::Task;
use crate::text::MessageText;
use crate::time::Timestamp;
use crate::wamid::Wamid;
use crate::wording;

/// Meta delivers a webhook again for up to 7 days.
pub const LONGEST_DELAY: Duration = Duration::from_hours(7 * 24);

/// For so long a patient in danger is not told the crisis text again.
const CRISIS_TOLD_FOR: Duration = Duration::from_hours(1);

/// A message that a patient sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// WhatsApp's id; one id is kept once.
    pub wamid: Wamid,
    /// Who sent it.
    pub sender: Sender,
    /// What it says; for a kind without text, what it is, in brackets.
    pub text: Option<MessageText>,
    /// What comes with it.
    pub media: Option<Media>,
    /// WhatsApp's time stamp.
    pub sent_at: Timestamp,
}

/// The sender, as far as WhatsApp names them: by phone, by business-scoped user id, or by both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    /// The digits of `wa_id`.
    pub wa_id: Option<String>,
    /// The business-scoped user id.
    pub bsuid: Option<Bsuid>,
    /// The profile's name.
    pub profile_name: Option<String>,
}

impl Sender {
    /// The identities under which the contact may be stored, the best first: phone, then user id.
    #[must_use]
    pub fn keys(&self) -> Vec<ContactKey> {
        let phone = self.wa_id.as_deref().map(ContactKey::from_wa_digits);
        let bsuid = self.bsuid.as_ref().map(ContactKey::from_bsuid);
        phone.into_iter().chain(bsuid).collect()
    }
}

impl Inbound {
    /// The draft that keeps this message. Its time is never after `now`, because a clock ahead must not widen the window,
    /// and never before [`LONGEST_DELAY`], because Meta has given up by then and the stamp must be wrong.
    fn draft(self, shared_phone: bool, now: Timestamp) -> Draft {
        let plausible = now.minus(LONGEST_DELAY)..=now;
        let sent_at = if plausible.contains(&self.sent_at) { self.sent_at } else { now };
        let received = Received { wamid: self.wamid, sent_at, shared_phone };
        Draft { text: self.text, media: self.media, received: Some(received), ..Draft::of(Author::Patient) }
    }

    /// What this message changes about the thread that gets it, in one transaction: the message, what somebody must look
    /// at because of it, and what the patient is told at once. `at` says whether patients share the phone, and the time.
    #[must_use]
    pub fn change(self, care: &Care, assessment: &Assessment, at: (bool, Timestamp)) -> Change {
        let (shared_phone, now) = at;
        let mut draft = self.draft(shared_phone, now);
        draft.dangers.clone_from(&assessment.dangers);
        let reply = reply(care, assessment, now);
        let audit = (!assessment.dangers.is_empty())
            .then_some(AuditDraft { actor: Actor::System, action: Action::DangerDetected });
        Change {
            care: Some(care_after(care, assessment, now)),
            drafts: [Some(draft), reply.map(|text| Draft::text(Author::System, text))].into_iter().flatten().collect(),
            alerts: alerts(assessment),
            readings: assessment.readings.clone(),
            audit: audit.into_iter().collect(),
            activate: true,
        }
    }
}

fn care_after(care: &Care, assessment: &Assessment, now: Timestamp) -> Care {
    let mut after = care.clone();
    after.language = assessment.language.unwrap_or(care.language);
    after.task = after.task.map(Task::answered);
    if !assessment.dangers.is_empty() {
        after.crisis_told = if tells_crisis(care, now) { Some(now) } else { care.crisis_told };
        return after.in_danger();
    }
    match assessment.command {
        Some(Command::Stop) => Care { task: after.task.map(Task::stopped), ..after },
        Some(Command::Start) => after,
        None => after.owing_reply(now),
    }
}

/// Somebody who writes on and on in a crisis is not told the same every time.
fn tells_crisis(care: &Care, now: Timestamp) -> bool {
    care.crisis_told.is_none_or(|told| now.since(told) >= CRISIS_TOLD_FOR)
}

fn reply(care: &Care, assessment: &Assessment, now: Timestamp) -> Option<MessageText> {
    let language = assessment.language.unwrap_or(care.language);
    match (assessment.dangers.first(), assessment.command) {
        (Some(_), _) if !tells_crisis(care, now) => None,
        (Some(_), _) if assessment.dangers.iter().all(|danger| danger.category == DangerCategory::Medical) => {
            wording::medical_emergency(language)
        }
        (Some(_), _) => wording::crisis(language),
        (None, Some(Command::Stop)) => wording::stopped(language),
        (None, Some(Command::Start)) => wording::started(language),
        (None, None) => None,
    }
}

fn alerts(assessment: &Assessment) -> Vec<AlertDraft> {
    let mut categories: Vec<&str> = assessment.dangers.iter().map(|danger| danger.category.display()).collect();
    categories.dedup();
    let danger = (!categories.is_empty()).then(|| AlertDraft {
        kind: AlertKind::DangerDetected,
        severity: Severity::Emergency,
        text: format!("The patient's message speaks of danger: {}.", categories.join(", ")),
    });
    let readings = assessment.readings.iter().filter_map(|reading| {
        let text = format!("Outside the limits: {}.", reading.measurement.text());
        Some(AlertDraft { kind: AlertKind::AbnormalReading, severity: reading.severity?, text })
    });
    let stopped = (assessment.command == Some(Command::Stop)).then(|| AlertDraft {
        kind: AlertKind::CheckInsStopped,
        severity: Severity::Info,
        text: "The patient wants no automatic messages.".to_owned(),
    });
    danger.into_iter().chain(readings).chain(stopped).collect()
}

#[cfg(test)]
mod tests;
