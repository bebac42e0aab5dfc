//! `Records`: `pk = EVENTS#<stream>`, `sk = HEAD` for how far a stream has come, `sk = EVENT#<number>` for an event and
//! what it tells; `pk = ORG#<organization>`, `sk = EVENT#<moment>#<id>` for an organisation's events by time. `Threads`:
//! `pk = EVENTS#<stream>`, `sk = JOB#EVENTS`, in the index `due` until its subscribers' lanes know of it.

use std::time::Duration;

use domain::delivery::HINT_GRACE;
use domain::error::Result;
use domain::event::{Event, Stream};
use domain::ids::{EventId, OrganizationId, Seq, StreamNo};
use domain::time::Timestamp;
use domain::webhook::attempt::Execution;
use domain::webhook::lane::Lane;
use serde::{Deserialize, Serialize};

use super::transaction::{Mark, Transaction};
use super::update::{Condition, Update};
use super::{Item, Query, executions, item, jobs, key, lanes, number, row, text};
use crate::App;
use crate::identity::Machine;
use crate::queue::WebhookHint;
use crate::webhook::payload::Payload;

/// How long events are kept, and so can be told again.
pub const KEPT: Duration = Duration::from_hours(30 * 24);

/// Events of an organisation that are looked at together.
const PAGE: u32 = 100;

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
pub(super) struct Expiring<'a, T> {
    #[serde(flatten)]
    pub(super) row: &'a T,
    pub(super) expires: i64,
}

/// How far a stream has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// The number of its last event.
    pub last: Seq,
    /// Up to here its subscribers' lanes know of them.
    #[serde(default)]
    pub told: Seq,
    /// When the last event happened.
    pub at: Timestamp,
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
    Ok(Stream { organization_id, no, last: head.map_or(Seq::START, |head| head.last) })
}

/// How far a stream has come; nothing when it has no events.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn head(app: &App, _: Machine, stream: StreamNo) -> Result<Option<Head>> {
    app.store.get(&app.store.tables.records, head_key(stream)).await
}

/// The events of a stream after one up to another, in their order, at most so many. What cannot be seen is not among them.
///
/// # Errors
/// As [`head`].
pub async fn after(
    app: &App,
    _: Machine,
    (stream, done, last): (StreamNo, Seq, Seq),
    most: u32,
) -> Result<Vec<Announcement>> {
    let sort = |seq: Seq| text(format!("EVENT#{:07}", seq.get()));
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(format!("EVENTS#{stream}"))),
        between: Some(("sk", sort(done.next()), sort(last))),
        ascending: true,
        limit: most,
        after: None,
    });
    page.await?.items.into_iter().map(row).collect()
}

/// Events of an organisation between two moments, in the order in which they happened, behind one, at most so many; and whether
/// there are more.
///
/// # Errors
/// As [`head`].
pub async fn since(
    app: &App,
    _: Machine,
    organization: OrganizationId,
    (since, until, behind): (Timestamp, Timestamp, Option<&Event>),
) -> Result<(Vec<Event>, bool)> {
    let sort = |moment: Timestamp, end: &str| text(format!("EVENT#{:013}#{end}", moment.millis()));
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(format!("ORG#{organization}"))),
        between: Some(("sk", sort(since, ""), sort(until, "~"))),
        ascending: true,
        limit: PAGE,
        after: behind.map(moment_key),
    });
    let page = page.await?;
    let events = page.items.into_iter().map(row).collect::<Result<_>>()?;
    Ok((events, page.next.is_some()))
}

/// Keeps that the lanes of a stream's subscribers know of its events up to one. `false` when the stream or a lane is no longer as it
/// was read.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when the table does not answer.
pub async fn spread(
    app: &App,
    (stream, head, through): (StreamNo, &Head, Seq),
    lanes: &[(Option<Lane>, Lane)],
    impossible: &[(EventId, Execution)],
) -> Result<bool> {
    let mut transaction = Transaction::default();
    let told = match head.told {
        Seq::START => Condition::Absent("told"),
        told => Condition::Equals("told", number(&told.get())),
    };
    let update = Update::of(&app.store.tables.records, head_key(stream)).when(told);
    let update = update.when(Condition::Equals("last", number(&head.last.get())));
    transaction.update(update.set("told", number(&through.get())))?;
    for (read, lane) in lanes {
        lanes::put(app, &mut transaction, read.as_ref(), lane)?;
    }
    for (event, execution) in impossible {
        executions::put(app, &mut transaction, *event, execution)?;
    }
    if through == head.last {
        jobs::events(&mut transaction, &app.store.tables.threads, stream, None)?;
    }
    transaction.happens(app).await
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
    let due = Some(app.now().plus(HINT_GRACE));
    jobs::events(transaction, &app.store.tables.threads, last.id.stream, due)
}

/// Tells whoever delivers webhooks that a stream has new events. Never fails: what is lost, the sweeper repeats.
pub async fn tell(app: &App, stream: StreamNo) {
    app.hints.tell_webhook(app, WebhookHint::Events { stream }, Duration::ZERO).await;
}
