//! The tables, with DynamoDB's semantics: conditional transactions over rows, client request tokens, conflicts, plain
//! reads that see the rows of one transaction at different moments, and an index that lags.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use domain::contact::ContactKey;
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::message::Message;
use domain::task::Task;
use domain::time::Timestamp;

use value::{Key, Value};
use write::Write;

pub(crate) mod value;
pub(crate) mod write;

/// A row: as readers see it, and what is kept already but not yet visible.
#[derive(Debug, Default)]
struct Row {
    visible: Option<Value>,
    coming: VecDeque<(Timestamp, Value)>,
    /// Until then another transaction meets this one here.
    busy_until: Option<Timestamp>,
}

impl Row {
    fn committed(&self) -> Option<&Value> {
        self.coming.back().map(|(_, value)| value).or(self.visible.as_ref())
    }

    fn seen_at(&mut self, now: Timestamp) -> Option<&Value> {
        while self.coming.front().is_some_and(|(from, _)| *from <= now) {
            self.visible = self.coming.pop_front().map(|(_, value)| value);
        }
        self.visible.as_ref()
    }

    fn keep(&mut self, value: Value, from: Timestamp) {
        // What was kept later is never seen earlier.
        let from = self.coming.back().map_or(from, |(last, _)| from.max(*last));
        self.coming.push_back((from, value));
    }
}

/// What a transaction changed.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The row.
    pub(crate) key: Key,
    /// As it was.
    pub(crate) before: Option<Value>,
    /// As it is.
    pub(crate) after: Value,
}

/// The answer to a transaction.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It is kept.
    Kept(Vec<Changed>),
    /// An earlier sending with the same token was kept.
    KeptBefore,
    /// An earlier sending with the same token is being executed.
    InProgress,
    /// It writes a row twice.
    Invalid,
    /// Nothing is kept; per write, why.
    Cancelled(Vec<Reason>),
}

/// What a cancelled transaction says about one of its writes.
#[derive(Debug, Clone)]
pub(crate) enum Reason {
    /// Nothing is wrong with this one.
    None,
    /// Its condition did not hold for this row.
    Condition(Option<Value>),
    /// Another transaction is at this row.
    Conflict,
}

/// A part of a thread's numbers, both ends among them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Range {
    pub(crate) low: Seq,
    pub(crate) high: Seq,
    /// At most so many.
    pub(crate) limit: usize,
    /// Whether those at the high end are wanted.
    pub(crate) newest: bool,
}

/// How a transaction is executed.
#[derive(Debug)]
pub(crate) struct Execution {
    /// The client request token.
    pub(crate) token: u64,
    /// How long other transactions meet this one.
    pub(crate) takes: Duration,
    /// How much later than the commit each row becomes visible, in the order of the writes; no entry means at once.
    pub(crate) lags: Vec<Duration>,
    /// How much later the due index follows.
    pub(crate) index_lag: Duration,
}

/// What the product owes a thread (`store::jobs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Job {
    /// A reply of the assistant.
    Reply,
    /// A check-in, or the end of the wait for its answer.
    CheckIn,
}

/// All tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// The messages, by their public integer.
    messages: BTreeMap<u64, Row>,
    /// The rows of all other tables.
    others: BTreeMap<Key, Row>,
    tokens: BTreeMap<u64, Timestamp>,
    due: BTreeMap<MessageId, VecDeque<(Timestamp, Option<Timestamp>)>>,
}

impl Tables {
    /// Executes a transaction: all of it, or nothing.
    pub(crate) fn transact(&mut self, writes: &[Write], how: &Execution, now: Timestamp) -> Answer {
        if let Some(until) = self.tokens.get(&how.token) {
            return if *until <= now { Answer::KeptBefore } else { Answer::InProgress };
        }
        let keys: Vec<Key> = writes.iter().map(Write::key).collect();
        if is_written_twice(&keys) {
            return Answer::Invalid;
        }
        let reasons: Vec<Reason> = writes.iter().zip(&keys).map(|(write, key)| self.reason(write, key, now)).collect();
        if reasons.iter().any(|reason| !matches!(reason, Reason::None)) {
            return Answer::Cancelled(reasons);
        }
        self.tokens.insert(how.token, now.plus(how.takes));
        let mut lags = how.lags.iter().copied();
        let mut changes = Vec::with_capacity(writes.len());
        for (write, key) in writes.iter().zip(keys) {
            let visible_from = now.plus(lags.next().unwrap_or_default());
            changes.extend(self.apply(write, key, (now.plus(how.takes), visible_from)));
        }
        for change in &changes {
            self.index(change, now.plus(how.index_lag));
        }
        Answer::Kept(changes)
    }

    fn row(&self, key: &Key) -> Option<&Row> {
        match key {
            Key::Message(id) => self.messages.get(&id.get()),
            other => self.others.get(other),
        }
    }

    fn row_mut(&mut self, key: &Key) -> &mut Row {
        match key {
            Key::Message(id) => self.messages.entry(id.get()).or_default(),
            other => self.others.entry(other.clone()).or_default(),
        }
    }

