//! Appending to a thread: the one way in which messages come into being.
//!
//! The result is kept in one transaction under the exact condition that the thread still has `last_seq` and `handoff`
//! of [`Expected`]: nobody wrote in between, and what was authorised is unchanged.

use std::time::Duration;

use crate::delivery::{Channel, Delivery};
use crate::error::{Error, Result};
use crate::ids::Seq;
use crate::media::Media;
use crate::message::{Author, Message};
use crate::template::TemplateUse;
use crate::text::MessageText;
use crate::thread::{Assignee, Thread};
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
    /// Where an inbound message came from.
    pub received: Option<Received>,
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

/// What changes about a thread together with its new messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The new messages, in order.
    pub drafts: Vec<Draft>,
    /// Who answers from now on; `None` leaves it.
    pub assign: Option<Assignee>,
    /// Whether the contact's next message comes here from now on.
    pub activate: bool,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Append {
    /// What must still be true.
    pub expected: Expected,
    /// The thread afterwards.
    pub thread: Thread,
    /// The numbered messages.
    pub messages: Vec<Message>,
}

/// Appends to a thread that was read.
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
    if let Some(assignee) = change.assign {
        thread.assigned = Some(assignee);
        thread.handoff += 1;
    }
    thread.active |= change.activate;
    thread.changed = now;
    let before = thread.updated;
    let mut messages = Vec::with_capacity(change.drafts.len());
    for draft in change.drafts {
        if thread.last_seq == Seq::MAX {
            return Err(Error::Refused {
                code: "thread_full",
                detail: "This conversation has reached its largest size. Start a new one.".to_owned(),
            });
        }
        thread.last_seq = thread.last_seq.next();
        if draft.author.is_patient() {
            thread.last_in = thread.last_seq;
        } else {
            thread.last_out = thread.last_seq;
        }
        if let Some(received) = &draft.received {
            thread.last_inbound_at = thread.last_inbound_at.max(Some(received.sent_at));
        }
        messages.push(message(&thread, draft, now));
    }
    if expected != Expected::Absent && !messages.is_empty() {
        thread.updated = moved(before, now);
    }
    Ok(Append { expected, thread, messages })
}

/// `updated` is printed in whole seconds, and clients ask whether it is greater than before (DP-2.2): two messages in
/// one second must still move it.
fn moved(before: Timestamp, now: Timestamp) -> Timestamp {
    now.max(Timestamp::from_seconds(before.seconds()).plus(Duration::from_secs(1)))
}

fn message(thread: &Thread, draft: Draft, now: Timestamp) -> Message {
    let outbound = !draft.author.is_patient();
    let (wamid, sent_at, shared_phone) = match draft.received {
        Some(received) => (Some(received.wamid), Some(received.sent_at), received.shared_phone),
        None => (None, None, false),
    };
    Message {
        thread: thread.thread,
        seq: thread.last_seq,
        organization_id: thread.organization_id,
        author: draft.author,
        text: draft.text,
        media: draft.media,
        template: draft.template,
        delivery: outbound.then(|| Delivery::queued(thread.channel, now)),
        wamid,
        sent_at,
        shared_phone,
        deleted: false,
        created: now,
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
