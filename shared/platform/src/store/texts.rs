//! `Threads`: `pk = T#<thread>`, `sk = TEXT#<message>#<number>`. The earlier texts of messages that were changed or deleted.

use domain::audit::{Action, AuditDraft};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo};
use domain::message::Message;
use domain::page::bad_cursor;
use domain::record::EarlierText;
use domain::thread::Thread;
use serde::Deserialize;

use super::messages::message_key;
use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, Query, attribute, audit, item, key, number, row, text};
use crate::App;
use crate::identity::Correspondent;

fn partition(thread: ThreadNo) -> String {
    format!("T#{thread}")
}

/// What the sort keys of a message's texts begin with.
fn prefix(id: MessageId) -> String {
    format!("TEXT#{:07}#", id.seq.get())
}

fn text_key(id: MessageId, number: u32) -> Item {
    key(partition(id.thread), format!("{}{number:05}", prefix(id)))
}

/// A change of a message's text: as it was read, and as it will be.
#[derive(Debug)]
pub struct TextChange<'a> {
    /// As it was read.
    pub read: &'a Message,
    /// As it will be.
    pub message: &'a Message,
}

/// Changes a message that is as it was read, and keeps its earlier text. A deleted one keeps its place and its dangers.
pub(super) fn write(app: &App, transaction: &mut Transaction, change: &TextChange<'_>) -> Result<()> {
    let TextChange { read, message } = change;
    let until = message.edited.unwrap_or_else(|| app.now());
    let earlier = EarlierText { message: read.id(), text: read.text.clone(), dangers: read.dangers.clone(), until };
    let row = item(text_key(read.id(), read.edits), &earlier)?;
    transaction.put_new(Mark::Row, &app.store.tables.threads, row)?;
    let is_as_read = match read.edits {
        0 => Condition::Below("edits", number(&1)),
        edits => Condition::Equals("edits", number(&edits)),
    };
    let update = Update::of(&app.store.tables.messages, message_key(read.id()))
        .when(Condition::Present("seq"))
        .when(is_as_read)
        .set("edits", number(&message.edits))
        .set("edited", number(&until.millis()))
        .set("deleted", attribute(&message.deleted)?)
        .set("dangers", attribute(&message.dangers)?)
        .set_or_remove("text", message.text.as_ref().map(attribute).transpose()?);
    transaction.update(update)
}

/// An earlier text with the cursor behind it.
#[derive(Debug, Deserialize)]
pub struct Listed {
    #[serde(rename = "sk")]
    sort: String,
    /// The text.
    #[serde(flatten)]
    pub earlier: EarlierText,
}

impl Listed {
    /// The cursor.
    #[must_use]
    pub fn cursor(&self) -> String {
        self.sort.rsplit('#').next().unwrap_or_default().to_owned()
    }
}

/// The earlier texts of a message behind a cursor, oldest first, and whether there are more. Its thread was given to the
/// reader, whose looking is written into the audit.
///
/// # Errors
/// [`Error::Forbidden`] for a patient; [`Error::Invalid`] for a cursor that is none; [`Error::Busy`] or
/// [`Error::Unconfirmed`] when the looking cannot be written down: nothing is shown then.
pub async fn of_message(
    app: &App,
    reader: &Correspondent,
    (thread, message): (&Thread, &Message),
    (after, limit): (Option<&str>, u32),
) -> Result<(Vec<Listed>, bool)> {
    if matches!(reader, Correspondent::Patient(_)) {
        return Err(Error::Forbidden);
    }
    let id = message.id();
    let after = after.map(|raw| raw.parse::<u32>().map_err(|_| bad_cursor())).transpose()?;
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(partition(thread.thread))),
        between: Some(("sk", text(prefix(id)), text(format!("{}~", prefix(id))))),
        ascending: true,
        limit,
        after: after.map(|number| text_key(id, number)),
    });
    let page = page.await?;
    let found = page.items.into_iter().map(row).collect::<Result<_>>()?;
    audit::note(app, thread, AuditDraft { actor: reader.actor(), action: Action::VersionsRead { message: id } })
        .await?;
    Ok((found, page.next.is_some()))
}
