//! `Threads`: `pk = T#<thread>`, `sk = OBSERVATION#<number>`. What a patient measured.

use domain::error::Result;
use domain::ids::Seq;
use domain::observation::Observation;
use domain::thread::Thread;

use super::transaction::{Mark, Transaction};
use super::{Query, item, key, row, text};
use crate::App;

/// Puts a new observation; its number must be free.
pub(super) fn put(transaction: &mut Transaction, table: &str, observation: &Observation) -> Result<()> {
    let id = observation.id;
    let key = key(format!("T#{}", id.thread), format!("OBSERVATION#{:07}", id.seq.get()));
    transaction.put_new(Mark::Row, table, item(key, observation)?)
}

/// The newest observations of a thread that its reader was given, oldest first. Nothing is read for a thread that has none.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn newest(app: &App, thread: &Thread, limit: u32) -> Result<Vec<Observation>> {
    if thread.care.observations == Seq::START {
        return Ok(Vec::new());
    }
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(format!("T#{}", thread.thread))),
        between: Some(("sk", text("OBSERVATION#"), text("OBSERVATION#~"))),
        ascending: false,
        limit,
        after: None,
    });
    let mut observations = page.await?.items.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    observations.reverse();
    Ok(observations)
}
