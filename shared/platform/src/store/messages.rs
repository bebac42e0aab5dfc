//! `Messages`: `thread` (number), `seq` (number). The messages of a thread, in order, by the read rule.

use domain::error::{Error, Result};
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::message::Message;
use domain::read::prefix;
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::{Item, Query, due, item, number, row};
use crate::App;
use crate::identity::Reader;
use crate::metrics::Count;

pub(crate) fn message_key(id: MessageId) -> Item {
    Item::from([("thread".to_owned(), number(&id.thread)), ("seq".to_owned(), number(&id.seq.get()))])
}

/// Messages that a reader may see, and whether the thread has more on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// In order, tombstones among them.
    pub messages: Vec<Message>,
    /// Whether there are earlier ones.
    pub more_before: bool,
    /// Whether there are later ones.
    pub more_after: bool,
}

/// Which part of a thread is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The newest ones.
    Newest,
    /// Those after a message: what a poller asks for.
    After(Seq),
    /// The newest of those before a message: what scrolling back asks for.
    Before(Seq),
}

/// A stretch of a thread that its reader was given. Nothing behind a young gap is shown (see [`domain::read`]).
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn read(app: &App, thread: &Thread, part: Part, limit: u32) -> Result<Stretch> {
    let (low, high, ascending) = match part {
        Part::Newest => (Seq::START, Seq::MAX, false),
        Part::After(seq) => (seq.next(), Seq::MAX, true),
        Part::Before(seq) => (Seq::START, seq.back(1), false),
    };
    let mut messages = query(app, thread.thread, Range { low, high, ascending, limit }).await?;
    let full = u32::try_from(messages.len()).unwrap_or(u32::MAX) >= limit;
    if !ascending {
        messages.reverse();
    }
    let start = match (part, messages.first()) {
        (Part::After(seq), _) => seq,
        (Part::Newest | Part::Before(_), Some(first)) if full => first.seq.back(1),
        _ => Seq::START,
    };
    let messages = contiguous(app, thread.thread, start, messages).await?;
    let last = messages.last().map_or(start, |message| message.seq);
    Ok(Stretch { messages, more_before: start > Seq::START, more_after: last < thread.last_seq })
}

/// A range of a thread's numbers, both ends among them.
struct Range {
    low: Seq,
    high: Seq,
    ascending: bool,
    limit: u32,
}

async fn query(app: &App, thread: ThreadNo, range: Range) -> Result<Vec<Message>> {
    let mut messages = Vec::new();
    let mut after = None;
    loop {
        let found = u32::try_from(messages.len()).unwrap_or(u32::MAX);
        let page = app.store.query(Query {
            table: &app.store.tables.messages,
            index: None,
            partition: ("thread", number(&thread)),
            between: Some(("seq", number(&range.low.get()), number(&range.high.get()))),
            ascending: range.ascending,
            limit: range.limit.saturating_sub(found).max(1),
            after,
        });
        let page = page.await?;
        for item in page.items {
            messages.push(row(item)?);
        }
        after = page.next;
        if after.is_none() || u32::try_from(messages.len()).unwrap_or(u32::MAX) >= range.limit {
            return Ok(messages);
        }
    }
}

/// The contiguous prefix; numbers that stay missing are looked up one by one, then passed, counted and alarmed.
async fn contiguous(app: &App, thread: ThreadNo, start: Seq, queried: Vec<Message>) -> Result<Vec<Message>> {
    let prefix = prefix(start, queried, app.now());
    let mut visible = prefix.visible;
    for seq in prefix.holes {
        match find(app, MessageId { thread, seq }).await? {
            Some(message) => visible.push(message),
            None => {
                tracing::error!(thread = thread.get(), seq = seq.get(), "a message number is missing for good");
                app.count(Count::PermanentHole);
            }
        }
    }
    visible.sort_unstable_by_key(|message| message.seq);
    Ok(visible)
}

async fn find(app: &App, id: MessageId) -> Result<Option<Message>> {
    app.store.get(&app.store.tables.messages, message_key(id)).await
}

/// One message.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or when it is not the reader's to see.
pub async fn load(app: &App, reader: impl Into<Reader<'_>>, id: MessageId) -> Result<Message> {
    let message = find(app, id).await?.ok_or(Error::NotFound)?;
    reader.into().may_see(message.organization_id)?;
    Ok(message)
}

/// One message of a thread that its reader was given.
///
/// # Errors
/// [`Error::NotFound`] when the thread has none of that number.
pub async fn of_thread(app: &App, thread: &Thread, seq: Seq) -> Result<Message> {
    find(app, MessageId { thread: thread.thread, seq }).await?.ok_or(Error::NotFound)
}

/// Puts a new message; its number must be free.
pub(super) fn put(transaction: &mut Transaction, table: &str, message: &Message) -> Result<()> {
    let mut row = item(message_key(message.id()), message)?;
    if let Some(due) = message.delivery.as_ref().and_then(|delivery| delivery.due) {
        row.extend(due::entry(message.thread, due));
    }
    transaction.put_new(Mark::Row, table, row)
}
