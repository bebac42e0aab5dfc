//! What a therapist decides about a conversation, kept once.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::append::{Change, append};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo, ThreadRef};
use domain::therapy::hides;
use domain::thread::Thread;
use platform::App;
use platform::identity::Therapist;
use platform::store::append::{Alongside, Kept, keep, keep_nothing};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::seen::Looked;
use platform::store::threads;
use serde::Serialize;
use utoipa::ToSchema;
use web::command::replayed;
use web::therapy::{NO_CONVERSATION, NO_CONVERSATION_ID, conversation, conversation_in};

/// What the therapist decided on is not what is there any more, and the decision would hide it.
const OVERTAKEN: Error = Error::Conflict("Something happened in this conversation meanwhile. Please look at it again.");

/// `{"success": true}`, for what needs no more words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Done {
    success: bool,
}

impl Done {
    /// The answer.
    pub(crate) fn answer(again: bool) -> Response {
        replayed(Json(Self { success: true }).into_response(), again)
    }
}

/// The conversation that a body names.
pub(crate) fn named(raw: Option<u64>) -> Result<ThreadNo> {
    conversation(raw.ok_or(NO_CONVERSATION_ID)?)
}

/// The conversation that a query names.
pub(crate) fn named_in(raw: Option<&str>) -> Result<ThreadNo> {
    conversation_in(raw.ok_or(NO_CONVERSATION_ID)?)
}

/// A conversation of the therapist's section.
pub(crate) async fn load(app: &App, therapist: &Therapist, no: ThreadNo) -> Result<Thread> {
    let thread = threads::load(app, therapist, ThreadRef::No(no)).await;
    thread.map_err(|error| error.or_missing(NO_CONVERSATION))
}

/// What came of a decision.
pub(crate) struct Decided {
    /// The message that it wrote, when it wrote one.
    pub(crate) message: Option<MessageId>,
    /// Whether an earlier request with the same key decided it.
    pub(crate) again: bool,
}

/// Decides on the conversation as it is and keeps what changes, as often as it takes; but never over a danger that came in
/// between.
pub(crate) async fn keep_decided(
    app: &App,
    therapist: &Therapist,
    (no, guard): (ThreadNo, &Guard),
    decide: impl Fn(&Thread) -> Option<Change>,
) -> Result<Decided> {
    let mut attempts = Attempts::default();
    let seen = load(app, therapist, no).await?;
    let mut thread = seen.clone();
    loop {
        let change = decide(&thread);
        if change.as_ref().is_some_and(|change| hides(&seen.care, &thread.care, change)) {
            return Err(OVERTAKEN);
        }
        if let Attempt::Done(decided) = attempt(app, therapist, (&thread, change), guard).await? {
            return Ok(decided);
        }
        attempts.again(app).await?;
        thread = load(app, therapist, no).await?;
    }
}

async fn attempt(
    app: &App,
    therapist: &Therapist,
    (thread, change): (&Thread, Option<Change>),
    guard: &Guard,
) -> Result<Attempt<Decided>> {
    let (kept, message) = match change {
        None => (keep_nothing(app, thread.thread, guard).await?, None),
        Some(change) => {
            // Whoever answers has read.
            let looked = Looked::at(thread, therapist, !change.drafts.is_empty());
            let append = append(thread, change, app.now())?;
            let message = append.messages.first().map(domain::message::Message::id);
            (keep(app, &append, guard, Alongside { looked, ..Alongside::default() }).await?, message)
        }
    };
    Ok(match kept {
        Attempt::Raced => Attempt::Raced,
        Attempt::Done(Kept::Now) => Attempt::Done(Decided { message, again: false }),
        Attempt::Done(Kept::Before { message, .. }) => Attempt::Done(Decided { message, again: true }),
    })
}

/// Whether a filter of a query is switched on.
pub(crate) fn is_on(field: &'static str, raw: Option<&str>) -> Result<bool> {
    match raw {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(_) => Err(Error::invalid(field, format!("{field} must be true or false."))),
    }
}
