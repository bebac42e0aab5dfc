//! `store::transaction`: the effect and its guard together, or neither; sent with one token until an answer comes.
//! Between the sender and the table lies a network that loses requests and answers and delivers late.

use std::rc::Rc;
use std::time::Duration;

use domain::error::{Error, Result};

use super::{Attempts, jittered};
use crate::counters::Count;
use crate::faults::{
    ANSWER_LOST, CALL_TIMEOUT, CURSED, EXECUTED_LATE, INDEX_LAGS, LATEST_EXECUTION_MS, LONGEST_TEAR_MS, REQUEST_LOST,
    STRANGE_CONFLICT, TORN, TORN_FOR_LONG, WRITE_THROTTLED,
};
use crate::mutation::Mutation;
use crate::table::value::GuardRow;
use crate::table::write::Write;
use crate::table::{Answer, Execution, Reason};
use crate::world::World;

/// How often one transaction is sent again before its outcome is looked up.
const RESENDS: u32 = 4;
/// The longest wait before the first resend; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// Writes that are kept together.
#[derive(Debug, Default)]
pub(crate) struct Transaction {
    writes: Vec<Write>,
    /// One mutant does not repeat a sending: it begins a new request.
    pub(crate) is_sent_once: bool,
}

/// What became of a transaction.
#[derive(Debug)]
pub(crate) enum Written {
    /// It is kept.
    Done,
    /// Conditions did not hold; the guard row, if it was among them.
    Refused(Option<GuardRow>),
    /// Another transaction was at the same rows.
    Contended,
    /// Nobody knows: no answer came, as often as it was sent.
    Unknown,
}

/// What one sending came to.
enum Sent {
    Answered(Answer),
    /// The table said that it did nothing for now.
    Throttled,
    /// Nobody said anything.
    Silence,
}

impl Transaction {
    pub(crate) fn push(&mut self, write: Write) {
        self.writes.push(write);
    }

    /// Pushes a write, without its condition in one mutant.
    pub(crate) fn push_unless(&mut self, is_blind: bool, write: Write) {
        self.push(if is_blind { Write::Unchecked(Box::new(write)) } else { write });
    }

    /// As [`Self::run`], but again while others are at the same rows.
    pub(crate) async fn insist(&self, world: &World) -> Result<Written> {
        let mut attempts = Attempts::default();
        loop {
            match self.run(world).await? {
                Written::Contended => attempts.again(world).await?,
                written => return Ok(written),
            }
        }
    }

    /// Sends the transaction until an answer comes, with one token for all sendings.
    pub(crate) async fn run(&self, world: &World) -> Result<Written> {
        let writes: Rc<[Write]> = self.writes.clone().into();
        let token = world.bits();
        let is_cursed = world.trouble(CURSED);
        let mut unheard = false;
        let mut ceiling = FIRST_WAIT;
        for attempt in 0..=RESENDS {
            match send(world, &writes, token, is_cursed).await {
                Sent::Answered(Answer::Kept(_)) => return Ok(Written::Done),
                Sent::Answered(Answer::KeptBefore) => {
                    world.count(Count::TokensMet);
                    return Ok(Written::Done);
                }
                Sent::Answered(Answer::Invalid) => return Err(Error::Internal),
                Sent::Answered(Answer::Cancelled(reasons)) => match refused(&reasons) {
                    Some(guard) => return Ok(Written::Refused(guard)),
                    None if !unheard || world.is(Mutation::ContentionHasTheLastWord) => return Ok(Written::Contended),
                    // An earlier sending may still be executed: "another was faster" would be a lie.
                    None => world.count(Count::ContendedAfterSilence),
                },
                Sent::Answered(Answer::InProgress) | Sent::Silence => unheard = true,
                Sent::Throttled => {}
            }
            if unheard && self.is_sent_once {
                return Ok(Written::Unknown);
            }
            if attempt < RESENDS {
                let wait = jittered(ceiling, world.bits());
                world.kernel.sleep(wait).await;
                ceiling *= 2;
            }
        }
        world.count(Count::UnknownOutcomes);
        Ok(Written::Unknown)
    }
}

