//! What a patient sent, fetched from WhatsApp (external contracts, section 1.3): the message that says `pending` becomes one that
//! shows a file, or says why there is none.

use std::time::Duration;

use domain::append::{Change, append};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::media::fetch::{Missed, Next, next};
use domain::media::{Media, MediaUrl};
use domain::message::Message;
use domain::upload::Upload;
use platform::App;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::points::Point;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{messages, threads, uploads};

use crate::Worker;
use crate::download::{Fault, downloaded};

/// For so long nobody else is told to fetch it: the function's own time.
const LEASE: Duration = Duration::from_mins(5);

/// Fetches the media of a message, unless that has happened.
pub(crate) async fn fetch(worker: &Worker, machine: Machine, id: MessageId) -> Result<()> {
    let app = &worker.app;
    let Some((message, media)) = pending(app, machine, id).await? else { return Ok(()) };
    if !uploads::fetch_later(app, machine, &message, app.now().plus(LEASE)).await? {
        return Ok(());
    }
    match downloaded(worker, (&message, &media)).await {
        Ok(upload) => {
            let shown = media.fetched(&upload, MediaUrl::of_file(app.files.url(&upload.key())));
            settled(app, machine, id, (&shown, Some(&upload))).await.map(drop)
        }
        Err(Fault::Ours(error)) => Err(error),
        Err(Fault::Theirs(why)) => missed(app, machine, (&message, &media), why).await,
    }
}

/// After a try that brought nothing: another one later, or none, and then readers are told.
async fn missed(app: &App, machine: Machine, (message, media): (&Message, &Media), why: Missed) -> Result<()> {
    tracing::warn!(message = message.id().get(), ?why, "a patient's file did not come");
    match next(why, message.created, app.now()) {
        Next::Again { at } => uploads::fetch_later(app, machine, message, at).await.map(drop),
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
