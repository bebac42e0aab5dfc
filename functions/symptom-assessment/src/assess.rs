//! `POST /api/symptomAssessmentBot` (TR-post, A-28 to A-34): a patient tells what troubles them, and is told how soon to be seen.
//! Rules decide, without a model; both messages, the level, the record and the alerts of a turn are one transaction.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use clinical::triage::{Assessment, Completion};
use domain::append::Append;
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::text::MessageText;
use domain::triage::{ResourceId, SessionId, ThreadId, Told, Turn, told, turns_before, unknown_thread};
use platform::App;
use platform::identity::PatientAccount;
use platform::model::Model;
use platform::points::Point;
use platform::store::append::{Alongside, Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::{messages, threads, turns};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::SymptomAssessmentRefusals;
use web::{Api, Reply};

use crate::conversation::Conversation;
use crate::place::Place;
use crate::resources::{Request, resources};
use crate::session::Session;
use crate::speech::Voice;
use crate::view::{AssessmentView, ConclusionsView};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssessmentBody {
    /// What troubles the patient, at most 1,000 characters after trimming.
    #[schema(example = "I have severe chest pain and shortness of breath", required = true, nullable = false)]
    message: Option<String>,
    /// The caller's own id: 1 to 64 letters, digits, hyphens and full stops.
    #[schema(example = "patient-123", required = true, nullable = false)]
    patient_id: Option<String>,
    /// The thread that goes on; left out, a new one.
    #[schema(example = "thread_4294967295")]
    thread_id: Option<String>,
}

/// Tell what troubles you, or answer what was asked.
#[utoipa::path(
    post,
    path = "/api/symptomAssessmentBot",
    tag = "symptom assessment",
    operation_id = "assess_symptoms",
    request_body = AssessmentBody,
    params(
        ("X-Session-ID" = Option<String>, Header, description = "A name of the client's for its session, which the answer repeats."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "How soon to be seen, or the next question.", body = AssessmentView), SymptomAssessmentRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn assess_symptoms(
    State(api): State<Api>,
    Caller(caller): Caller<PatientAccount>,
    (model, session): (Extension<Model>, Session),
    command: Command<AssessmentBody>,
) -> Reply {
    let app = &api.app;
    let wanted = Wanted::parse(&command.body, &caller, session.0)?;
    let guard = command.guard(&api, caller.identity());
    if let Some(Kept::Before { message, .. }) = kept_before(app, &guard).await? {
        return view(&wanted.patient, &again_once_visible(app, &caller, message).await?);
    }
    let mut voice = Voice::of(&model.0, &caller);
    let mut attempts = Attempts::default();
    let taken = loop {
        match attempt(app, &caller, (&wanted, &mut voice), &guard).await? {
            Attempt::Done(taken) => break taken,
            Attempt::Raced => attempts.again(app).await?,
        }
    };
    app.points.reach(Point::TurnKept).await;
    view(&wanted.patient, &taken)
}

/// What a request asks for.
struct Wanted {
    text: MessageText,
    patient: ResourceId,
    thread: Option<ThreadId>,
    session: SessionId,
}

impl Wanted {
    fn parse(body: &AssessmentBody, caller: &PatientAccount, session: SessionId) -> Result<Self> {
        let text = domain::triage::message(body.message.as_deref())?;
        let patient = ResourceId::patient(body.patient_id.as_deref())?;
        // Patients tell of themselves: the subject of every resource is who the token says it is.
        let is_own = caller.account().name().is_some_and(|name| name.as_str() == patient.as_str());
        let named = body.thread_id.as_deref().map(str::trim).filter(|named| !named.is_empty());
        let thread = named.map(|named| named.parse().map_err(|_| unknown_thread())).transpose()?;
        if is_own { Ok(Self { text, patient, thread, session }) } else { Err(Error::Forbidden) }
    }
}

/// A turn that was taken, now or by an earlier request with the same key.
struct Taken {
    turn: Turn,
    reply: MessageText,
    again: bool,
}

fn view(patient: &ResourceId, taken: &Taken) -> Reply {
    let view = AssessmentView::of(&taken.turn, patient, taken.reply.as_str())?;
    Ok(replayed(Json(view).into_response(), taken.again))
}

async fn attempt(
    app: &App,
    caller: &PatientAccount,
    (wanted, voice): (&Wanted, &mut Voice<'_>),
    guard: &Guard,
) -> Result<Attempt<Taken>> {
    let Attempt::Done(place) = Place::of(app, caller, wanted.thread).await? else { return Ok(Attempt::Raced) };
    turns_before(&place.thread().care)?;
    let conversation = Conversation::of(&place.messages, (&wanted.text, place.next()));
    let level = place.thread().care.triage.map(|triage| triage.level);
    let found = conversation.assess(&place.record(), level);
    if found.refusal.is_some() {
        return Err(Error::Refused { code: "SAFETY_ERROR", detail: found.reply });
    }
    let found = voice.say(app, &conversation, found).await;
    app.points.reach(Point::TurnAssessed).await;
    let (append, turn, reply) = decide(app, &place, wanted, (&conversation, &found))?;
    let alongside = Alongside { turn: Some(&turn), ..place.alongside() };
    match keep(app, &append, guard, alongside).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Now) => Ok(Attempt::Done(Taken { turn, reply, again: false })),
        Attempt::Done(Kept::Before { message, .. }) => again(app, caller, message).await,
    }
}

/// What a turn changes, and what is kept of it.
fn decide(
    app: &App,
    place: &Place,
    wanted: &Wanted,
    (conversation, found): (&Conversation, &Assessment),
) -> Result<(Append, Turn, MessageText)> {
    let now = app.now();
    let reply = MessageText::received(&found.reply).ok_or(Error::Internal)?;
    let assessment = clinical::assess::message(wanted.text.as_str(), conversation.asked()).without_command();
    let said = Told { text: &wanted.text, assessment: &assessment, reply: &reply, level: found.level };
    let append = place.append(told(place.thread(), said, now)?, now)?;
    let message = place.next();
    let request = Request { patient: &wanted.patient, message, at: now, known: &place.observed };
    let resources = resources(conversation, found, request);
    let turn = Turn {
        message,
        session: wanted.session.clone(),
        level: found.level,
        is_complete: found.completion == Completion::Decided,
        assessment: written(&ConclusionsView::of(conversation, found)).ok_or(Error::Internal)?,
        risk_assessment: written(&resources.risk_assessment),
        basis: resources.basis,
        observations: resources.observations.iter().filter_map(written).collect(),
    };
    Ok((append, turn, reply))
}

/// JSON. What cannot be written is left out of the answer, which the patient needs all the same.
fn written(value: &impl Serialize) -> Option<String> {
    let json = serde_json::to_string(value);
    if json.is_err() {
        tracing::error!("a part of an assessment cannot be written");
    }
    json.ok()
}

/// The turn that an earlier request with the same key took.
async fn again(app: &App, caller: &PatientAccount, message: Option<MessageId>) -> Result<Attempt<Taken>> {
    let id = message.ok_or(Error::Internal)?;
    let found = async {
        let thread = threads::load(app, caller, ThreadRef::No(id.thread)).await?;
        let turn = turns::of_message(app, &thread, id.seq).await?;
        let reply = messages::of_thread(app, &thread, id.seq.next()).await?;
        Ok(Taken { turn, reply: reply.text.ok_or(Error::Internal)?, again: true })
    };
    once_visible(found.await)
}

async fn again_once_visible(app: &App, caller: &PatientAccount, message: Option<MessageId>) -> Result<Taken> {
    let mut attempts = Attempts::default();
    loop {
        match again(app, caller, message).await? {
            Attempt::Done(taken) => return Ok(taken),
            Attempt::Raced => attempts.again(app).await?,
        }
    }
}
