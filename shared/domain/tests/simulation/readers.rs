//! Clients that read: pollers that ask for what is new with `after=`, and viewers that look at the newest messages and
//! their statuses.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::delivery::{Delivery, Status};
use domain::error::Result;
use domain::ids::{Seq, ThreadNo};
use domain::message::Message;
use domain::read::has_settled;

use crate::counters::Count;
use crate::history::Check;
use crate::mutation::Mutation;
use crate::store::messages::{Part, Stretch, read};
use crate::world::World;

/// Messages that a poller asks for at once.
const PAGE: usize = 10;
/// Messages that a viewer looks at.
const SCREEN: usize = 8;

/// A client that polls a thread.
#[derive(Debug, Default)]
pub(crate) struct Poller {
    cursor: Seq,
    /// The tag of the last answer, and the cursor for which it was given.
    tag: Option<(Seq, u64)>,
    /// What it was shown, in the order in which it was.
    pub(crate) seen: Vec<Seq>,
    is_reading: bool,
}

/// A client that looks at a thread.
#[derive(Debug, Default)]
pub(crate) struct Viewer {
    tag: Option<u64>,
    /// The last status that it was shown of each message.
    pub(crate) statuses: BTreeMap<Seq, Status>,
    is_reading: bool,
}

/// All readers: two pollers and a viewer of each thread.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    pub(crate) pollers: BTreeMap<(ThreadNo, usize), Poller>,
    pub(crate) viewers: BTreeMap<ThreadNo, Viewer>,
}

impl World {
    /// A new thread finds its readers.
    pub(crate) fn attract_readers(&self, thread: ThreadNo) {
        let mut readers = self.readers();
        readers.pollers.insert((thread, 0), Poller::default());
        readers.pollers.insert((thread, 1), Poller::default());
        readers.viewers.insert(thread, Viewer::default());
    }

    /// Something new is in a thread: its pollers happen to read while it becomes visible, or a while later.
    pub(crate) fn attract_pollers(&self, thread: ThreadNo) {
        for which in 0..2 {
            let wait = match self.between(0, 9) {
                0..6 => self.millis(0, 90),
                6..9 => self.millis(500, 15_000),
                _ => self.millis(30_000, 120_000),
            };
            self.spawn_after(wait, move |world| async move { poll(&world, thread, which).await });
        }
    }

    /// A status changed: the thread's viewer happens to look.
    pub(crate) fn attract_viewer(&self, thread: ThreadNo) {
        if self.chance(360) {
            let wait = if self.chance(850) { self.millis(0, 60) } else { self.millis(30_000, 120_000) };
            self.spawn_after(wait, move |world| async move { view(&world, thread).await });
        }
    }

    /// Everybody reads once more, to the end.
    pub(crate) fn read_to_the_end(&self) {
        let threads: Vec<ThreadNo> = self.readers().viewers.keys().copied().collect();
        for thread in threads {
            for which in 0..2 {
                self.spawn_after(Duration::ZERO, move |world| async move { poll(&world, thread, which).await });
            }
            self.spawn_after(Duration::ZERO, move |world| async move { view(&world, thread).await });
        }
    }
}

/// Polls until nothing is left, unless this client is reading already.
async fn poll(world: &World, thread: ThreadNo, which: usize) {
    if let Some(poller) = world.readers().pollers.get_mut(&(thread, which)) {
        if poller.is_reading {
            return;
        }
        poller.is_reading = true;
    }
    while let Ok(true) = poll_once(world, thread, which).await {}
    if let Some(poller) = world.readers().pollers.get_mut(&(thread, which)) {
        poller.is_reading = false;
    }
}

/// `GET /providermessages/{id}/?after=`; whether there is more at once.
async fn poll_once(world: &World, no: ThreadNo, which: usize) -> Result<bool> {
    world.count(Count::Polls);
    let state = world.readers().pollers.get(&(no, which)).map(|poller| (poller.cursor, poller.tag));
    let Some((cursor, tag)) = state else { return Ok(false) };
    let thread = world.thread(no).await?;
    if has_settled(thread.changed, world.now()) && tag == Some((cursor, thread.version)) {
        world.count(Count::NotModified);
        return Ok(false);
    }
    let stretch = read(world, &thread, Part::After(cursor), PAGE).await?;
    let is_cut = stretch.messages.len() >= PAGE && stretch.more_after;
    let mut readers = world.readers();
    let Some(poller) = readers.pollers.get_mut(&(no, which)) else { return Ok(false) };
    // The tag promises that nothing is missing, so it comes only when that is known.
    let is_whole = is_cut || !stretch.more_after;
    poller.tag = (is_whole && has_settled(thread.changed, world.now())).then_some((cursor, thread.version));
    poller.take(&stretch, cursor);
    Ok(is_cut)
}

impl Poller {
    fn take(&mut self, stretch: &Stretch, cursor: Seq) {
        let shown = stretch.messages.iter().filter(|message| !message.deleted).map(|message| message.seq);
        self.seen.extend(shown);
        // `X-Next-Cursor` when there is more, else the last message that was shown.
        let next = stretch.messages.iter().rev().find(|message| stretch.more_after || !message.deleted);
        self.cursor = next.map_or(cursor, |message| message.seq);
    }
}

/// `GET /providermessages/{id}/`, the newest messages.
async fn view(world: &World, no: ThreadNo) {
    if let Some(viewer) = world.readers().viewers.get_mut(&no) {
        if viewer.is_reading {
            return;
        }
        viewer.is_reading = true;
    }
    world.count(Count::Views);
    // A read that failed shows nothing; the next one will.
    drop(view_once(world, no).await);
    if let Some(viewer) = world.readers().viewers.get_mut(&no) {
        viewer.is_reading = false;
    }
}

async fn view_once(world: &World, no: ThreadNo) -> Result<()> {
    let thread = world.thread(no).await?;
    let known = world.readers().viewers.get(&no).and_then(|viewer| viewer.tag);
    let is_settled = has_settled(thread.changed, world.now()) || world.is(Mutation::TagPromisesStatuses);
    if is_settled && known == Some(thread.version) {
        world.count(Count::NotModified);
        return Ok(());
    }
    let stretch = read(world, &thread, Part::Newest, SCREEN).await?;
    let mut readers = world.readers();
    let Some(viewer) = readers.viewers.get_mut(&no) else { return Ok(()) };
    viewer.tag = (is_settled && !stretch.more_after).then_some(thread.version);
    for message in &stretch.messages {
        if let Some((before, after)) = viewer.look_at(message) {
            let text = format!("message {} was {before:?} and then {after:?}", message.seq.get());
            world.history().violated(Check::Status, Some(no), text);
        }
    }
    Ok(())
}

impl Viewer {
    /// Looks at a message; the statuses before and after, when they must not follow one another.
    fn look_at(&mut self, message: &Message) -> Option<(Status, Status)> {
        let after = shown(message.delivery.as_ref()?);
        let before = self.statuses.insert(message.seq, after)?;
        let may_follow = match (before, after) {
            (Status::Failed, Status::Delivered | Status::Read) => true,
            (Status::Delivered | Status::Read, Status::Failed) | (Status::Failed, Status::Queued | Status::Sent) => {
                false
            }
            (before, after) => after >= before,
        };
        (!may_follow).then_some((before, after))
    }
}

/// A status as the view spells it: a claim is nobody's business.
pub(crate) fn shown(delivery: &Delivery) -> Status {
    if delivery.status == Status::Sending { Status::Queued } else { delivery.status }
}
