//! Decisions of document 001: what a subject and a therapist change about their conversation.

use crate::alert::{AlertDraft, AlertKind};
use crate::append::{Change, Draft};
use crate::assessment::Assessment;
use crate::audit::{Action, Actor, AuditDraft};
use crate::care::{Care, Risk};
use crate::ids::{NoteId, Seq, TagId, ThreadNo, UserId};
use crate::inbound::heard;
use crate::message::Author;
use crate::note::Note;
use crate::responder::Responder;
use crate::section::{Mode, NamedTherapist, Section};
use crate::tag::{Tag, Urgency};
use crate::text::MessageText;
use crate::thread::Thread;
use crate::time::Timestamp;

pub use tagging::{Call, TagRequest, call};

mod tagging;

/// The longest message of a chat, in characters.
pub const CONTENT_LIMIT: usize = 10_000;

/// The care of a conversation that begins.
#[must_use]
pub fn begun() -> Care {
    Care { responder: Responder::Assistant, ..Care::default() }
}

/// What a subject wrote, and what the engines made of it.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// How the section works.
    pub section: &'a Section,
    /// What they wrote.
    pub text: &'a MessageText,
    /// What it says.
    pub assessment: &'a Assessment,
}

/// What a subject's message changes: a danger raises the alarm and takes the assistant off; otherwise the assistant has the
/// turn, unless the section has none or the subject calls for a therapist.
#[must_use]
pub fn said(care: &Care, written: Written<'_>, now: Timestamp) -> Change {
    let Written { section, text, assessment } = written;
    let language = assessment.language.unwrap_or(care.language);
    let own = section.blocked_text(language, assessment.is_medical());
    let mut change = heard(care, Draft::text(Author::Patient, text.clone()), assessment, (own, now));
    let assistant_answers = section.mode == Mode::AiHybrid && !names_therapist(text);
    change.care = change.care.map(|after| match assistant_answers {
        true => after.answering_now(now),
        false => Care { assistant: after.assistant.silenced(), ..after },
    });
    change
}

/// Whether a subject calls for a therapist in plain text.
fn names_therapist(text: &MessageText) -> bool {
    text.as_str().to_lowercase().contains("@therapist")
}

/// What a therapist's message changes: whatever the assistant was about to say is not said any more. Whether it answers the
/// next message is for `toggle-ai` to say.
#[must_use]
pub fn answered(read: &Thread, therapist: &NamedTherapist, text: MessageText) -> Change {
    let mut care = read.care.clone();
    care.assistant = care.assistant.silenced();
    care.assistant.answered = read.last_in;
    care.therapists.retain(|known| known.user_id != therapist.user_id);
    care.therapists.push(therapist.clone());
    let drafts = vec![Draft::text(Author::Therapist { user_id: therapist.user_id }, text)];
    Change { drafts, care: Some(care), ..Change::default() }
}

/// What allowing or forbidding the assistant changes; nothing when it is so already. Allowing it lifts what a danger imposed.
#[must_use]
pub fn assistant_set(read: &Thread, therapist: UserId, enabled: bool) -> Option<Change> {
    let mut care = read.care.clone();
    let is_on = care.assistant.enabled && care.responder == Responder::Assistant;
    if is_on == enabled {
        return None;
    }
    care.assistant.enabled = enabled;
    care.responder = if enabled { Responder::Assistant } else { Responder::Doctor };
    care.assistant = care.assistant.silenced();
    // What was written meanwhile was written to a human.
    care.assistant.answered = read.last_in;
    Some(done(care, therapist, Action::AssistantSet { enabled }))
}

/// What setting the risk changes; nothing when it is so already.
#[must_use]
pub fn risk_set(read: &Thread, therapist: UserId, to: Risk) -> Option<Change> {
    let from = read.care.risk;
    let care = Care { risk: to, ..read.care.clone() };
    (from != to).then(|| done(care, therapist, Action::RiskSet { from, to }))
}

/// A private note, and what it changes.
#[must_use]
pub fn noted(read: &Thread, therapist: &NamedTherapist, (content, now): (MessageText, Timestamp)) -> (Note, Change) {
    let care = Care { notes: read.care.notes.next(), ..read.care.clone() };
    let id = NoteId { thread: read.thread, seq: care.notes };
    let note = Note { id, author: therapist.user_id, author_name: therapist.name.clone(), content, created: now };
    (note, done(care, therapist.user_id, Action::NoteAdded { note: id }))
}

/// What reading an alert changes.
#[must_use]
pub fn alert_read(read: &Thread, therapist: UserId, kind: AlertKind) -> Change {
    done(read.care.clone().with_alert_read(kind), therapist, Action::AlertAcknowledged)
}

/// What acknowledging a tag changes.
#[must_use]
pub fn tag_acknowledged(read: &Thread, therapist: UserId, tag: TagId) -> Change {
    let mut care = read.care.clone();
    care.tags.open = care.tags.open.saturating_sub(1);
    done(care, therapist, Action::TagAcknowledged { tag })
}

/// Whether a decision would take worry away from a conversation in which an alert was raised after its therapist saw it:
/// `seen` is the care that the decision was made on, `read` the care that it would change.
#[must_use]
pub fn hides(seen: &Care, read: &Care, change: &Change) -> bool {
    let calms = |after: &Care| after.risk < read.risk || (after.assistant.enabled && !read.assistant.enabled);
    read.alerts.last > seen.alerts.last && change.care.as_ref().is_some_and(calms)
}

fn done(care: Care, therapist: UserId, action: Action) -> Change {
    let audit = vec![AuditDraft { actor: Actor::Therapist { user_id: therapist }, action }];
    Change { care: Some(care), audit, ..Change::default() }
}

#[cfg(test)]
mod tests;
