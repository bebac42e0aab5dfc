//! `Records`: `pk = WEBHOOK#<endpoint>`, `sk = ATTEMPT#<moment>#<event>#<number>`. Attempts to tell an endpoint, for as long as events
//! are kept.

use domain::error::Result;
use domain::ids::EndpointId;
use domain::webhook::attempt::AttemptRecord;
use domain::webhook::endpoint::Endpoint;

use super::events::{Expiring, KEPT};
use super::transaction::Transaction;
use super::{Item, Query, item, key, row, text};
use crate::App;

/// A place in the list of an endpoint's attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptCursor(String);

impl AttemptCursor {
    /// The place behind an attempt.
    #[must_use]
    pub fn behind(record: &AttemptRecord) -> Self {
        Self(format!("{:013}#{:016}#{:03}", record.at.millis(), record.event_id.get(), record.attempt))
    }

    /// The place with this text; nothing when it is none.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let mut parts = raw.split('#').map(str::len);
        let fits = [parts.next(), parts.next(), parts.next(), parts.next()] == [Some(13), Some(16), Some(3), None];
        let is_plain = raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'#');
        (fits && is_plain).then(|| Self(raw.to_owned()))
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn attempt_key(endpoint: EndpointId, cursor: &AttemptCursor) -> Item {
    key(format!("WEBHOOK#{endpoint}"), format!("ATTEMPT#{}", cursor.0))
}

pub(super) fn put(
    app: &App,
    transaction: &mut Transaction,
    endpoint: EndpointId,
    record: &AttemptRecord,
) -> Result<()> {
    let expires = record.at.plus(KEPT).seconds();
    let row = item(attempt_key(endpoint, &AttemptCursor::behind(record)), &Expiring { row: record, expires })?;
    transaction.put(&app.store.tables.records, row)
}

/// The newest attempts to tell an endpoint that its reader was given, newest first, from a place on; and whether there are more.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn page(
    app: &App,
    endpoint: &Endpoint,
    (after, limit): (Option<&AttemptCursor>, u32),
) -> Result<(Vec<AttemptRecord>, bool)> {
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(format!("WEBHOOK#{}", endpoint.id))),
        between: Some(("sk", text("ATTEMPT#"), text("ATTEMPT#~"))),
        ascending: false,
        // One more than is shown tells whether there are more.
        limit: limit.saturating_add(1),
        after: after.map(|after| attempt_key(endpoint.id, after)),
    });
    let page = page.await?;
    let mut attempts = page.items.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = attempts.len() > shown;
    attempts.truncate(shown);
    Ok((attempts, more))
}
