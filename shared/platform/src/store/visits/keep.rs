//! Keeping a change of a visit: the visit, what was added to it, what others are told of that, and the guard, in one transaction.

use domain::error::Result;
use domain::event::{EventDraft, Stream};
use domain::time::Timestamp;
use domain::visit::Visit;
use domain::visit::action::Action;
use domain::visit::alert::VisitAlert;
use domain::visit::audit::VisitAudit;
use domain::visit::session::Session;
use domain::visit::summary::Summary;
use domain::visit::utterance::Utterance;

use crate::App;
use crate::store::events::{self, Announcement};
use crate::store::guards::{self, Guard, KeptBy};
use crate::store::retry::Attempt;
use crate::store::transaction::{Mark, Transaction};
use crate::store::{actions, item, key, sessions, summaries, utterances};
use crate::webhook::payload::Payload;

/// A change of a visit, with everything that is kept together with it.
#[derive(Debug, Default)]
pub struct Change<'a> {
    /// The visit as it was read, when it changes or begins.
    pub read: Option<&'a Visit>,
    /// The visit as it will be; absent when only something that hangs on it changes.
    pub visit: Option<&'a Visit>,
    /// The session in which the visit begins, as it was read and as it will be.
    pub session: Option<(&'a Session, &'a Session)>,
    /// An utterance that is added.
    pub utterance: Option<&'a Utterance>,
    /// An alert that is raised.
    pub alert: Option<&'a VisitAlert>,
    /// Actions that are added.
    pub actions: &'a [Action],
    /// What was looked at for them, so that it is looked at once.
    pub detection: Option<&'a actions::Detection>,
    /// An action that is decided, as it was read and as it will be.
    pub decided: Option<(&'a Action, &'a Action)>,
    /// A summary, as it was read when it was there, and as it will be.
    pub summary: Option<(Option<&'a Summary>, &'a Summary)>,
    /// When a model is to write the summary; `Some(None)` when it is no longer owed.
    pub job: Option<Option<Timestamp>>,
    /// What the client wrote down.
    pub transcript: Option<&'a str>,
    /// What other systems are told.
    pub told: Vec<(EventDraft, Payload)>,
    /// The events of the visit as they were read, when that was needed for what is kept.
    pub stream: Option<Stream>,
    /// What was done, for the audit, and by whom when it was not the product itself.
    pub audit: Option<VisitAudit>,
}

/// How a change came to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// By this request.
    Now,
    /// By an earlier request with the same guard.
    Before {
        /// The number of what it kept: of an utterance, an action, a summary, a visit.
        id: u64,
        /// What it was to remember.
        memo: Option<String>,
    },
}

impl From<KeptBy> for Kept {
    fn from(by: KeptBy) -> Self {
        match by {
            KeptBy::Us => Self::Now,
            KeptBy::Earlier(pointer) => Self::Before { id: pointer.id, memo: pointer.memo },
        }
    }
}

/// Keeps a change once. `id` is the number that an answer to the same request again begins from. Raced when a row is no longer as
/// it was read, or another event of the visit came in between.
///
/// # Errors
/// [`domain::Error::IdempotencyKeyReused`] when the guard belongs to another body; [`domain::Error::Unconfirmed`] when no answer came and the guard
/// cannot be read either.
pub async fn keep(app: &App, change: &Change<'_>, (guard, id): (&Guard, u64)) -> Result<Attempt<Kept>> {
    let mut transaction = Transaction::default();
    compose(app, &mut transaction, change)?;
    announce(app, &mut transaction, change).await?;
    let pointer = guard.pointer(id, true);
    Ok(match guards::keep(app, transaction, (guard, pointer)).await? {
        Attempt::Done(by) => Attempt::Done(by.into()),
        Attempt::Raced => Attempt::Raced,
    })
}

/// Uses up a client's key for a request that changes nothing, because everything is so already.
///
/// # Errors
/// As [`keep`].
pub async fn keep_nothing(app: &App, (guard, id): (&Guard, u64)) -> Result<Attempt<Kept>> {
    if !guard.is_from_client() {
        return Ok(Attempt::Done(Kept::Now));
    }
    keep(app, &Change::default(), (guard, id)).await
}

/// What an earlier request with the same key kept, if there was one. For a request that would now be refused: what was answered
/// once is answered again.
///
/// # Errors
/// [`domain::Error::IdempotencyKeyReused`] when the guard belongs to another body.
pub async fn kept_before(app: &App, guard: &Guard) -> Result<Option<Kept>> {
    Ok(guards::kept_before(app, guard).await?.map(Kept::from))
}

fn compose(app: &App, transaction: &mut Transaction, change: &Change<'_>) -> Result<()> {
    let tables = &app.store.tables;
    if let Some(visit) = change.visit {
        super::write(transaction, &tables.threads, (change.read, visit))?;
    }
    if let Some(change) = change.session {
        sessions::write(transaction, &tables.records, change)?;
    }
    if let Some(utterance) = change.utterance {
        utterances::put(transaction, app, utterance)?;
    }
    if let Some(alert) = change.alert {
        super::put_alert(transaction, &tables.threads, alert)?;
    }
    for action in change.actions {
        actions::put_new(transaction, &tables.threads, action)?;
    }
    if let Some(detection) = change.detection {
        actions::put_detection(transaction, &tables.threads, detection)?;
    }
    if let Some((read, action)) = change.decided {
        actions::put_over(transaction, &tables.threads, (read, action))?;
    }
    if let Some((read, summary)) = change.summary {
        summaries::write(transaction, &tables.threads, (read, summary))?;
        if let Some(due) = change.job {
            summaries::owe(transaction, &tables.threads, summary.id, due)?;
        }
    }
    if let (Some(transcript), Some(visit)) = (change.transcript, change.visit) {
        super::put_transcript(transaction, &tables.threads, visit.visit, transcript)?;
    }
    change.audit.as_ref().map_or(Ok(()), |entry| put_audit(app, transaction, entry))
}

/// `Audit`: `pk = VISIT#<visit>`, `sk = <milliseconds>#<random>`.
fn put_audit(app: &App, transaction: &mut Transaction, entry: &VisitAudit) -> Result<()> {
    let sort = format!("{:013}#{:016x}", entry.at.millis(), app.random.bits());
    let key = key(format!("VISIT#{}", entry.visit.get()), sort);
    transaction.put_new(Mark::Row, &app.store.tables.audit, item(key, entry)?)
}

/// Gives what is told its place among the events of the visit.
async fn announce(app: &App, transaction: &mut Transaction, change: &Change<'_>) -> Result<()> {
    let Some(visit) = change.visit.or(change.read).filter(|_| !change.told.is_empty()) else { return Ok(()) };
    let mut stream = match change.stream {
        Some(stream) => stream,
        None => events::stream(app, visit.organization_id, visit.stream()).await?,
    };
    let mut announcements = Vec::new();
    for (draft, payload) in &change.told {
        let (event, after) = stream.next(*draft, app.now());
        stream = after;
        announcements.push(Announcement { event, payload: payload.clone() });
    }
    events::compose(app, transaction, &announcements)
}

impl Change<'_> {
    /// Whether others are told something.
    #[must_use]
    pub fn tells(&self) -> bool {
        !self.told.is_empty()
    }
}
