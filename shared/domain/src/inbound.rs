//! What a patient sends: the parsed form of an inbound WhatsApp message, and the message that it becomes.

use std::time::Duration;

use crate::alert::{AlertDraft, AlertKind, Severity};
use crate::append::{Change, Draft, Received};
use crate::assessment::{Assessment, Command, Danger, DangerCategory};
use crate::audit::{Action, Actor, AuditDraft};
use crate::care::{Care, Help, HelpTold};
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

/// For so long a patient in danger is not told the same again.
const TOLD_FOR: Duration = Duration::from_hours(1);

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
            alerts: alerts(care, assessment),
            readings: assessment.readings.clone(),
            audit: audit.into_iter().collect(),
            activate: true,
            shows: false,
        }
    }
}

fn care_after(care: &Care, assessment: &Assessment, now: Timestamp) -> Care {
    let mut after = care.clone();
    after.language = assessment.language.unwrap_or(care.language);
    after.task = after.task.map(Task::answered);
    if !assessment.dangers.is_empty() {
        if let Some(help) = help(care, assessment, now) {
            after.help_told.retain(|told| told.help != help);
            after.help_told.push(HelpTold { help, at: now });
        }
        return after.in_danger();
    }
    match assessment.command {
        // What was owed to earlier messages would come right after the promise of silence.
        Some(Command::Stop) => Care { assistant: after.assistant.silenced(), ..after },
        Some(Command::Start) => after,
        None => after.owing_reply(now),
    }
}

/// What a patient in danger is told, unless they were told the same a short while ago: somebody who writes on and on in a
/// crisis is not told it every time.
fn help(care: &Care, assessment: &Assessment, now: Timestamp) -> Option<Help> {
    let is_medical = |danger: &Danger| danger.category == DangerCategory::Medical;
    let help = match assessment.dangers.as_slice() {
        [] => return None,
        dangers if dangers.iter().all(is_medical) => Help::Medical,
        _ => Help::Crisis,
    };
    let is_known = |told: &HelpTold| told.help == help && now.since(told.at) < TOLD_FOR;
    (!care.help_told.iter().any(is_known)).then_some(help)
}

fn reply(care: &Care, assessment: &Assessment, now: Timestamp) -> Option<MessageText> {
    let language = assessment.language.unwrap_or(care.language);
    match (help(care, assessment, now), assessment.command) {
        (Some(Help::Medical), _) => wording::medical_emergency(language),
        (Some(Help::Crisis), _) => wording::crisis(language),
        (None, _) if !assessment.dangers.is_empty() => None,
        (None, Some(Command::Stop)) => wording::stopped(language),
        (None, Some(Command::Start)) => wording::started(language),
        (None, None) => None,
    }
}

fn alerts(care: &Care, assessment: &Assessment) -> Vec<AlertDraft> {
    let mut categories: Vec<&str> = assessment.dangers.iter().map(|danger| danger.category.display()).collect();
    categories.dedup();
    let text = format!("The patient's message speaks of danger: {}.", categories.join(", "));
    let danger = AlertDraft::of(AlertKind::DangerDetected, Severity::Emergency, text);
    let danger = Some(danger).filter(|_| !categories.is_empty());
    danger
        .into_iter()
        .chain(abnormal(assessment))
        .chain(assessment.command.map(|command| switched(care, command)))
        .collect()
}

/// One alert for all readings of a message, which names the worst: the last of the most severe.
fn abnormal(assessment: &Assessment) -> Option<AlertDraft> {
    let outside = || assessment.readings.iter().filter(|reading| reading.severity.is_some());
    let worst = outside().max_by_key(|reading| reading.severity)?;
    let others = outside().count().saturating_sub(1);
    let more = if others == 0 { String::new() } else { format!(", and {others} more") };
    let text = format!("Outside the limits: {}{more}.", worst.measurement.text());
    Some(AlertDraft::of(AlertKind::AbnormalReading, worst.severity?, text))
}

/// Somebody who planned check-ins must know that they do not go out, and that they do again; and that a question stays open
/// because the assistant keeps silent.
fn switched(care: &Care, command: Command) -> AlertDraft {
    let is_open = care.assistant.due.is_some();
    match command {
        Command::Stop if is_open => AlertDraft::of(
            AlertKind::CheckInsStopped,
            Severity::Warning,
            "The patient wants no automatic messages: check-ins do not go out, and what they wrote before is not answered.",
        ),
        Command::Stop => AlertDraft::of(
            AlertKind::CheckInsStopped,
            Severity::Info,
            "The patient wants no automatic messages: check-ins do not go out.",
        ),
        Command::Start => AlertDraft::of(
            AlertKind::CheckInsResumed,
            Severity::Info,
            "The patient wants automatic messages again: check-ins go out.",
        ),
    }
}

#[cfg(test)]
mod tests;
