//! Appending to a thread: the one way in which messages come into being, and in which its care changes.
//!
//! The result is kept in one transaction under the exact condition that the thread still has `last_seq` and `revision`
//! of [`Expected`]: nobody wrote in between, and what was decided on is unchanged.

use std::time::Duration;

use crate::alert::{Alert, AlertDraft};
use crate::assessment::Danger;
use crate::audit::{AuditDraft, AuditEntry};
use crate::care::Care;
use crate::delivery::{Channel, Delivery};
use crate::error::{Error, Result};
use crate::escalation::is_pressing;
use crate::ids::{AlertId, MessageId, ObservationId, Seq};
use crate::media::Media;
use crate::message::{Audience, Author, Message};
use crate::observation::{Observation, Reading};
use crate::template::TemplateUse;
use crate::text::MessageText;
use crate::thread::Thread;
use crate::time::Timestamp;
use crate::wamid::Wamid;

/// A message that has no number yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who wrote it.
    pub author: Author,
    /// What it says.
    pub text: Option<MessageText>,
    /// What comes with it.
    pub media: Option<Media>,
    /// The template that carries it.
    pub template: Option<TemplateUse>,
    /// The template that carries it when the window is closed at delivery.
    pub fallback: Option<TemplateUse>,
    /// Whether nobody asked for it: a check-in.
    pub unasked: bool,
    /// Whether it only says who answers from now on, so that a patient who waits for an answer waits on.
    pub is_notice: bool,
    /// Who may see it.
    pub audience: Audience,
    /// The dangers that it speaks of.
    pub dangers: Vec<Danger>,
    /// Where an inbound message came from.
    pub received: Option<Received>,
}

impl Draft {
    /// An empty message of an author, for everybody in the thread.
    #[must_use]
    pub fn of(author: Author) -> Self {
        Self {
            author,
            text: None,
            media: None,
            template: None,
            fallback: None,
            unasked: false,
            is_notice: false,
            audience: Audience::Everybody,
            dangers: Vec::new(),
            received: None,
        }
    }

    /// A text of an author.
    #[must_use]
    pub fn text(author: Author, text: MessageText) -> Self {
        Self { text: Some(text), ..Self::of(author) }
    }
}

/// What is known of an inbound message beside its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// WhatsApp's id.
    pub wamid: Wamid,
    /// WhatsApp's time stamp, not after the moment of keeping it.
    pub sent_at: Timestamp,
    /// Whether several patients share the sender's phone.
    pub shared_phone: bool,
}

/// What changes about a thread at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    /// The new messages, in order.
    pub drafts: Vec<Draft>,
    /// How the thread is cared for from now on; `None` leaves it.
    pub care: Option<Care>,
    /// Whether the contact's next message comes here from now on.
    pub activate: bool,
    /// What somebody must look at, because of the first message.
    pub alerts: Vec<AlertDraft>,
    /// What the first message measured.
    pub readings: Vec<Reading>,
    /// What is written down about it.
    pub audit: Vec<AuditDraft>,
    /// Whether readers see something new though no message came.
    pub shows: bool,
}

/// The state that a write was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// The thread does not exist.
    Absent,
    /// The thread as it was read.
    Thread(Box<Thread>),
}

/// A decided append.
#[derive(Debug, Clone, PartialEq)]
pub struct Append {
    /// What must still be true.
    pub expected: Expected,
    /// The thread afterwards.
    pub thread: Thread,
    /// The numbered messages.
    pub messages: Vec<Message>,
    /// The numbered alerts.
    pub alerts: Vec<Alert>,
    /// The numbered observations.
    pub observations: Vec<Observation>,
    /// The entries of the audit.
    pub audit: Vec<AuditEntry>,
}

/// Changes a thread that was read.
///
/// # Errors
/// [`Error::Refused`] with `thread_full` when the thread has no numbers left.
pub fn append(read: &Thread, change: Change, now: Timestamp) -> Result<Append> {
    numbered(Expected::Thread(Box::new(read.clone())), read.clone(), change, now)
}

/// Opens a thread with its first messages.
///
/// # Errors
/// As [`append`].
pub fn open(thread: Thread, change: Change, now: Timestamp) -> Result<Append> {
    numbered(Expected::Absent, thread, change, now)
}

