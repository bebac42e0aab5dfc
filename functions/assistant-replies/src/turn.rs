//! One turn: take it by a lease, generate outside of any lock, and say it only if the thread is still as it was.

use std::time::Duration;

use domain::append::{Append, Change, append};
use domain::assistant::{Means, Turn};
use domain::error::Result;
use domain::ids::{ThreadNo, ThreadRef};
use domain::thread::Thread;
use platform::App;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::Worker as Queue;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::threads;

use crate::Worker;
use crate::speech::{Answered, generate};

/// Takes a thread's turn if it is there to be taken.
pub(crate) async fn take(worker: &Worker, machine: Machine, no: ThreadNo) -> Result<()> {
    let app = &worker.app;
    let Some((thread, means)) = leased(app, machine, no).await? else { return Ok(()) };
    app.points.reach(Point::ReplyTaken).await;
    let answered = generate(worker, &thread, means).await?;
    app.points.reach(Point::ReplyGenerated).await;
    if let Some(said) = said(app, machine, &thread, &answered).await? {
        app.points.reach(Point::ReplyKept).await;
        app.hints.tell(app, Queue::Delivery, (said.thread.thread, Duration::ZERO)).await;
    }
    Ok(())
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
        let change = Change { care: Some(thread.with_turn_taken(now)), ..Change::default() };
        let lease = append(&thread, change, now)?;
        let guard = Guard::of_worker(app);
        if let Attempt::Done(_) = keep(app, &lease, &guard, Alongside::default()).await? {
            return Ok(Some((lease.thread, means)));
        }
        attempts.again(app).await?;
    }
}

/// Says what was generated, unless the patient wrote or somebody took over meanwhile: then it is never said. What else
/// changed, a delivery or a tick of the checklist, is no reason to be silent, and stays.
async fn said(app: &App, machine: Machine, leased: &Thread, answered: &Answered) -> Result<Option<Append>> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    loop {
        let thread = threads::load(app, machine, ThreadRef::No(leased.thread)).await?;
        if !thread.still_has_turn_of(leased) {
            return Ok(None);
        }
        let said = append(&thread, answered.change(&thread), app.now())?;
        if let Attempt::Done(_) = keep(app, &said, &guard, Alongside::default()).await? {
            return Ok(Some(said));
        }
        attempts.again(app).await?;
    }
}
