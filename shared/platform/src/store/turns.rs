//! `Threads`: `pk = T#<thread>`, `sk = TURN#<seq>`. What is kept of the turns of an assessment of symptoms beside their messages,
//! by the patient's message.

use domain::error::{Error, Result};
use domain::ids::{MessageId, Seq};
use domain::thread::Thread;
use domain::triage::Turn;

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text};
use crate::App;

/// Turns in one page of a query.
const PAGE: u32 = 50;

fn turn_key(message: MessageId) -> Item {
    key(format!("T#{}", message.thread), format!("TURN#{:07}", message.seq.get()))
}

/// Puts what is kept of a new turn.
pub(super) fn put(transaction: &mut Transaction, table: &str, turn: &Turn) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(turn_key(turn.message), turn)?)
}

/// The turn of a message of a thread that its reader was given.
///
/// # Errors
/// [`Error::NotFound`] when the thread has no such turn.
pub async fn of_message(app: &App, thread: &Thread, seq: Seq) -> Result<Turn> {
    let message = MessageId { thread: thread.thread, seq };
    let found = app.store.get(&app.store.tables.threads, turn_key(message)).await?;
    found.ok_or(Error::NotFound)
}

/// All turns of a thread that its reader was given, in order. There are at most [`domain::triage::TURN_LIMIT`].
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn all(app: &App, thread: &Thread) -> Result<Vec<Turn>> {
    let mut turns = Vec::new();
    let mut after = None;
    loop {
        let page = app.store.query(Query {
            table: &app.store.tables.threads,
            index: None,
            partition: ("pk", text(format!("T#{}", thread.thread))),
            between: Some(("sk", text("TURN#"), text("TURN#~"))),
            ascending: true,
            limit: PAGE,
            after,
        });
        let page = page.await?;
        for item in page.items {
            turns.push(row(item)?);
        }
        after = page.next;
        if after.is_none() {
            return Ok(turns);
        }
    }
}
