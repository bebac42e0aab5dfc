//! `Threads`: `pk = T#<thread>`, `sk = THREAD`. One thread by its number or its public id.

use domain::append::{Append, Expected};
use domain::error::{Error, Result};
use domain::ids::{ThreadNo, ThreadRef};
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, attribute, item, key, number};
use crate::App;
use crate::identity::Reader;

pub(crate) fn thread_key(thread: ThreadNo) -> Item {
    key(format!("T#{thread}"), "THREAD")
}

/// The thread that a request names.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or when it is not the reader's to see.
pub async fn load(app: &App, reader: impl Into<Reader<'_>>, named: ThreadRef) -> Result<Thread> {
    let number = named.thread().ok_or(Error::NotFound)?;
    let found: Option<Thread> = app.store.get(&app.store.tables.threads, thread_key(number)).await?;
    let thread = found.filter(|thread| named.names(thread.thread, thread.public_id)).ok_or(Error::NotFound)?;
    reader.into().may_see_thread(&thread)?;
    Ok(thread)
}

/// Puts the new thread, or changes the one that was read under the exact condition that nobody wrote in between.
pub(super) fn write(transaction: &mut Transaction, table: &str, append: &Append) -> Result<()> {
    let thread = &append.thread;
    match &append.expected {
        Expected::Absent => transaction.put_new(Mark::Row, table, item(thread_key(thread.thread), thread)?),
        Expected::Thread(read) => transaction.update(change(table, read, thread)?),
    }
}

fn change(table: &str, read: &Thread, thread: &Thread) -> Result<Update> {
    let mut update = Update::of(table, thread_key(thread.thread))
        .when(Condition::Equals("last_seq", number(&read.last_seq.get())))
        .when(Condition::Equals("revision", number(&read.revision)))
        .set("last_seq", number(&thread.last_seq.get()))
        .set("last_in", number(&thread.last_in.get()))
        .set("inbound", number(&thread.inbound))
        .set("last_out", number(&thread.last_out.get()))
        .set("updated", number(&thread.updated.millis()))
        .set("changed", number(&thread.changed.millis()))
        .add("version", 1);
    if thread.last_inbound_at != read.last_inbound_at {
        update = update.set_or_remove("last_inbound_at", thread.last_inbound_at.map(|at| number(&at.millis())));
    }
    if thread.revision != read.revision {
        update = update.set("revision", number(&thread.revision)).set("care", attribute(&thread.care)?);
    }
    // Only a change is written: another thread of the contact may have become the active one meanwhile.
    if thread.active != read.active {
        update = update.set("active", attribute(&thread.active)?);
    }
    Ok(update)
}

/// Another thread of the contact became the active one.
pub(super) fn deactivate(transaction: &mut Transaction, table: &str, thread: ThreadNo) -> Result<()> {
    let update = Update::of(table, thread_key(thread)).when(Condition::Present("pk")).set("active", attribute(&false)?);
    transaction.update(update)
}