fn numbered(expected: Expected, mut thread: Thread, change: Change, now: Timestamp) -> Result<Append> {
    let before = thread.clone();
    thread.care = change.care.unwrap_or(thread.care);
    thread.active |= change.activate;
    thread.changed = now;
    let mut messages = Vec::with_capacity(change.drafts.len());
    for draft in change.drafts {
        messages.push(message(&mut thread, draft, now)?);
    }
    // What people do about a thread moves it as a message does: whoever looks at it must see it.
    let moves = change.shows || !messages.is_empty() || !change.audit.is_empty();
    if expected != Expected::Absent && moves {
        thread.updated = moved(before.updated, now);
    }
    let first = messages.first().filter(|message| message.author.is_patient()).map(Message::id);
    let alerts = change.alerts.into_iter().map(|draft| alert(&mut thread, draft, first, now)).collect();
    let measured = first.map(|first| (first, change.readings)).into_iter();
    let measured = measured.flat_map(|(first, readings)| readings.into_iter().map(move |reading| (first, reading)));
    let observations = measured.map(|(first, reading)| observation(&mut thread, reading, first, now)).collect();
    // A write without messages moves the revision too: every write compares a number and moves it.
    if thread.care != before.care || messages.is_empty() {
        thread.revision = thread.revision.saturating_add(1);
    }
    let audit = change.audit.into_iter().map(|draft| entry(&thread, draft, now)).collect();
    Ok(Append { expected, thread, messages, alerts, observations, audit })
}

/// `updated` is printed in whole seconds, and clients ask whether it is greater than before (DP-2.2): two messages in
/// one second must still move it.
fn moved(before: Timestamp, now: Timestamp) -> Timestamp {
    now.max(Timestamp::from_seconds(before.seconds()).plus(Duration::from_secs(1)))
}

/// Gives a message the next number of its thread.
fn message(thread: &mut Thread, draft: Draft, now: Timestamp) -> Result<Message> {
    if thread.last_seq == Seq::MAX {
        return Err(Error::Refused {
            code: "thread_full",
            detail: "This conversation has reached its largest size. Start a new one.".to_owned(),
        });
    }
    thread.last_seq = thread.last_seq.next();
    if draft.author.is_patient() {
        thread.last_in = thread.last_seq;
        thread.inbound = thread.inbound.saturating_add(1);
    } else if draft.author.is_answer() && !draft.is_notice {
        thread.last_out = thread.last_seq;
    }
    let (wamid, sent_at, shared_phone) = match draft.received {
        Some(received) => (Some(received.wamid), Some(received.sent_at), received.shared_phone),
        None => (None, None, false),
    };
    thread.last_inbound_at = thread.last_inbound_at.max(sent_at);
    let goes_out = !draft.author.is_patient() && draft.audience == Audience::Everybody;
    Ok(Message {
        thread: thread.thread,
        seq: thread.last_seq,
        organization_id: thread.organization_id,
        author: draft.author,
        text: draft.text,
        media: draft.media,
        template: draft.template,
        fallback: draft.fallback,
        unasked: draft.unasked,
        audience: draft.audience,
        dangers: draft.dangers,
        delivery: (goes_out && thread.channel != Channel::InApp).then(|| Delivery::queued(thread.channel, now)),
        wamid,
        sent_at,
        shared_phone,
        deleted: false,
        created: now,
        edits: 0,
        edited: None,
    })
}

fn alert(thread: &mut Thread, draft: AlertDraft, message: Option<MessageId>, now: Timestamp) -> Alert {
    let care = &mut thread.care;
    care.alerts.last = care.alerts.last.next();
    care.alerts.open = care.alerts.open.saturating_add(1);
    if draft.kind.is_about_health() {
        care.risk = care.risk.raised_by(draft.severity);
    }
    // The minutes begin to count: the schedule looks how many they are here.
    if is_pressing(draft.severity) {
        care.escalation_due = care.escalation_due.or(Some(now));
    }
    Alert {
        id: AlertId { thread: thread.thread, seq: care.alerts.last },
        organization_id: thread.organization_id,
        section: thread.section,
        kind: draft.kind,
        severity: draft.severity,
        text: draft.text,
        message: draft.about.map(|seq| MessageId { thread: thread.thread, seq }).or(message),
        created: now,
        acknowledged: None,
        escalation: None,
    }
}

fn observation(thread: &mut Thread, reading: Reading, message: MessageId, now: Timestamp) -> Observation {
    thread.care.observations = thread.care.observations.next();
    Observation {
        id: ObservationId { thread: thread.thread, seq: thread.care.observations },
        measurement: reading.measurement,
        words: reading.words,
        severity: reading.severity,
        message,
        created: now,
    }
}

fn entry(thread: &Thread, draft: AuditDraft, now: Timestamp) -> AuditEntry {
    AuditEntry {
        organization_id: thread.organization_id,
        patient_id: thread.patient_id,
        thread: thread.thread,
        actor: draft.actor,
        action: draft.action,
        at: now,
    }
}

/// What carries a patient's messages out: nothing in production may reach a dummy number or a demonstration patient.
///
/// # Errors
/// [`Error::Refused`] with `patient_not_reachable` when nothing does and a real channel is in use.
pub fn channel(has_contact: bool, demo: bool, live: bool) -> Result<Channel> {
    match (has_contact, demo, live) {
        (true, false, _) | (true, true, false) => Ok(Channel::Whatsapp),
        (false, _, false) => Ok(Channel::Sink),
        _ => Err(Error::Refused {
            code: "patient_not_reachable",
            detail: "This patient has no phone number that WhatsApp can reach.".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests;
