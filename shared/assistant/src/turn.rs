//! One turn: take it by a lease, generate outside of any lock, and say it only if the thread is still as it was.

use std::time::Duration;

use domain::append::{Append, Change, append};
use domain::assistant::{Means, Turn};
use domain::error::Result;
use domain::ids::{ThreadNo, ThreadRef};
use domain::message::Message;
use domain::section::Mode;
use domain::thread::Thread;
use platform::App;
use platform::identity::{Machine, Reader};
use platform::points::Point;
use platform::queue::Worker as Queue;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{sections, threads};

use crate::Assistant;
use crate::speech::{Answered, generate};

/// Takes a thread's turn if it is there to be taken.
pub(crate) async fn take(assistant: &Assistant, machine: Machine, no: ThreadNo) -> Result<()> {
    let Some((thread, means)) = leased(&assistant.app, machine, no).await? else { return Ok(()) };
    end(assistant, machine.into(), (&thread, means)).await.map(|_| ())
}

/// Ends a turn that was taken on a thread.
pub(crate) async fn end(
    assistant: &Assistant,
    reader: Reader<'_>,
    (leased, means): (&Thread, Means),
) -> Result<Option<Append>> {
    let app = &assistant.app;
    app.points.reach(Point::ReplyTaken).await;
    let answered = generate(assistant, leased, means).await?;
    app.points.reach(Point::ReplyGenerated).await;
    let said = said(app, reader, leased, &answered).await?;
    if let Some(said) = &said {
        app.points.reach(Point::ReplyKept).await;
        if said.messages.iter().any(Message::is_undecided) {
            app.hints.tell(app, Queue::Delivery, (said.thread.thread, Duration::ZERO)).await;
        }
    }
    Ok(said)
}

/// The thread with this worker's lease on its turn. Nothing when there is no turn, when the patient may still be writing,
/// or when another worker has it: whoever made it so has told somebody to come back, and if that is lost, the sweeper comes.
async fn leased(app: &App, machine: Machine, no: ThreadNo) -> Result<Option<(Thread, Means)>> {
    let mut attempts = Attempts::default();
    loop {
        let thread = match threads::load(app, machine, ThreadRef::No(no)).await {
            Err(domain::Error::NotFound) => return Ok(None),
            loaded => loaded?,
        };
        let now = app.now();
        let Turn::Take(means) = thread.turn(now) else { return Ok(None) };
        let may = may_answer(app, &thread).await?;
        let care = if may { thread.with_turn_taken(now) } else { thread.with_turn_lost() };
        let change = Change { care: Some(care), ..Change::default() };
        let lease = append(&thread, change, now)?;
        let guard = Guard::of_worker(app);
        if let Attempt::Done(_) = keep(app, &lease, &guard, Alongside::default()).await? {
            return Ok(may.then_some((lease.thread, means)));
        }
        attempts.again(app).await?;
    }
}

/// Whether the assistant may answer here at all: a section can have its therapists alone do it, also while a turn is on.
async fn may_answer(app: &App, thread: &Thread) -> Result<bool> {
    let section = sections::of_thread(app, thread).await?;
    Ok(section.is_none_or(|section| section.mode == Mode::AiHybrid))
}

/// Says what was generated, unless the patient wrote or somebody took over meanwhile: then it is never said. What else
/// changed, a delivery or a tick of the checklist, is no reason to be silent, and stays.
async fn said(app: &App, reader: Reader<'_>, leased: &Thread, answered: &Answered) -> Result<Option<Append>> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    loop {
        let thread = threads::load(app, reader, ThreadRef::No(leased.thread)).await?;
        if !thread.still_has_turn_of(leased) {
            return Ok(None);
        }
        let may = may_answer(app, &thread).await?;
        let lost = || Change { care: Some(thread.with_turn_lost()), ..Change::default() };
        let said = append(&thread, if may { answered.change(&thread) } else { lost() }, app.now())?;
        if let Attempt::Done(_) = keep(app, &said, &guard, Alongside::default()).await? {
            return Ok(may.then_some(said));
        }
        attempts.again(app).await?;
    }
}
