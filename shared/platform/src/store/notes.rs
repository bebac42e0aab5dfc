//! `Threads`: `pk = T#<thread>`, `sk = NOTE#<number>`. The private notes of a section's therapists.

use domain::error::{Error, Result};
use domain::ids::NoteId;
use domain::note::Note;
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::Therapist;

fn note_key(id: NoteId) -> Item {
    key(format!("T#{}", id.thread), format!("NOTE#{:07}", id.seq.get()))
}

/// Puts a new note; its number must be free.
pub(super) fn put(transaction: &mut Transaction, table: &str, note: &Note) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(note_key(note.id), note)?)
}

/// The notes before one of a thread, newest first, and whether there are more. Whoever is no therapist of the thread's
/// section cannot ask.
///
/// # Errors
/// [`Error::NotFound`] for a thread of another section.
pub async fn page(
    app: &App,
    therapist: &Therapist,
    thread: &Thread,
    (before, limit): (Option<NoteId>, u32),
) -> Result<(Vec<Note>, bool)> {
    if thread.section != Some(therapist.section()) {
        return Err(Error::NotFound);
    }
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("T#{}", thread.thread))),
        between: Some(("sk", text("NOTE#"), text("NOTE#~"))),
        ascending: false,
        limit,
        after: before.map(|before| note_key(NoteId { thread: thread.thread, ..before })),
    });
    let page = page.await?;
    Ok((page.items.into_iter().map(row).collect::<Result<_>>()?, page.next.is_some()))
}