/// Whether a condition failed, and the guard row if it was the guard's.
fn refused(reasons: &[Reason]) -> Option<Option<GuardRow>> {
    let failed = reasons.iter().filter_map(|reason| match reason {
        Reason::Condition(row) => Some(row.as_ref().and_then(crate::table::value::Value::guard)),
        Reason::None | Reason::Conflict => None,
    });
    failed.reduce(Option::or)
}

/// What becomes of one sending.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Executed,
    Throttled,
    Conflict,
    RequestLost,
    ExecutedLate,
    AnswerLost,
}

/// Troubles come alone, and at times all at once to every sending of one transaction.
fn fate(world: &World, is_cursed: bool) -> Fate {
    if is_cursed {
        let fates = [Fate::ExecutedLate, Fate::ExecutedLate, Fate::RequestLost, Fate::AnswerLost, Fate::Conflict];
        return world.pick(&fates).filter(|_| world.trouble(1000)).unwrap_or(Fate::Executed);
    }
    let chances = [
        (WRITE_THROTTLED, Fate::Throttled),
        (STRANGE_CONFLICT, Fate::Conflict),
        (REQUEST_LOST, Fate::RequestLost),
        (EXECUTED_LATE, Fate::ExecutedLate),
        (ANSWER_LOST, Fate::AnswerLost),
    ];
    let met = chances.into_iter().find(|(per_mille, _)| world.trouble(*per_mille));
    met.map_or(Fate::Executed, |(_, fate)| fate)
}

async fn send(world: &World, writes: &Rc<[Write]>, token: u64, is_cursed: bool) -> Sent {
    world.take(2, 12).await;
    match fate(world, is_cursed) {
        Fate::Throttled => {
            world.count(Count::Throttles);
            return Sent::Throttled;
        }
        Fate::Conflict => {
            world.count(Count::Conflicts);
            return Sent::Answered(Answer::Cancelled(vec![Reason::Conflict]));
        }
        Fate::RequestLost => world.count(Count::LostRequests),
        Fate::ExecutedLate => {
            world.count(Count::LateExecutions);
            let wait = world.millis(1, 1_800) + world.millis(1, LATEST_EXECUTION_MS);
            let writes = Rc::clone(writes);
            world.spawn_after(wait, move |world| async move { late(&world, &writes, token) });
        }
        Fate::AnswerLost => {
            if matches!(execute(world, writes, token), Answer::Kept(_)) {
                world.count(Count::LostAnswers);
            }
        }
        Fate::Executed => {
            let answer = execute(world, writes, token);
            world.take(1, 12).await;
            return Sent::Answered(answer);
        }
    }
    world.kernel.sleep(CALL_TIMEOUT).await;
    Sent::Silence
}

fn late(world: &World, writes: &[Write], token: u64) {
    if matches!(execute(world, writes, token), Answer::Kept(_)) {
        world.count(Count::LateCommits);
    }
}

/// Executes a transaction at the table, now.
fn execute(world: &World, writes: &[Write], token: u64) -> Answer {
    let is_torn = world.trouble(TORN);
    let longest = if is_torn && world.trouble(TORN_FOR_LONG) { LONGEST_TEAR_MS } else { 60 };
    let lags = if is_torn { writes.iter().map(|_| world.millis(0, longest)).collect() } else { Vec::new() };
    let index_lag = if world.trouble(INDEX_LAGS) { world.millis(500, 8_000) } else { world.millis(2, 100) };
    let takes = world.millis(2, 20);
    let how = Execution { token, takes, lags, index_lag };
    let answer = world.tables().transact(writes, &how, world.now());
    match &answer {
        Answer::Kept(changes) => {
            world.count(Count::Commits);
            if is_torn {
                world.count(Count::TornCommits);
            }
            world.changed(changes);
        }
        Answer::Cancelled(reasons) if reasons.iter().any(|reason| matches!(reason, Reason::Condition(_))) => {
            world.count(Count::ConditionsFailed);
        }
        Answer::Cancelled(_) => world.count(Count::Conflicts),
        Answer::KeptBefore | Answer::InProgress | Answer::Invalid => {}
    }
    answer
}
