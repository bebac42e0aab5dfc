//! One thread: its undecided messages in order, and never one past another that is undecided.

use std::time::Duration;

use domain::delivery::Step;
use domain::error::{Error, Result};
use domain::ids::{ThreadNo, ThreadRef};
use domain::message::Message;
use domain::thread::Thread;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::queue::Worker as Queue;
use platform::store::deliveries::{self, With};
use platform::store::messages::{self, Part};
use platform::store::threads;
use tokio::time::Instant;

use crate::Worker;
use crate::attempt::{After, attempt};

/// Messages read at once.
const CHUNK: u32 = 50;
/// After this long the rest is left to another hint: the function has a minute, a file on its way to WhatsApp up to 35 s, and a
/// request up to 10.
const TIME: Duration = Duration::from_secs(15);

/// Delivers what is undecided. Reads anew after each stretch: a message that came meanwhile may have lost its own hint
/// to our claim.
pub(crate) async fn deliver(worker: &Worker, machine: Machine, no: ThreadNo) -> Result<()> {
    let started = Instant::now();
    loop {
        let thread = match threads::load(&worker.app, machine, ThreadRef::No(no)).await {
            Err(Error::NotFound) => return Ok(()),
            loaded => loaded?,
        };
        let Some(message) = next_undecided(worker, &thread).await? else {
            return Ok(());
        };
        if started.elapsed() > TIME {
            worker.app.hints.tell(&worker.app, Queue::Delivery, (no, Duration::ZERO)).await;
            return Ok(());
        }
        match step(worker, machine, &thread, &message).await? {
            After::Onward => {}
            After::Stop => return Ok(()),
            After::Later(until) => {
                worker.app.hints.tell(&worker.app, Queue::Delivery, (no, until.since(worker.app.now()))).await;
                return Ok(());
            }
        }
    }
}

/// The first message of the thread whose outcome is not known.
async fn next_undecided(worker: &Worker, thread: &Thread) -> Result<Option<Message>> {
    let mut after = thread.delivered_through;
    loop {
        let stretch = messages::read(&worker.app, thread, Part::After(after), CHUNK).await?;
        let full = u32::try_from(stretch.messages.len()).unwrap_or(u32::MAX) >= CHUNK;
        after = stretch.messages.last().map_or(after, |message| message.seq);
        let found = stretch.messages.into_iter().find(Message::is_undecided);
        if found.is_some() || !full {
            return Ok(found);
        }
    }
}

async fn step(worker: &Worker, machine: Machine, thread: &Thread, message: &Message) -> Result<After> {
    let app = &worker.app;
    let delivery = message.delivery.as_ref().ok_or(Error::Internal)?;
    match delivery.step(app.now(), app.config.in_doubt) {
        Step::Pass => Ok(After::Onward),
        // Whoever made it wait has told somebody to come back; if that is lost, the sweeper comes.
        Step::Wait { .. } => Ok(After::Stop),
        Step::GiveUp => {
            app.count(Count::InDoubtFailed);
            let failed = delivery.failed(domain::delivery::Failure::InDoubt, None);
            After::when(deliveries::keep(app, message, &failed, With::default()).await?)
        }
        Step::Send { .. } => attempt(worker, machine, thread, message).await,
    }
}
