//! Keeping an append: thread, messages, guard, lists and version in one transaction, and what must change with them.

use domain::alert::{Acknowledged, Alert};
use domain::append::{Append, Expected};
use domain::contact::{Contact, ContactKey};
use domain::delivery::HINT_GRACE;
use domain::error::Result;
use domain::escalation::Escalation;
use domain::ids::{MessageId, TagId, ThreadNo};
use domain::message::Message;
use domain::note::Note;
use domain::patient::Patient;
use domain::report::Report;
use domain::tag::Tag;
use domain::time::Timestamp;
use domain::triage::Turn;
use domain::upload::Upload;

use super::accounts::{self, AccountChange};
use super::events::Announcement;
use super::guards::{self, Guard, KeptBy, Pointer};
use super::retry::Attempt;
use super::seen::{self, Looked};
use super::texts::{self, TextChange};
use super::transaction::Transaction;
use super::{alerts, audit, contacts, events, inbox, jobs, messages, notes, observations, patients, reports, tags};
use super::{threads, turns, uploads, versions};
use crate::App;

/// What changes together with an append.
#[derive(Debug, Default)]
pub struct Alongside<'a> {
    /// The contact, as it was read and as it will be.
    pub contact: Option<ContactChange<'a>>,
    /// The patient as it was read and as it will be.
    pub patient: Option<(&'a Patient, Patient)>,
    /// A patient who comes into being with their first message.
    pub new_patient: Option<&'a Patient>,
    /// The thread that was the contact's active one until now.
    pub deactivate: Option<ThreadNo>,
    /// An alert that is dealt with.
    pub acknowledge: Option<(&'a Alert, &'a Acknowledged)>,
    /// Alerts that go on to somebody else.
    pub escalations: &'a [(Alert, Escalation)],
    /// The account behind the patient.
    pub account: Option<AccountChange<'a>>,
    /// A call for a therapist.
    pub tag: Option<&'a Tag>,
    /// A call that the therapist has seen.
    pub acknowledge_tag: Option<(TagId, Timestamp)>,
    /// A private note.
    pub note: Option<&'a Note>,
    /// A message whose text changes.
    pub text: Option<TextChange<'a>>,
    /// Whoever writes looks.
    pub looked: Option<Looked>,
    /// The report of a day.
    pub report: Option<&'a Report>,
    /// What is kept of a turn of an assessment of symptoms.
    pub turn: Option<&'a Turn>,
    /// What became of a patient's media: its message as it will be, and the file when there is one.
    pub fetched: Option<(&'a Message, Option<&'a Upload>)>,
    /// What other systems are told of it, in its order: events of the thread's stream after the last one that was read.
    pub announcements: &'a [Announcement],
}

/// A change of a contact.
#[derive(Debug)]
pub struct ContactChange<'a> {
    /// As it was read; absent when there was none.
    pub read: Option<&'a Contact>,
    /// As it will be.
    pub contact: Contact,
    /// Identities that become aliases of it.
    pub aliases: Vec<ContactKey>,
    /// Contacts as they were read that turn out to be the same person and become aliases of it.
    pub joined: &'a [Contact],
}

/// How an append came to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// By this request.
    Now,
    /// By an earlier request with the same guard.
    Before {
        /// Its first message; absent when it wrote none.
        message: Option<MessageId>,
        /// Whether it opened the thread.
        opened: bool,
        /// What it was to remember.
        memo: Option<String>,
    },
}

/// Keeps an append once: whatever is retried, repeated or late, the guard lets it happen one time.
///
/// # Errors
/// [`domain::Error::IdempotencyKeyReused`] when the guard belongs to another body; [`domain::Error::Unconfirmed`] when
/// no answer came and the guard cannot be read either.
pub async fn keep(app: &App, append: &Append, guard: &Guard, alongside: Alongside<'_>) -> Result<Attempt<Kept>> {
    let mut transaction = Transaction::default();
    compose(app, &mut transaction, append, &alongside)?;
    let first = append.messages.first().map(Message::id);
    let id = first.map_or_else(|| u64::from(append.thread.thread.get()), MessageId::get);
    let pointer = guard.pointer(id, append.expected == Expected::Absent);
    Ok(attempt(guards::keep(app, transaction, (guard, pointer)).await?))
}

fn attempt(kept: Attempt<KeptBy>) -> Attempt<Kept> {
    match kept {
        Attempt::Done(by) => Attempt::Done(by.into()),
        Attempt::Raced => Attempt::Raced,
    }
}

