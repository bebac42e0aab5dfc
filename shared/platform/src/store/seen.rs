//! `Threads`: `pk = SEEN#<reader>`, `sk = T#<thread>`. How far somebody has read a thread, and when that was last written into
//! the audit.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::account::Account;
use domain::audit::{Action, Actor, AuditDraft, AuditEntry};
use domain::error::Result;
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Deserialize;

use super::providers::written;
use super::transaction::Transaction;
use super::update::Update;
use super::{Item, Query, audit, key, number, row, text, versions};
use crate::App;
use crate::identity::{Reader, Therapist};

/// Somebody who looks on at the same messages is written down again after this.
const AGAIN_AFTER: Duration = Duration::from_hours(1);
/// When somebody last looked is known this exactly; a client asks every few seconds.
const LOOKED_WITHIN: Duration = Duration::from_mins(1);
/// Marks in one page of a query.
const PAGE: u32 = 1_000;

/// How far somebody has read a thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Mark {
    /// How many of the patient's messages they have marked as read.
    #[serde(default)]
    pub inbound: u32,
    /// The first message that they were shown.
    #[serde(default)]
    pub from: Option<Seq>,
    /// The last message that they were shown.
    #[serde(default)]
    pub through: Seq,
    /// When they last looked, within a minute.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// When that was last written into the audit.
    #[serde(default)]
    pub noted: Option<Timestamp>,
}

/// What part of a thread somebody is shown: its first and its last message; both the start when there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The first.
    pub from: Seq,
    /// The last.
    pub through: Seq,
}

impl Mark {
    /// How many of the patient's messages are unread.
    #[must_use]
    pub fn unread(self, thread: &Thread) -> u32 {
        thread.inbound.saturating_sub(self.inbound)
    }

    fn covers(self, shown: Shown) -> bool {
        shown.through <= self.through && self.from.is_some_and(|from| from <= shown.from)
    }
}

fn partition(reader: &str) -> String {
    format!("SEEN#{reader}")
}

fn mark_key(reader: &str, thread: ThreadNo) -> Item {
    key(partition(reader), format!("T#{thread}"))
}

/// Under which name a therapist's marks are kept.
pub(super) fn name_of(therapist: &Therapist) -> String {
    format!("therapist#{}", therapist.user())
}

/// All marks of a therapist.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_therapist(app: &App, therapist: &Therapist) -> Result<BTreeMap<ThreadNo, Mark>> {
    #[derive(Deserialize)]
    struct Row {
        sk: String,
        #[serde(flatten)]
        mark: Mark,
    }
    let mut marks = BTreeMap::new();
    let mut after = None;
    loop {
        let page = app.store.query(Query {
            table: &app.store.tables.threads,
            index: None,
            partition: ("pk", text(partition(&name_of(therapist)))),
            between: None,
            ascending: true,
            limit: PAGE,
            after,
        });
        let page = page.await?;
        for item in page.items {
            let Row { sk, mark } = row(item)?;
            let thread = sk.strip_prefix("T#").and_then(|no| no.parse().ok()).and_then(ThreadNo::new);
            marks.extend(thread.map(|thread| (thread, mark)));
        }
        after = page.next;
        if after.is_none() {
            return Ok(marks);
        }
    }
}

/// Marks everything that the patient wrote in a thread as read by a therapist.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when the table does not answer.
pub async fn mark_read(app: &App, therapist: &Therapist, thread: &Thread) -> Result<()> {
    let mut transaction = Transaction::default();
    let update = Update::of(&app.store.tables.threads, mark_key(&name_of(therapist), thread.thread));
    transaction.update(update.set("inbound", number(&thread.inbound)))?;
    versions::bump_marks(app, &mut transaction, &name_of(therapist))?;
    written(&transaction.insist(app).await?)
}

/// Somebody looks at a thread by writing in it.
#[derive(Debug)]
pub struct Looked {
    reader: String,
    thread: ThreadNo,
    /// How many of the patient's messages they have read by that.
    inbound: Option<u32>,
}

impl Looked {
    /// Whoever writes into a thread sees it; a therapist who `answers` has read what the subject wrote.
    #[must_use]
    pub fn at<'a>(thread: &Thread, reader: impl Into<Reader<'a>>, answers: bool) -> Option<Self> {
        let (name, _) = described(reader.into())?;
        Some(Self { reader: name, thread: thread.thread, inbound: answers.then_some(thread.inbound) })
    }
}

