//! The rows of the tables and their keys.

use std::rc::Rc;

use domain::contact::{Contact, ContactKey};
use domain::ids::{MessageId, PatientId, ThreadNo};
use domain::message::Message;
use domain::patient::Patient;
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::wamid::Wamid;

/// The key of a row, over all tables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A thread.
    Thread(ThreadNo),
    /// A message.
    Message(MessageId),
    /// What makes an effect happen once.
    Guard(GuardKey),
    /// The message behind an id of WhatsApp.
    Sent(u64),
    /// A contact, or an alias of one.
    Contact(ContactKey),
    /// A patient.
    Patient(PatientId),
    /// The counter of the lists in which threads stand.
    Versions(u32),
    /// Whether anything may be sent.
    Pause,
}

/// The key of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GuardKey {
    /// `KEY#…`: the client's `Idempotency-Key`.
    Key(u64),
    /// `REQUEST#…`: the request itself.
    Request(u64),
    /// `WAMID#…`: an inbound message.
    Wamid(u64),
    /// `REPLY#…`: the assistant's answer to a patient's message.
    Reply(u64),
    /// `CHECK_IN#…`: what was due in a thread at a moment.
    CheckIn(ThreadNo, Timestamp),
}

/// The number in an id of the simulated WhatsApp.
pub(crate) fn number_of(wamid: &Wamid) -> u64 {
    wamid.as_str().split('#').nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// A thread.
    Thread(Rc<Thread>),
    /// A message.
    Message(Rc<Message>),
    /// A guard.
    Guard(GuardRow),
    /// The message behind an id of WhatsApp.
    Sent(MessageId),
    /// A contact.
    Contact(Rc<Contact>),
    /// Another identity of a contact.
    Alias(ContactKey),
    /// A patient.
    Patient(Rc<Patient>),
    /// A counter.
    Count(u64),
    /// Until when nothing is sent.
    Pause(Timestamp),
}

/// What makes an effect happen once, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GuardRow {
    /// The sending of a request that kept it.
    pub(crate) owner: u64,
    /// The first message that was kept; any of the thread's when there was none.
    pub(crate) pointer: MessageId,
    /// Whether there was one.
    pub(crate) spoke: bool,
    /// From then on it does not count.
    pub(crate) expires: Timestamp,
}

impl Value {
    pub(crate) fn thread(&self) -> Option<&Rc<Thread>> {
        if let Self::Thread(thread) = self { Some(thread) } else { None }
    }

    pub(crate) fn message(&self) -> Option<&Rc<Message>> {
        if let Self::Message(message) = self { Some(message) } else { None }
    }

    pub(crate) fn contact(&self) -> Option<&Rc<Contact>> {
        if let Self::Contact(contact) = self { Some(contact) } else { None }
    }

    pub(crate) fn patient(&self) -> Option<&Rc<Patient>> {
        if let Self::Patient(patient) = self { Some(patient) } else { None }
    }

    pub(crate) fn guard(&self) -> Option<GuardRow> {
        if let Self::Guard(guard) = self { Some(*guard) } else { None }
    }
}
