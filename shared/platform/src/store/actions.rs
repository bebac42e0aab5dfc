//! `Threads`: `pk = V#<visit>`, `sk = ACTION#<number>` for an action of a visit; `sk = DETECTION#<hash>` for a text of an utterance
//! that was looked at, so that it is looked at once.

use domain::error::{Error, Result};
use domain::ids::{ActionId, Seq, VisitNo};
use domain::page::bad_cursor;
use domain::visit::Visit;
use domain::visit::action::{Action, HeardIn, NOT_FOUND};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text, visits};
use crate::App;
use crate::identity::Clinician;

fn action_key(id: ActionId) -> Item {
    key(visits::partition(id.visit), format!("ACTION#{:07}", id.seq.get()))
}

/// A text of an utterance that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    visit: VisitNo,
    hash: String,
    found: Found,
}

/// Which actions came of a text: so many, from this number on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The number of the first one, or where it would be.
    pub first: Seq,
    /// How many.
    pub count: u32,
}

impl Found {
    /// Those that were added to a visit behind the ones it had.
    #[must_use]
    pub fn behind(read: &Visit, added: usize) -> Self {
        Self { first: read.actions.next(), count: u32::try_from(added).unwrap_or_default() }
    }

    /// As a text that a guard remembers.
    #[must_use]
    pub fn memo(self) -> String {
        format!("{}+{}", self.first.get(), self.count)
    }

    /// What a guard remembers.
    #[must_use]
    pub fn of_memo(memo: &str) -> Option<Self> {
        let (first, count) = memo.split_once('+')?;
        Some(Self { first: Seq::new(first.parse().ok()?)?, count: count.parse().ok()? })
    }
}

impl Detection {
    /// The look at a text of an utterance of a visit.
    #[must_use]
    pub fn of(visit: VisitNo, (heard_in, text): (&HeardIn, &str), found: Found) -> Self {
        Self { visit, hash: hash(heard_in, text), found }
    }
}

fn hash(heard_in: &HeardIn, text: &str) -> String {
    let name = heard_in.name();
    let whole = format!("{}:{name}{text}", name.len());
    Sha256::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn detection_key(visit: VisitNo, hash: &str) -> Item {
    key(visits::partition(visit), format!("DETECTION#{hash}"))
}

pub(super) fn put_new(transaction: &mut Transaction, table: &str, action: &Action) -> Result<()> {
    transaction.put_new(Mark::Row, table, item(action_key(action.id), action)?)
}

pub(super) fn put_over(transaction: &mut Transaction, table: &str, (read, action): (&Action, &Action)) -> Result<()> {
    transaction.put_over(table, item(action_key(action.id), action)?, read.version)
}

pub(super) fn put_detection(transaction: &mut Transaction, table: &str, detection: &Detection) -> Result<()> {
    let key = detection_key(detection.visit, &detection.hash);
    transaction.put_new(Mark::Row, table, item(key, &detection.found)?)
}

/// What came of a text of an utterance, if it was looked at before.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn detected_before(app: &App, visit: &Visit, of: (&HeardIn, &str)) -> Result<Option<Found>> {
    app.store.get(&app.store.tables.threads, detection_key(visit.visit, &hash(of.0, of.1))).await
}

/// An action of the caller's organisation.
///
/// # Errors
/// [`Error::Missing`] when the organisation has no such action.
pub async fn load(app: &App, caller: &Clinician, id: ActionId) -> Result<Action> {
    let found: Option<Action> = app.store.get(&app.store.tables.threads, action_key(id)).await?;
    let action = found.ok_or(Error::Missing(NOT_FOUND))?;
    caller.may_see(action.organization_id).map_err(|error| error.or_missing(NOT_FOUND))?;
    Ok(action)
}

/// The actions of a visit that its reader was given, in order, and the cursor of the next ones.
///
/// # Errors
/// [`Error::Invalid`] for a cursor that is none.
pub async fn page(app: &App, visit: &Visit, cursor: Option<&str>, limit: u32) -> Result<(Vec<Action>, Option<String>)> {
    let after = cursor.map(|raw| raw.parse::<ActionId>().map_err(|_| bad_cursor())).transpose()?;
    let after = after.map(|id| ActionId { visit: visit.visit, ..id });
    let page = app.store.query(Query {
        table: &app.store.tables.threads,
        index: None,
        partition: ("pk", text(visits::partition(visit.visit))),
        between: Some(("sk", text("ACTION#"), text("ACTION#~"))),
        ascending: true,
        limit,
        after: after.map(action_key),
    });
    let page = page.await?;
    let actions = page.items.into_iter().map(row).collect::<Result<Vec<Action>>>()?;
    let next = page.next.and_then(|_| actions.last().map(|last| last.id.to_string()));
    Ok((actions, next))
}

/// The actions that came of a text. Nothing when some cannot be seen yet.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn found(app: &App, visit: &Visit, found: Found) -> Result<Option<Vec<Action>>> {
    let last = found.first.get().saturating_add(found.count);
    let numbers = (found.first.get()..last).filter_map(Seq::new);
    let keys = numbers.map(|seq| action_key(ActionId { visit: visit.visit, seq }));
    let mut actions = Vec::new();
    for key in keys {
        match app.store.get(&app.store.tables.threads, key).await? {
            Some(action) => actions.push(action),
            None => return Ok(None),
        }
    }
    Ok(Some(actions))
}
