//! The writes of a transaction with their exact conditions, as `platform::store` makes them.

use std::rc::Rc;

use domain::contact::{Contact, ContactKey};
use domain::delivery::Delivery;
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::message::Message;
use domain::patient::Patient;
use domain::thread::Thread;
use domain::time::Timestamp;

use super::value::{GuardKey, GuardRow, Key, Value};

/// One write.
#[derive(Debug, Clone)]
pub(crate) enum Write {
    /// Puts a row that must not exist.
    New(Key, Value),
    /// Puts a row over whatever is there.
    Put(Key, Value),
    /// Puts a guard, unless one is there that still counts.
    Guard(GuardKey, GuardRow),
    /// `store::threads::write`: if `last_seq` and `revision` are as read.
    Thread { read: Rc<Thread>, thread: Rc<Thread> },
    /// `store::deliveries::keep`: readers can see something new, and perhaps more is decided.
    Seen { thread: ThreadNo, through: Option<Seq>, at: Timestamp },
    /// `store::threads::deactivate`: another thread of the contact became the active one.
    Deactivate(ThreadNo),
    /// `store::deliveries::change`: if the delivery's version is as read.
    Delivery { id: MessageId, read: u32, delivery: Box<Delivery> },
    /// A message is deleted and keeps its place.
    Tombstone(MessageId),
    /// `store::contacts::write`: if the version is as read.
    Contact { read: u32, contact: Rc<Contact> },
    /// `store::contacts::pay`: if nobody else paid since.
    Pay { key: ContactKey, read: Option<Timestamp>, until: Timestamp },
    /// `store::contacts::opt_out`.
    OptOut(ContactKey),
    /// `store::patients::write`: if the version is as read.
    Patient { read: u32, patient: Rc<Patient> },
    /// `store::versions::bump_threads`.
    Bump(u32),
    /// A write without its condition: only mutants do that.
    Unchecked(Box<Write>),
}

impl Write {
    /// The row that is written.
    pub(crate) fn key(&self) -> Key {
        match self {
            Self::New(key, _) | Self::Put(key, _) => key.clone(),
            Self::Guard(key, _) => Key::Guard(*key),
            Self::Thread { thread, .. } => Key::Thread(thread.thread),
            Self::Seen { thread, .. } | Self::Deactivate(thread) => Key::Thread(*thread),
            Self::Delivery { id, .. } | Self::Tombstone(id) => Key::Message(*id),
            Self::Contact { contact, .. } => Key::Contact(contact.key.clone()),
            Self::Pay { key, .. } | Self::OptOut(key) => Key::Contact(key.clone()),
            Self::Patient { patient, .. } => Key::Patient(patient.patient_id),
            Self::Bump(shard) => Key::Versions(*shard),
            Self::Unchecked(write) => write.key(),
        }
    }

    /// Whether the condition holds for the committed row.
    pub(crate) fn holds(&self, row: Option<&Value>, now: Timestamp) -> bool {
        match self {
            Self::New(..) => row.is_none(),
            Self::Put(..) | Self::Bump(_) | Self::Unchecked(_) => true,
            Self::Guard(..) => row.and_then(Value::guard).is_none_or(|guard| guard.expires <= now),
            Self::Seen { .. } | Self::Deactivate(_) | Self::Tombstone(_) | Self::OptOut(_) => row.is_some(),
            Self::Thread { read, .. } => row
                .and_then(Value::thread)
                .is_some_and(|thread| thread.last_seq == read.last_seq && thread.revision == read.revision),
            Self::Delivery { read, .. } => {
                let message = row.and_then(Value::message);
                message.and_then(|message| message.delivery.as_ref()).is_some_and(|delivery| delivery.version == *read)
            }
            Self::Contact { read, .. } => row.and_then(Value::contact).is_some_and(|contact| contact.version == *read),
            Self::Pay { read, .. } => row.and_then(Value::contact).is_some_and(|contact| contact.paid_until == *read),
            Self::Patient { read, .. } => row.and_then(Value::patient).is_some_and(|patient| patient.version == *read),
        }
    }

    /// The row afterwards; `None` when there is nothing to change.
    pub(crate) fn after(&self, row: Option<&Value>) -> Option<Value> {
        match self {
            Self::New(_, value) | Self::Put(_, value) => Some(value.clone()),
            Self::Guard(_, guard) => Some(Value::Guard(*guard)),
            Self::Thread { read, thread } => row.and_then(Value::thread).map(|row| changed_thread(row, read, thread)),
            Self::Seen { through, at, .. } => row.and_then(Value::thread).map(|row| {
                let delivered_through = through.unwrap_or(row.delivered_through);
                thread(Thread { delivered_through, changed: *at, version: row.version + 1, ..row.as_ref().clone() })
            }),
            Self::Deactivate(_) => {
                row.and_then(Value::thread).map(|row| thread(Thread { active: false, ..row.as_ref().clone() }))
            }
            Self::Delivery { delivery, .. } => row
                .and_then(Value::message)
                .map(|row| message(Message { delivery: Some(delivery.as_ref().clone()), ..row.as_ref().clone() })),
            Self::Tombstone(_) => {
                row.and_then(Value::message).map(|row| message(Message { deleted: true, ..row.as_ref().clone() }))
            }
            Self::Contact { contact, .. } => row.and_then(Value::contact).map(|row| changed_contact(row, contact)),
            Self::Pay { until, .. } => row
                .and_then(Value::contact)
                .map(|row| Value::Contact(Rc::new(Contact { paid_until: Some(*until), ..row.as_ref().clone() }))),
            Self::OptOut(_) => row.and_then(Value::contact).map(|row| {
                Value::Contact(Rc::new(Contact { opted_out: true, version: row.version + 1, ..row.as_ref().clone() }))
            }),
            Self::Patient { patient, .. } => Some(Value::Patient(Rc::clone(patient))),
            Self::Bump(_) => {
                let count = if let Some(Value::Count(count)) = row { *count } else { 0 };
                Some(Value::Count(count + 1))
            }
            Self::Unchecked(write) => write.after(row),
        }
    }
}

fn thread(thread: Thread) -> Value {
    Value::Thread(Rc::new(thread))
}

fn message(message: Message) -> Value {
    Value::Message(Rc::new(message))
}

/// The attributes that an append sets; the others, `delivered_through` among them, stay as they are.
fn changed_thread(row: &Thread, read: &Thread, decided: &Thread) -> Value {
    let mut after = row.clone();
    after.last_seq = decided.last_seq;
    after.last_in = decided.last_in;
    after.last_out = decided.last_out;
    after.updated = decided.updated;
    after.changed = decided.changed;
    after.version += 1;
    if decided.last_inbound_at != read.last_inbound_at {
        after.last_inbound_at = decided.last_inbound_at;
    }
    if decided.revision != read.revision {
        after.revision = decided.revision;
        after.care = decided.care.clone();
    }
    if decided.active != read.active {
        after.active = decided.active;
    }
    thread(after)
}

/// The attributes that a change of a contact sets; `paid_until` and `opted_out` are others' affair.
fn changed_contact(row: &Contact, decided: &Contact) -> Value {
    Value::Contact(Rc::new(Contact { paid_until: row.paid_until, opted_out: row.opted_out, ..decided.clone() }))
}