    fn reason(&self, write: &Write, key: &Key, now: Timestamp) -> Reason {
        let row = self.row(key);
        let committed = row.and_then(Row::committed);
        if row.and_then(|row| row.busy_until).is_some_and(|until| now < until) {
            Reason::Conflict
        } else if write.holds(committed, now) {
            Reason::None
        } else {
            Reason::Condition(committed.cloned())
        }
    }

    fn apply(&mut self, write: &Write, key: Key, times: (Timestamp, Timestamp)) -> Option<Changed> {
        let (busy_until, visible_from) = times;
        let row = self.row_mut(&key);
        row.busy_until = Some(busy_until);
        let before = row.committed().cloned();
        let after = write.after(before.as_ref())?;
        row.keep(after.clone(), visible_from);
        Some(Changed { key, before, after })
    }

    /// The due index follows a message, later.
    fn index(&mut self, change: &Changed, from: Timestamp) {
        let due = |message: &Rc<Message>| message.delivery.as_ref().and_then(|delivery| delivery.due);
        let (Key::Message(id), Some(message)) = (&change.key, change.after.message()) else { return };
        let before = change.before.as_ref().and_then(Value::message).and_then(due);
        if before != due(message) {
            let entry = self.due.entry(*id).or_default();
            let from = entry.back().map_or(from, |(last, _)| from.max(*last));
            entry.push_back((from, due(message)));
        }
    }

    /// Takes messages out of the due index for good: only mutants do that.
    pub(crate) fn forget_due(&mut self, id: MessageId) {
        self.due.remove(&id);
    }

    /// The threads of what is due, as far as the index knows.
    pub(crate) fn due(&mut self, now: Timestamp) -> Vec<ThreadNo> {
        let mut threads = Vec::new();
        self.due.retain(|id, states| {
            while states.get(1).is_some_and(|(from, _)| *from <= now) {
                states.pop_front();
            }
            let state = states.front().filter(|(from, _)| *from <= now);
            if state.is_some_and(|(_, due)| due.is_some_and(|due| due <= now)) && threads.last() != Some(&id.thread) {
                threads.push(id.thread);
            }
            states.len() > 1 || state.is_none_or(|(_, due)| due.is_some())
        });
        threads
    }

    /// The threads with a job that is due. Job rows are written with their thread's, so what readers see of it tells.
    pub(crate) fn jobs_due(&mut self, job: Job, now: Timestamp) -> Vec<ThreadNo> {
        let rows = self.others.iter_mut().filter(|(key, _)| matches!(key, Key::Thread(_)));
        let due = rows.filter_map(|(_, row)| {
            let thread = row.seen_at(now)?.thread()?;
            let due = match job {
                Job::Reply => thread.care.assistant.job_due(),
                Job::CheckIn => thread.care.task.as_ref().and_then(Task::due),
            };
            due.filter(|due| *due <= now).map(|_| thread.thread)
        });
        due.collect()
    }

    /// A row as a plain read sees it.
    pub(crate) fn seen(&mut self, key: &Key, now: Timestamp) -> Option<Value> {
        let row = match key {
            Key::Message(id) => self.messages.get_mut(&id.get()),
            other => self.others.get_mut(other),
        };
        row?.seen_at(now).cloned()
    }

    /// Messages of a thread as a query sees them, in ascending order.
    pub(crate) fn messages(&mut self, thread: ThreadNo, range: Range, now: Timestamp) -> Vec<Rc<Message>> {
        if range.low > range.high {
            return Vec::new();
        }
        let key = |seq| MessageId { thread, seq }.get();
        let rows = self.messages.range_mut(key(range.low)..=key(range.high));
        let seen = |(_, row): (&u64, &mut Row)| row.seen_at(now)?.message().cloned();
        if range.newest {
            let mut found: Vec<_> = rows.rev().filter_map(seen).take(range.limit).collect();
            found.reverse();
            return found;
        }
        rows.filter_map(seen).take(range.limit).collect()
    }

    /// A row as it is kept: what the checker and the world's own bookkeeping look at, never a process.
    pub(crate) fn kept(&self, key: &Key) -> Option<&Value> {
        self.row(key)?.committed()
    }

    /// Every row as it is kept.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Value> {
        self.messages.values().chain(self.others.values()).filter_map(Row::committed)
    }

    /// Puts a row before the run begins.
    pub(crate) fn seed(&mut self, key: &Key, value: Value) {
        self.row_mut(key).visible = Some(value);
    }

    /// The contact behind an identity as it is kept, an alias resolved.
    pub(crate) fn contact(&self, identity: &ContactKey) -> Option<&Value> {
        match self.kept(&Key::Contact(identity.clone()))? {
            Value::Alias(key) => self.kept(&Key::Contact(key.clone())),
            contact => Some(contact),
        }
    }
}

fn is_written_twice(keys: &[Key]) -> bool {
    keys.split_first().is_some_and(|(first, rest)| rest.contains(first) || is_written_twice(rest))
}
