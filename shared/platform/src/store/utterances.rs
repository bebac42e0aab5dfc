//! `Messages`: `thread = 2^32 + <visit>`, `seq` for the utterances of a visit, in order, by the read rule; no thread has such a
//! number. `Threads`: `pk = V#<visit>`, `sk = ITEM#<hash of the client's item>` for recording an item once.

use domain::error::{Error, Result};
use domain::ids::{Seq, UtteranceId, VisitNo};
use domain::visit::Visit;
use domain::visit::reference::ItemId;
use domain::visit::utterance::{Utterance, contiguous};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, number, row, visits};
use crate::App;

/// The text for an utterance that is not there.
pub const NOT_FOUND: &str = "Utterance not found";
/// Rows of one query at most; DynamoDB ends a page at a megabyte anyway.
const ROWS: u32 = 1_000;

fn utterance_key(id: UtteranceId) -> Item {
    Item::from([("thread".to_owned(), number(&id.visit.partition())), ("seq".to_owned(), number(&id.seq.get()))])
}

fn item_key(visit: VisitNo, id: &ItemId) -> Item {
    let hash: String = Sha256::digest(id.as_str()).iter().map(|byte| format!("{byte:02x}")).collect();
    key(visits::partition(visit), format!("ITEM#{hash}"))
}

#[derive(Debug, Serialize, Deserialize)]
struct Recorded {
    utterance: UtteranceId,
}

/// Puts a new utterance; its number and its client's item must be free.
pub(super) fn put(transaction: &mut Transaction, app: &App, utterance: &Utterance) -> Result<()> {
    let tables = &app.store.tables;
    transaction.put_new(Mark::Row, &tables.messages, item(utterance_key(utterance.id), utterance)?)?;
    match &utterance.item {
        Some(id) => {
            let recorded = Recorded { utterance: utterance.id };
            transaction.put_new(Mark::Row, &tables.threads, item(item_key(utterance.id.visit, id), &recorded)?)
        }
        None => Ok(()),
    }
}

/// An utterance of a visit that its reader was given.
///
/// # Errors
/// [`Error::Missing`] when the visit has no such utterance.
pub async fn load(app: &App, visit: &Visit, id: UtteranceId) -> Result<Utterance> {
    if id.visit != visit.visit {
        return Err(Error::Missing(NOT_FOUND));
    }
    let found = app.store.get(&app.store.tables.messages, utterance_key(id)).await?;
    found.ok_or(Error::Missing(NOT_FOUND))
}

/// The utterance of a visit that its client calls so, if it was recorded.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn find_item(app: &App, visit: &Visit, id: &ItemId) -> Result<Option<Utterance>> {
    let found: Option<Recorded> = app.store.get(&app.store.tables.threads, item_key(visit.visit, id)).await?;
    match found {
        Some(recorded) => app.store.get(&app.store.tables.messages, utterance_key(recorded.utterance)).await,
        None => Ok(None),
    }
}

/// The utterances of a visit that its reader was given, after a number; nothing behind a gap. `true` when there are more.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn after(app: &App, visit: &Visit, after: Seq, limit: u32) -> Result<(Vec<Utterance>, bool)> {
    let queried = query(app, visit, after, limit).await?;
    let seen = contiguous(after, queried);
    let last = seen.last().map_or(after, |utterance| utterance.id.seq);
    Ok((seen, last < visit.utterances))
}

/// Every utterance of a visit; nothing when some cannot be seen yet: the decision is then taken again a moment later.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn all(app: &App, visit: &Visit) -> Result<Option<Vec<Utterance>>> {
    let (mut seen, mut last) = (Vec::new(), Seq::START);
    while last < visit.utterances {
        let (page, _) = after(app, visit, last, ROWS).await?;
        let Some(newest) = page.last() else { return Ok(None) };
        last = newest.id.seq;
        seen.extend(page);
    }
    Ok(Some(seen))
}

async fn query(app: &App, visit: &Visit, after: Seq, limit: u32) -> Result<Vec<Utterance>> {
    let page = app.store.query(Query {
        table: &app.store.tables.messages,
        index: None,
        partition: ("thread", number(&visit.visit.partition())),
        between: Some(("seq", number(&after.next().get()), number(&visit.utterances.max(after.next()).get()))),
        ascending: true,
        limit,
        after: None,
    });
    page.await?.items.into_iter().map(row).collect()
}