/// Uses up a client's key for a request that changes nothing about a thread, because everything is so already.
///
/// # Errors
/// As [`keep`].
pub async fn keep_nothing(app: &App, thread: ThreadNo, guard: &Guard) -> Result<Attempt<Kept>> {
    if !guard.is_from_client() {
        return Ok(Attempt::Done(Kept::Now));
    }
    let pointer = guard.pointer(u64::from(thread.get()), false);
    Ok(attempt(guards::keep(app, Transaction::default(), (guard, pointer)).await?))
}

/// What an earlier request with the same guard kept, if there was one. For a request that would now be refused: what was
/// answered once is answered again.
///
/// # Errors
/// [`domain::Error::IdempotencyKeyReused`] when the guard belongs to another body.
pub async fn kept_before(app: &App, guard: &Guard) -> Result<Option<Kept>> {
    Ok(guards::kept_before(app, guard).await?.map(Kept::from))
}

impl From<KeptBy> for Kept {
    fn from(by: KeptBy) -> Self {
        match by {
            KeptBy::Us => Self::Now,
            KeptBy::Earlier(Pointer { id, fresh, memo }) => {
                Self::Before { message: MessageId::new(id), opened: fresh, memo }
            }
        }
    }
}

fn compose(app: &App, transaction: &mut Transaction, append: &Append, alongside: &Alongside<'_>) -> Result<()> {
    let tables = &app.store.tables;
    threads::write(transaction, &tables.threads, append)?;
    let read = match &append.expected {
        Expected::Absent => None,
        Expected::Thread(read) => Some(read.as_ref()),
    };
    inbox::relist(transaction, &tables.threads, read, &append.thread)?;
    jobs::follow(transaction, &tables.threads, read, &append.thread)?;
    for message in &append.messages {
        messages::put(transaction, &tables.messages, message)?;
        if message.awaits_media() {
            jobs::fetch(transaction, &tables.threads, message.id(), Some(message.created.plus(HINT_GRACE)))?;
        }
    }
    for alert in &append.alerts {
        alerts::put(transaction, &tables.threads, alert)?;
    }
    for observation in &append.observations {
        observations::put(transaction, &tables.threads, observation)?;
    }
    for entry in &append.audit {
        audit::put(app, transaction, entry)?;
    }
    versions::bump_thread(app, transaction, &append.thread)?;
    people(app, transaction, alongside)?;
    if let Some(thread) = alongside.deactivate {
        threads::deactivate(transaction, &tables.threads, thread)?;
    }
    beside(app, transaction, alongside)
}

/// Whom a thread is with.
fn people(app: &App, transaction: &mut Transaction, alongside: &Alongside<'_>) -> Result<()> {
    let tables = &app.store.tables;
    if let Some(change) = &alongside.contact {
        contacts::write(transaction, &tables.records, change)?;
    }
    if let Some((read, patient)) = &alongside.patient {
        patients::write(app, transaction, read, patient)?;
    }
    if let Some(patient) = alongside.new_patient {
        patients::put(app, transaction, patient)?;
    }
    if let Some(change) = &alongside.account {
        accounts::write(transaction, &tables.records, change)?;
    }
    Ok(())
}

/// What hangs on a thread beside its messages.
fn beside(app: &App, transaction: &mut Transaction, alongside: &Alongside<'_>) -> Result<()> {
    let table = &app.store.tables.threads;
    if let Some(acknowledged) = alongside.acknowledge {
        alerts::acknowledge(transaction, table, acknowledged)?;
    }
    for escalation in alongside.escalations {
        alerts::escalate(transaction, table, escalation)?;
    }
    if let Some(report) = alongside.report {
        reports::put(transaction, table, report)?;
    }
    if let Some(tag) = alongside.tag {
        tags::put(transaction, table, tag)?;
    }
    if let Some(acknowledged) = alongside.acknowledge_tag {
        tags::acknowledge(transaction, table, acknowledged)?;
    }
    if let Some(note) = alongside.note {
        notes::put(transaction, table, note)?;
    }
    if let Some(turn) = alongside.turn {
        turns::put(transaction, table, turn)?;
    }
    if let Some(looked) = &alongside.looked {
        seen::put(app, transaction, looked)?;
    }
    if let Some(change) = &alongside.text {
        texts::write(app, transaction, change)?;
    }
    if let Some((message, upload)) = alongside.fetched {
        uploads::put_fetched(app, transaction, message, upload)?;
    }
    events::compose(app, transaction, alongside.announcements)
}
