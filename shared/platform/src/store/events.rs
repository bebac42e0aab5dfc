//! `Records`: `pk = EVENTS#<stream>`, `sk = HEAD` for the number of a stream's last event, `sk = EVENT#<number>` for an event and
//! what it tells; `pk = ORG#<organization>`, `sk = EVENT#<moment>#<id>` for an organisation's events by time. `Threads`:
//! `pk = EVENTS#<stream>`, `sk = JOB#EVENTS`, in the index `due` until its subscribers' lanes know of it.

use std::time::Duration;

use domain::delivery::HINT_GRACE;
use domain::error::Result;
use domain::event::{Event, Stream};
use domain::ids::{EventId, OrganizationId, Seq, StreamNo};
use serde::{Deserialize, Serialize};

use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, item, jobs, key, number};
use crate::App;
use crate::queue::WebhookHint;
use crate::webhook::payload::Payload;

/// How long events are kept, and so can be told again.
pub const KEPT: Duration = Duration::from_hours(30 * 24);

/// An event and what it tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// What is told of it.
    pub payload: Payload,
}

/// A row that DynamoDB deletes by itself.
#[derive(Debug, Serialize)]
struct Expiring<'a, T> {
    #[serde(flatten)]
    row: &'a T,
    expires: i64,
}

#[derive(Debug, Default, Deserialize)]
struct Head {
    last: Seq,
}

fn head_key(stream: StreamNo) -> Item {
    key(format!("EVENTS#{stream}"), "HEAD")
}

fn event_key(id: EventId) -> Item {
    key(format!("EVENTS#{}", id.stream), format!("EVENT#{:07}", id.seq.get()))
}

fn moment_key(event: &Event) -> Item {
    let moment = format!("EVENT#{:013}#{}", event.at.millis(), event.id.get());
    key(format!("ORG#{}", event.organization_id), moment)
}

/// The stream of a conversation that its reader was given, so that the next event can follow it.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn stream(app: &App, organization_id: OrganizationId, no: StreamNo) -> Result<Stream> {
    let head: Option<Head> = app.store.get(&app.store.tables.records, head_key(no)).await?;
    Ok(Stream { organization_id, no, last: head.unwrap_or_default().last })
}

/// Adds events of one stream to the transaction of what they tell of: all of them, in their order, after the last one that was
/// read. The transaction is refused as raced when another event came in between; the decision is then taken again.
///
/// # Errors
/// [`domain::Error::Internal`] when a row cannot be written down.
pub(super) fn compose(app: &App, transaction: &mut Transaction, announcements: &[Announcement]) -> Result<()> {
    let (Some(first), Some(last)) = (announcements.first(), announcements.last()) else { return Ok(()) };
    let (first, last) = (&first.event, &last.event);
    let records = &app.store.tables.records;
    let read = first.id.seq.back(1);
    let unchanged =
        if read == Seq::START { Condition::Absent("last") } else { Condition::Equals("last", number(&read.get())) };
    let head = Update::of(records, head_key(last.id.stream)).when(unchanged);
    transaction.update(head.set("last", number(&last.id.seq.get())).set("at", number(&last.at.millis())))?;
    for announcement in announcements {
        let event = &announcement.event;
        let expires = event.at.plus(KEPT).seconds();
        let row = item(event_key(event.id), &Expiring { row: announcement, expires })?;
        transaction.put_new(Mark::Row, records, row)?;
        transaction.put_new(Mark::Row, records, item(moment_key(event), &Expiring { row: event, expires })?)?;
    }
    jobs::events(transaction, &app.store.tables.threads, (last.id.stream, last.id.seq), last.at.plus(HINT_GRACE))
}

/// Tells whoever delivers webhooks that a stream has new events. Never fails: what is lost, the sweeper repeats.
pub async fn tell(app: &App, stream: StreamNo) {
    app.hints.tell_webhook(app, WebhookHint::Events { stream }, Duration::ZERO).await;
}