/// Marks, together with what they write, that somebody looked.
pub(super) fn put(app: &App, transaction: &mut Transaction, looked: &Looked) -> Result<()> {
    let mut update = Update::of(&app.store.tables.threads, mark_key(&looked.reader, looked.thread));
    update = update.set("at", number(&app.now().millis()));
    if let Some(inbound) = looked.inbound {
        update = update.set("inbound", number(&inbound));
        versions::bump_marks(app, transaction, &looked.reader)?;
    }
    transaction.update(update)
}

/// Writes down that somebody was shown messages of a thread: when they were not shown all of them before, or an hour later.
/// A patient's reading of their own thread is only marked.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when it cannot be written: nothing is shown then.
pub async fn note(app: &App, reader: impl Into<Reader<'_>>, (thread, shown): (&Thread, Shown)) -> Result<()> {
    let Some((name, actor)) = described(reader.into()) else { return Ok(()) };
    let table = &app.store.tables.threads;
    let known: Option<Mark> = app.store.get(table, mark_key(&name, thread.thread)).await?;
    let (known, now) = (known.unwrap_or_default(), app.now());
    let was = |moment: Option<Timestamp>, within| moment.is_some_and(|at| now.since(at) < within);
    let is_told = actor == Actor::Patient || (known.covers(shown) && was(known.noted, AGAIN_AFTER));
    if is_told && was(known.at, LOOKED_WITHIN) {
        return Ok(());
    }
    let mut transaction = Transaction::default();
    let mut update = Update::of(table, mark_key(&name, thread.thread)).set("at", number(&now.millis()));
    if !is_told {
        let from = known.from.map_or(shown.from, |from| from.min(shown.from));
        update = update
            .set("from", number(&from.get()))
            .set("through", number(&shown.through.max(known.through).get()))
            .set("noted", number(&now.millis()));
        audit::put(app, &mut transaction, &entry(thread, AuditDraft { actor, action: read(thread, shown) }, now))?;
    }
    transaction.update(update)?;
    written(&transaction.insist(app).await?)
}

fn read(thread: &Thread, shown: Shown) -> Action {
    let message = |seq: Seq| (seq > Seq::START).then_some(MessageId { thread: thread.thread, seq });
    Action::ThreadRead { from: message(shown.from), through: message(shown.through) }
}

/// Writes down that a therapist was shown the private notes of a thread.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Unconfirmed`] when it cannot be written: nothing is shown then.
pub async fn note_notes(app: &App, therapist: &Therapist, thread: &Thread) -> Result<()> {
    let mut transaction = Transaction::default();
    let actor = Actor::Therapist { user_id: therapist.user() };
    let draft = AuditDraft { actor, action: Action::NotesRead };
    audit::put(app, &mut transaction, &entry(thread, draft, app.now()))?;
    written(&transaction.insist(app).await?)
}

fn entry(thread: &Thread, AuditDraft { actor, action }: AuditDraft, at: Timestamp) -> AuditEntry {
    let (organization_id, patient_id) = (thread.organization_id, thread.patient_id);
    AuditEntry { organization_id, patient_id, thread: thread.thread, actor, action, at }
}

/// When the patient of a thread last looked at it.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn by_patient(app: &App, thread: &Thread) -> Result<Option<Timestamp>> {
    let Some(account) = &thread.account else { return Ok(None) };
    let key = mark_key(&account.to_string(), thread.thread);
    let mark: Option<Mark> = app.store.get(&app.store.tables.threads, key).await?;
    Ok(mark.and_then(|mark| mark.at))
}

/// Under which name somebody's marks are kept, and who they are in the audit; nobody for what runs without a user.
fn described(reader: Reader<'_>) -> Option<(String, Actor)> {
    let own = |account: &Account| (account.to_string(), Actor::Patient);
    Some(match reader {
        Reader::Therapist(therapist) => (name_of(therapist), Actor::Therapist { user_id: therapist.user() }),
        Reader::Subject(subject) => own(&subject.account()),
        Reader::Patient(patient) => own(patient.account()),
        Reader::CareTeam(caller) => {
            let name = format!("provider#{}#{}", caller.organization(), caller.provider());
            (name, Actor::Provider { provider_id: caller.provider() })
        }
        Reader::Administrator(administrator) => {
            let account = administrator.identity().subject().to_owned();
            (format!("admin#{account}"), Actor::Administrator { account })
        }
        Reader::Machine(_) => return None,
    })
}
