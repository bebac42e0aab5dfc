//! `POST /api/conversations` (MI-conv): a visit begins.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::VisitNo;
use domain::visit::Visit;
use domain::visit::audit::VisitDeed;
use domain::visit::entry::{VisitEntry, VisitFields};
use domain::visit::metadata::MetadataObject;
use domain::visit::session::Session;
use platform::App;
use platform::identity::Clinician;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::sessions;
use platform::store::visits::{self, Change, Kept, keep, kept_before};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::keep::audit;
use crate::view::conversation::StartedView;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConversationBody {
    #[schema(example = "sess_def456", required = true, nullable = false)]
    session_id: Option<String>,
    /// Texts by name: `patientId`, `visitType`, `department` and others.
    #[schema(value_type = Option<Object>)]
    metadata: Option<MetadataObject>,
    #[schema(required = true, nullable = false)]
    language: Option<LanguageBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct LanguageBody {
    /// The clinician's.
    #[schema(example = "en", required = true, nullable = false)]
    primary: Option<String>,
    /// The patient's.
    #[schema(example = "es", required = true, nullable = false)]
    secondary: Option<String>,
}

/// Start a conversation in a session. A session of ours is good for one.
#[utoipa::path(
    post,
    path = "/api/conversations",
    tag = "interpreter visits",
    operation_id = "start_visit",
    request_body = ConversationBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 200, description = "The conversation.", body = Enveloped<StartedView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn start_conversation(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    command: Command<ConversationBody>,
) -> Reply {
    let guard = command.guard(&api, caller.identity());
    let entry = entry(command.body, &caller)?;
    let mut attempts = Attempts::default();
    let (visit, again) = loop {
        match attempt(&api.app, &caller, &entry, &guard).await? {
            Attempt::Done(started) => break started,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(StartedView::of(&visit)), again))
}

fn entry(body: ConversationBody, caller: &Clinician) -> Result<VisitEntry> {
    let language = body.language.as_ref().map(|both| (both.primary.as_deref(), both.secondary.as_deref()));
    let fields =
        VisitFields { session_id: body.session_id.as_deref(), metadata: body.metadata.unwrap_or_default().0, language };
    VisitEntry::parse(fields, (caller.id(), caller.organization()))
}

async fn attempt(app: &App, caller: &Clinician, entry: &VisitEntry, guard: &Guard) -> Result<Attempt<(Visit, bool)>> {
    let now = app.now();
    let number = VisitNo::from_random(app.random.for_thread().0);
    let visit = Visit::start(number, entry.clone(), now);
    let session = match used(app, caller, &visit).await {
        Ok(session) => session,
        // What was answered once is answered again, although the session is used by now.
        Err(refusal) => return before(app, caller, kept_before(app, guard).await?).await?.ok_or(refusal),
    };
    let change = Change {
        visit: Some(&visit),
        session: session.as_ref().map(|(read, used)| (read, used)),
        audit: audit(app, caller, &visit, VisitDeed::VisitStarted),
        ..Change::default()
    };
    Ok(match keep(app, &change, (guard, number.get().into())).await? {
        Attempt::Done(Kept::Now) => Attempt::Done((visit, false)),
        Attempt::Done(kept) => before(app, caller, Some(kept)).await?.unwrap_or(Attempt::Raced),
        Attempt::Raced => Attempt::Raced,
    })
}

/// The session in which a visit begins, as it was read and as it will be; nothing when it is another provider's.
async fn used(app: &App, caller: &Clinician, visit: &Visit) -> Result<Option<(Session, Session)>> {
    let Some(id) = visit.session.id() else { return Ok(None) };
    let Some(session) = sessions::find(app, caller, &id).await? else { return Ok(None) };
    let used = session.used(visit.visit, &caller.id(), app.now())?;
    Ok(Some((session, used)))
}

/// The visit that an earlier request with the same key started.
async fn before(app: &App, caller: &Clinician, kept: Option<Kept>) -> Result<Option<Attempt<(Visit, bool)>>> {
    let Some(Kept::Before { id, .. }) = kept else { return Ok(None) };
    let number = VisitNo::new(id).ok_or(Error::Internal)?;
    Ok(Some(match visits::load(app, caller, number).await {
        Ok(visit) => Attempt::Done((visit, true)),
        Err(Error::Missing(_)) => Attempt::Raced,
        Err(error) => return Err(error),
    }))
}
