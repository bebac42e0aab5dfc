//! `Messages`, index `due`: `due_shard` (text, 8 shards), `due` (number, ms). What somebody still has to do; sparse.

use domain::error::Result;
use domain::ids::ThreadNo;
use domain::time::Timestamp;
use serde::Deserialize;

use super::{Item, Query, number, row, text};
use crate::App;
use crate::identity::Machine;

/// The shards, so that a backlog is not one hot partition.
pub const SHARDS: u32 = 8;

/// The attributes that put a message into the index.
pub(super) fn entry(thread: ThreadNo, due: Timestamp) -> Item {
    Item::from([("due_shard".to_owned(), text(shard(thread))), ("due".to_owned(), number(&due.millis()))])
}

pub(super) fn shard(thread: ThreadNo) -> String {
    (thread.get() % SHARDS).to_string()
}

/// A place in the index, from which the next page goes on.
#[derive(Debug, Default)]
pub struct DuePage {
    /// Threads with something due, in the order in which it fell due, possibly named several times.
    pub threads: Vec<ThreadNo>,
    /// Where the next page begins; absent at the end.
    pub next: Option<DueCursor>,
}

/// Where a page of the index begins.
#[derive(Debug)]
pub struct DueCursor(Item);

impl DueCursor {
    pub(super) fn from_key(key: Item) -> Self {
        Self(key)
    }

    pub(super) fn into_key(self) -> Item {
        self.0
    }
}

#[derive(Deserialize)]
struct Entry {
    thread: ThreadNo,
}

/// A page of one shard: what is due by `now`.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn page(app: &App, _: Machine, shard: u32, after: Option<DueCursor>) -> Result<DuePage> {
    let page = app.store.query(Query {
        table: &app.store.tables.messages,
        index: Some("due"),
        partition: ("due_shard", text(shard.to_string())),
        between: Some(("due", number(&0), number(&app.now().millis()))),
        ascending: true,
        limit: 200,
        after: after.map(|cursor| cursor.0),
    });
    let page = page.await?;
    let entries = page.items.into_iter().map(row::<Entry>).collect::<Result<Vec<_>>>()?;
    Ok(DuePage { threads: entries.into_iter().map(|entry| entry.thread).collect(), next: page.next.map(DueCursor) })
}
