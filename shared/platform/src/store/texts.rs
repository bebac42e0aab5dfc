//! `Threads`: `pk = T#<thread>`, `sk = TEXT#<message>#<number>`. The earlier texts of messages that were changed or deleted.

use domain::error::Result;
use domain::ids::MessageId;
use domain::message::Message;
use domain::text::MessageText;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::messages::message_key;
use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, attribute, item, key, number};
use crate::App;

/// A text as it was until a moment.
#[derive(Debug, Serialize, Deserialize)]
struct Earlier {
    message: MessageId,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    text: Option<MessageText>,
    until: Timestamp,
}

fn text_key(id: MessageId, number: u32) -> Item {
    key(format!("T#{}", id.thread), format!("TEXT#{:07}#{number:05}", id.seq.get()))
}

/// A change of a message's text: as it was read, and as it will be.
#[derive(Debug)]
pub struct TextChange<'a> {
    /// As it was read.
    pub read: &'a Message,
    /// As it will be.
    pub message: &'a Message,
}

/// Changes a message that is as it was read, and keeps its earlier text. A deleted one keeps its place and nothing else.
pub(super) fn write(app: &App, transaction: &mut Transaction, change: &TextChange<'_>) -> Result<()> {
    let TextChange { read, message } = change;
    let until = message.edited.unwrap_or_else(|| app.now());
    let earlier = Earlier { message: read.id(), text: read.text.clone(), until };
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
