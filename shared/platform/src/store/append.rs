//! Keeping an append: thread, messages, guard, lists and version in one transaction, and what must change with them.

use domain::append::{Append, Expected};
use domain::contact::{Contact, ContactKey};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo};
use domain::patient::Patient;

use super::guards::{self, Guard, Met, Pointer};
use super::retry::Attempt;
use super::transaction::{Mark, Transaction, Written};
use super::{contacts, inbox, messages, patients, threads, versions};
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
}

/// How an append came to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// By this request.
    Now,
    /// By an earlier request with the same guard.
    Before {
        /// Its first message.
        message: MessageId,
        /// Whether it opened the thread.
        opened: bool,
    },
}

/// Keeps an append once: whatever is retried, repeated or late, the guard lets it happen one time.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body; [`Error::Unconfirmed`] when no answer came
/// and the guard cannot be read either.
pub async fn keep(app: &App, append: &Append, guard: &Guard, alongside: Alongside<'_>) -> Result<Attempt<Kept>> {
    let first = append.messages.first().ok_or(Error::Internal)?.id();
    let mut transaction = Transaction::default();
    compose(app, &mut transaction, append, alongside)?;
    let pointer = Pointer { id: first.get(), fresh: append.expected == Expected::Absent };
    guards::put(app, &mut transaction, guard, pointer)?;
    match transaction.run(app).await? {
        Written::Done => Ok(Attempt::Done(Kept::Now)),
        Written::Contended => Ok(Attempt::Raced),
        Written::Refused(refused) => {
            let met = refused.into_iter().find(|(mark, _)| *mark == Mark::Guard);
            let Some((_, row)) = met else { return Ok(Attempt::Raced) };
            replayed(guard, &guards::met(guard, row)?).map(Attempt::Done)
        }
        Written::Unknown => match guards::find(app, guard).await {
            Ok(Some(met)) => replayed(guard, &met).map(Attempt::Done),
            Ok(None) | Err(_) => Err(Error::Unconfirmed),
        },
    }
}

/// What an earlier request with the same guard kept, if there was one. For a request that would now be refused: what was
/// answered once is answered again.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body.
pub async fn kept_before(app: &App, guard: &Guard) -> Result<Option<Kept>> {
    if !guard.is_from_client() {
        return Ok(None);
    }
    guards::find(app, guard).await?.map(|met| replayed(guard, &met)).transpose()
}

/// The guard row that was met is this request's own when an earlier sending of it got through without an answer.
fn replayed(guard: &Guard, met: &Met) -> Result<Kept> {
    let message = MessageId::new(met.pointer.id).ok_or(Error::Internal)?;
    let own = met.owner == guard.owner();
    Ok(if own { Kept::Now } else { Kept::Before { message, opened: met.pointer.fresh } })
}

fn compose(app: &App, transaction: &mut Transaction, append: &Append, alongside: Alongside<'_>) -> Result<()> {
    let tables = &app.store.tables;
    threads::write(transaction, &tables.threads, append)?;
    let read = match &append.expected {
        Expected::Absent => None,
        Expected::Thread(read) => Some(read.as_ref()),
    };
    inbox::relist(transaction, &tables.threads, read, &append.thread)?;
    for message in &append.messages {
        messages::put(transaction, &tables.messages, message)?;
    }
    versions::bump_threads(app, transaction, append.thread.organization_id, append.thread.thread)?;
    if let Some(change) = alongside.contact {
        contacts::write(transaction, &tables.records, &change)?;
    }
    if let Some((read, patient)) = alongside.patient {
        patients::write(app, transaction, read, &patient)?;
    }
    if let Some(patient) = alongside.new_patient {
        patients::put(app, transaction, patient)?;
    }
    if let Some(thread) = alongside.deactivate {
        threads::deactivate(transaction, &tables.threads, thread)?;
    }
    Ok(())
}
