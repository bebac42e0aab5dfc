//! What a patient sent, fetched from WhatsApp (external contracts, section 1.3): the message that says `pending` becomes one that
//! shows a file, or says why there is none.

use std::time::Duration;

use domain::append::{Change, append};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::media::fetch::{Missed, Next, is_forgotten, may_begin, next};
use domain::media::{Media, MediaUrl};
use domain::message::Message;
use domain::time::Timestamp;
use domain::upload::Upload;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::points::Point;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{jobs, messages, threads, uploads};

use crate::Worker;
use crate::download::{Fault, downloaded};

/// For so long nobody else is told to fetch it: the function's own time.
const LEASE: Duration = Duration::from_mins(5);

/// Fetches the media of a message, unless that has happened.
pub(crate) async fn fetch(worker: &Worker, machine: Machine, id: MessageId) -> Result<()> {
    let app = &worker.app;
    let Some((message, media)) = pending(app, machine, id).await? else { return Ok(()) };
    let Some(lease) = leased(app, machine, &message).await? else { return Ok(()) };
    app.points.reach(Point::FetchLeased).await;
    match downloaded(worker, (&message, &media)).await {
        Ok(upload) => {
            let shown = media.fetched(&upload, MediaUrl::of_file(app.files.url(&upload.key())));
            settled(app, machine, id, (&shown, Some(&upload))).await.map(drop)
        }
        // Nobody can fetch any more what WhatsApp has forgotten.
        Err(Fault::Ours(_)) if is_forgotten(message.created, app.now()) => {
            missed(app, machine, (&message, &media), (Missed::Later, lease)).await
        }
        Err(Fault::Ours(error)) => Err(error),
        Err(Fault::Theirs(why)) => missed(app, machine, (&message, &media), (why, lease)).await,
    }
}

/// The end of this worker's time with the job; nothing when it is another's.
async fn leased(app: &App, machine: Machine, message: &Message) -> Result<Option<Timestamp>> {
    let due = jobs::fetch_due(app, machine, message.id()).await?;
    let Some(due) = due.filter(|due| may_begin(*due, message.created, app.now())) else { return Ok(None) };
    let lease = app.now().plus(LEASE);
    Ok(uploads::fetch_later(app, machine, message, (due, lease)).await?.then_some(lease))
}

/// After a try that brought nothing: another one later, or none, and then readers are told.
async fn missed(
    app: &App,
    machine: Machine,
    (message, media): (&Message, &Media),
    (why, lease): (Missed, Timestamp),
) -> Result<()> {
    tracing::warn!(message = message.id().get(), ?why, "a patient's file did not come");
    match next(why, message.created, app.now()) {
        Next::Again { at } => uploads::fetch_later(app, machine, message, (lease, at)).await.map(drop),
        Next::Lost(state) => {
            let by_us = settled(app, machine, message.id(), (&media.lost(state), None)).await;
            if by_us == Ok(true) {
                app.count(Count::MediaLost);
            }
            by_us.map(drop)
        }
    }
}

/// The message and its media, while that is to be fetched.
async fn pending(app: &App, machine: Machine, id: MessageId) -> Result<Option<(Message, Media)>> {
    let message = match messages::load(app, machine, id).await {
        Err(Error::NotFound) => return Ok(None),
        loaded => loaded?,
    };
    let media = message.media.clone().filter(|_| message.awaits_media());
    Ok(media.map(|media| (message, media)))
}

/// Keeps what became of it, once: the message, the file, the end of the job, and a thread that shows something new. `false` when
/// somebody else was faster.
async fn settled(
    app: &App,
    machine: Machine,
    id: MessageId,
    (media, upload): (&Media, Option<&Upload>),
) -> Result<bool> {
    let guard = Guard::of_worker(app);
    let mut attempts = Attempts::default();
    while let Some((read, _)) = pending(app, machine, id).await? {
        let thread = threads::load(app, machine, ThreadRef::No(id.thread)).await?;
        let append = append(&thread, Change { shows: true, ..Change::default() }, app.now())?;
        let message = Message { media: Some(media.clone()), ..read };
        let alongside = Alongside { fetched: Some((&message, upload)), ..Alongside::default() };
        match keep(app, &append, &guard, alongside).await? {
            Attempt::Done(_) => {
                app.points.reach(Point::FetchKept).await;
                return Ok(true);
            }
            Attempt::Raced => attempts.again(app).await?,
        }
    }
    Ok(false)
}
