//! The assistant's worker (`assistant-replies`): one reply to a burst, and never a word after somebody else took over.

use std::rc::Rc;
use std::time::Duration;

use domain::append::{Append, Change, Draft, append};
use domain::assistant::Turn;
use domain::error::{Error, Result};
use domain::ids::ThreadNo;
use domain::message::{Author, Message};
use domain::text::MessageText;
use domain::thread::Thread;

use crate::counters::Count;
use crate::doctors::{take_over, writes_soon};
use crate::mutation::Mutation;
use crate::queue::Work;
use crate::store::keep::{Alongside, Guard, Kept, keep};
use crate::store::{Attempt, Attempts};
use crate::world::World;

/// How long a model takes at most, in milliseconds.
const SLOWEST_MODEL_MS: u64 = 12_000;

/// Takes a thread's turn if it is there to be taken.
pub(crate) async fn take_turn(world: &World, no: ThreadNo) -> Result<()> {
    let Some(leased) = leased(world, no).await? else { return Ok(()) };
    world.count(Count::Turns);
    world.may_crash(Count::CrashesInTurn).await;
    let thinks = world.millis(200, SLOWEST_MODEL_MS);
    // Of all moments a human may come by, this is the one that matters.
    if world.chance(350) {
        take_over(world, no, world.millis(0, u64::try_from(thinks.as_millis()).unwrap_or_default() + 60));
    }
    if world.chance(200) {
        writes_soon(world, &leased, world.millis(0, SLOWEST_MODEL_MS));
    }
    world.kernel.sleep(thinks).await;
    world.may_crash(Count::CrashesInTurn).await;
    match said(world, &leased).await? {
        Some(_) => {
            world.count(Count::Replies);
            world.may_crash(Count::CrashesInTurn).await;
            world.tell(no, Duration::ZERO).await;
        }
        None => world.count(Count::RepliesNotSaid),
    }
    Ok(())
}

async fn leased(world: &World, no: ThreadNo) -> Result<Option<Rc<Thread>>> {
    let mut attempts = Attempts::default();
    loop {
        let thread = match world.thread(no).await {
            Err(Error::NotFound) => return Ok(None),
            loaded => loaded?,
        };
        let now = world.now();
        let Turn::Take(_) = thread.turn(now) else { return Ok(None) };
        let lease = append(&thread, Change { care: Some(thread.with_turn_taken(now)), ..Change::default() }, now)?;
        let guard = Guard::of_request(world, None);
        if let Attempt::Done(_) = keep(world, &lease, &guard, Alongside::default()).await? {
            return Ok(Some(Rc::new(lease.thread)));
        }
        world.count(Count::TurnsMet);
        attempts.again(world).await?;
    }
}

/// Says it, unless the patient wrote or somebody took over meanwhile.
async fn said(world: &World, leased: &Thread) -> Result<Option<Append>> {
    let text = MessageText::received(&format!("reply to {}", leased.last_in.get())).ok_or(Error::Internal)?;
    let change = Change {
        drafts: vec![Draft::text(Author::Assistant, text)],
        care: Some(leased.with_turn_done()),
        ..Change::default()
    };
    let guard = Guard::of_reply(world, leased.thread, leased.last_in);
    let mut attempts = Attempts::default();
    loop {
        let thread = world.thread(leased.thread).await?;
        if !is_as_leased(world, &thread, leased) {
            return Ok(None);
        }
        let said = append(&thread, change.clone(), world.now())?;
        match keep(world, &said, &guard, Alongside::default()).await? {
            Attempt::Done(Kept::Now) => return Ok(Some(said)),
            Attempt::Done(Kept::Before { .. }) => return Ok(None),
            Attempt::Raced => attempts.again(world).await?,
        }
    }
}

fn is_as_leased(world: &World, thread: &Thread, leased: &Thread) -> bool {
    let same_words = thread.last_seq == leased.last_seq;
    let same_care = thread.revision == leased.revision || world.is(Mutation::SaidWhoeverAnswers);
    (same_words && same_care) || world.is(Mutation::SaidWhateverCame)
}

/// Tells the workers what a kept append leaves for them to do.
pub(crate) async fn tell_all(world: &World, append: &Append) {
    let thread = append.thread.thread;
    if append.messages.iter().any(Message::is_undecided) {
        world.tell(thread, Duration::ZERO).await;
    }
    if let Some(due) = append.thread.care.assistant.due {
        world.tell_worker(Work::Reply, thread, due.since(world.now())).await;
    }
}
