//! `Threads`: `pk = T#<thread>`, `sk = TAG#<number>`. The calls for a therapist in a thread.

use domain::error::Result;
use domain::ids::{Seq, TagId};
use domain::tag::Tag;
use domain::thread::Thread;
use domain::time::Timestamp;

use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, Query, item, key, number, row, text};
use crate::App;

fn tag_key(id: TagId) -> Item {
    key(format!("T#{}", id.thread), format!("TAG#{:07}", id.seq.get()))
}

/// Puts a new tag; its number must be free.
pub(super) fn put(transaction: &mut Transaction, table: &str, tag: &Tag) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(tag_key(tag.id), tag)?)
}

/// Notes that a tag was seen by the therapist who was called, if nobody noted it before.
pub(super) fn acknowledge(transaction: &mut Transaction, table: &str, (id, at): (TagId, Timestamp)) -> Result<()> {
    let update = Update::of(table, tag_key(id))
        .when(Condition::Present("pk"))
        .when(Condition::Absent("acknowledged"))
        .set("acknowledged", number(&at.millis()));
    transaction.update(update)
}

/// A tag of a thread that its reader was given.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn find(app: &App, thread: &Thread, seq: Seq) -> Result<Option<Tag>> {
    app.store.get(&app.store.tables.threads, tag_key(TagId { thread: thread.thread, seq })).await
}

/// The newest tags of a thread that its reader was given, newest first; nothing is read for a thread without any.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn newest(app: &App, thread: &Thread, limit: u32) -> Result<Vec<Tag>> {
    if thread.care.tags.last == Seq::START {
        return Ok(Vec::new());
    }
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("T#{}", thread.thread))),
        between: Some(("sk", text("TAG#"), text("TAG#~"))),
        ascending: false,
        limit,
        after: None,
    });
    page.await?.items.into_iter().map(row).collect()
}
