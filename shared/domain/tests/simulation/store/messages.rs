//! `store::messages`: the messages of a thread by the read rule, from queries that are not one atomic read.

use std::rc::Rc;

use domain::error::{Error, Result};
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::message::Message;
use domain::read::{Prefix, prefix};
use domain::thread::Thread;

use crate::counters::Count;
use crate::faults::SLOW_QUERY;
use crate::mutation::Mutation;
use crate::table::Range;
use crate::world::World;

/// Messages that a reader may see, and whether the thread has more after them.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// In order, tombstones among them.
    pub(crate) messages: Vec<Message>,
    /// Whether there are later ones.
    pub(crate) more_after: bool,
}

/// Which part of a thread is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    /// The newest ones.
    Newest,
    /// Those after a message.
    After(Seq),
}

/// A stretch of a thread. Nothing behind a young gap is shown.
pub(crate) async fn read(world: &World, thread: &Thread, part: Part, limit: usize) -> Result<Stretch> {
    let queried = match part {
        Part::After(after) => ascending(world, thread, after, limit).await?,
        Part::Newest => descending(world, thread, limit).await?,
    };
    let start = match (part, queried.first()) {
        (Part::After(seq), _) => seq,
        (Part::Newest, Some(first)) if queried.len() >= limit => first.seq.back(1),
        (Part::Newest, _) => Seq::START,
    };
    let queried = queried.iter().map(|message| message.as_ref().clone()).collect();
    let messages = contiguous(world, thread.thread, start, queried).await?;
    let last = messages.last().map_or(start, |message| message.seq);
    Ok(Stretch { messages, more_after: last < thread.last_seq })
}

/// A query that reads its rows one after the other: a row behind another is read later.
async fn ascending(world: &World, thread: &Thread, after: Seq, limit: usize) -> Result<Vec<Rc<Message>>> {
    let no = thread.thread;
    let split = split(world, thread).max(after);
    let near = Range { low: after.next(), high: split, limit, newest: false };
    let mut rows = world.look(|tables, now| tables.messages(no, near, now)).await?;
    if world.trouble(SLOW_QUERY) {
        world.take(1, 120).await;
    }
    let far = Range { low: split.next(), high: Seq::MAX, limit: limit.saturating_sub(rows.len()), newest: false };
    rows.extend(world.tables().messages(no, far, world.now()));
    Ok(rows)
}

/// A query from the newest on: an older row is read later.
async fn descending(world: &World, thread: &Thread, limit: usize) -> Result<Vec<Rc<Message>>> {
    let no = thread.thread;
    let split = split(world, thread);
    let near = Range { low: split.next(), high: Seq::MAX, limit, newest: true };
    let mut newer = world.look(|tables, now| tables.messages(no, near, now)).await?;
    if world.trouble(SLOW_QUERY) {
        world.take(1, 120).await;
    }
    let far = Range { low: Seq::START, high: split, limit: limit.saturating_sub(newer.len()), newest: true };
    let mut rows = world.tables().messages(no, far, world.now());
    rows.append(&mut newer);
    Ok(rows)
}

/// Between which rows a query takes its time: near the end, where something is going on.
fn split(world: &World, thread: &Thread) -> Seq {
    let back = u32::try_from(world.bits() % 4).unwrap_or_default();
    thread.last_seq.back(back)
}

/// The contiguous prefix; numbers that stay missing are looked up one by one, then passed.
async fn contiguous(world: &World, thread: ThreadNo, start: Seq, queried: Vec<Message>) -> Result<Vec<Message>> {
    let no_rule = [Mutation::EverythingShown, Mutation::NumbersFromTheClock].map(|mutation| world.is(mutation));
    if no_rule.contains(&true) {
        return Ok(queried);
    }
    let Prefix { mut visible, holes, held_back } = prefix(start, queried, world.now());
    if held_back {
        world.count(Count::HolesHidden);
    }
    for seq in holes {
        match world.message(MessageId { thread, seq }).await {
            Ok(message) => visible.push(message.as_ref().clone()),
            Err(Error::NotFound) => world.count(Count::HolesPassed),
            Err(error) => return Err(error),
        }
    }
    visible.sort_unstable_by_key(|message| message.seq);
    Ok(visible)
}
