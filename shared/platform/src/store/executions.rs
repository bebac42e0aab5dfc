//! `Records`: `pk = EVENTS#<stream>`, `sk = EXECUTION#<number>`. What came of an action's execution at its own target: of the event with
//! this number, which has a target.

use domain::error::Result;
use domain::ids::EventId;
use domain::webhook::attempt::Execution;

use super::transaction::Transaction;
use super::{Item, item, key};
use crate::App;

fn execution_key(id: EventId) -> Item {
    key(format!("EVENTS#{}", id.stream), format!("EXECUTION#{:07}", id.seq.get()))
}

pub(super) fn put(app: &App, transaction: &mut Transaction, id: EventId, execution: &Execution) -> Result<()> {
    transaction.put(&app.store.tables.records, item(execution_key(id), execution)?)
}

/// What came of the execution that an event of a stream that its reader was given tells of; nothing before the first attempt.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn load(app: &App, id: EventId) -> Result<Option<Execution>> {
    app.store.get(&app.store.tables.records, execution_key(id)).await
}
