//! `GET` and `POST /patients/conversations/`, `GET /patients/conversations/{conversation_id}/` (contract I-6, section 4): a
//! patient's own conversations.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::append::{Change, open};
use domain::error::{Error, Result};
use domain::ids::ThreadRef;
use domain::inbox::recent::Moved;
use domain::page::{BYTE_BUDGET, limit};
use domain::text::one_line;
use domain::thread::Thread;
use http::StatusCode;
use platform::App;
use platform::conversation::own::begin;
use platform::identity::{Correspondent, PatientAccount};
use platform::store::append::{Kept, keep};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::{accounts, inbox, threads};
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::ProviderMessagesRefusals;
use web::page::{Items, Rest};
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

use crate::view::ConversationView;

const MOST: u32 = 100;
const LONGEST_TITLE: usize = 200;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ConversationBody {
    /// On one line, at most 200 characters.
    #[schema(example = "My knee")]
    title: Option<String>,
}

/// The caller's own conversations, those first that moved last.
#[utoipa::path(
    get,
    path = "/patients/conversations/",
    tag = "conversation messages",
    operation_id = "list_own_conversations",
    params(
        ("limit" = Option<u32>, Query, description = "At most so many, up to 100."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The conversations.", body = [ConversationView], headers(
        ("X-Next-Cursor", description = "Present when there are more."),
        ("Link", description = "The address of the next page."),
    )), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_conversations(
    State(api): State<Api>,
    Caller(patient): Caller<PatientAccount>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let before = parameters.get("cursor").map(str::parse::<Moved>).transpose()?;
    let (found, more) = match accounts::of_patient(&api.app, &patient).await? {
        Some(known) => inbox::own(&api.app, &patient, &known, (before, most)).await?,
        None => (Vec::new(), false),
    };
    let mut items = Items::new(usize::try_from(most).unwrap_or(usize::MAX), BYTE_BUDGET);
    for thread in &found {
        if !items.push(&ConversationView::of(thread), Moved::of(thread).to_string())? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if more { items.cut(&rest, &parameters) } else { items.complete() })
}

/// One conversation.
#[utoipa::path(
    get,
    path = "/patients/conversations/{conversation_id}/",
    tag = "conversation messages",
    operation_id = "get_conversation",
    params(("conversation_id" = String, Path, description = "The conversation.")),
    responses((status = 200, description = "The conversation.", body = ConversationView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_conversation(
    State(api): State<Api>,
    Caller(caller): Caller<Correspondent>,
    PathId(named): PathId<ThreadRef>,
) -> Reply {
    let thread = load(&api.app, &caller, named).await?;
    Ok(Json(ConversationView::of(&thread)).into_response())
}

/// A conversation that a patient holds in an app, for whoever may read it.
pub(crate) async fn load(app: &App, caller: &Correspondent, named: ThreadRef) -> Result<Thread> {
    let thread = threads::load(app, caller, named).await?;
    let is_own = thread.account.is_some() && thread.section.is_none() && thread.care.triage.is_none();
    is_own.then_some(thread).ok_or(Error::NotFound)
}

/// Begin a conversation.
#[utoipa::path(
    post,
    path = "/patients/conversations/",
    tag = "conversation messages",
    operation_id = "create_conversation",
    request_body = ConversationBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours.")),
    responses((status = 201, description = "The conversation.", body = ConversationView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn create_conversation(
    State(api): State<Api>,
    Caller(patient): Caller<PatientAccount>,
    command: Command<ConversationBody>,
) -> Reply {
    let title = title(command.body.title.as_deref())?;
    let guard = command.guard(&api, patient.identity());
    let mut attempts = Attempts::default();
    let (thread, again) = loop {
        match attempt(&api.app, &patient, title.as_deref(), &guard).await? {
            Attempt::Done(created) => break created,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    let answer = (StatusCode::CREATED, Json(ConversationView::of(&thread))).into_response();
    Ok(replayed(answer, again))
}

fn title(raw: Option<&str>) -> Result<Option<String>> {
    let title = one_line(raw.unwrap_or_default());
    if title.chars().count() > LONGEST_TITLE {
        return Err(Error::invalid("title", format!("title must have at most {LONGEST_TITLE} characters.")));
    }
    Ok((!title.is_empty()).then_some(title))
}

async fn attempt(
    app: &App,
    patient: &PatientAccount,
    title: Option<&str>,
    guard: &Guard,
) -> Result<Attempt<(Thread, bool)>> {
    let beginning = begin(app, patient).await?;
    let thread = Thread { title: title.map(ToOwned::to_owned), ..beginning.thread.clone() };
    let append = open(thread, Change::default(), app.now())?;
    let guard = guard.remembering(&append.thread.public_id.to_string());
    match keep(app, &append, &guard, beginning.alongside()).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Now) => Ok(Attempt::Done((append.thread, false))),
        Attempt::Done(Kept::Before { memo, .. }) => again(app, patient, memo.as_deref()).await,
    }
}

async fn again(app: &App, patient: &PatientAccount, memo: Option<&str>) -> Result<Attempt<(Thread, bool)>> {
    let named: ThreadRef = memo.and_then(|id| id.parse().ok()).ok_or(Error::Internal)?;
    once_visible(threads::load(app, patient, named).await.map(|thread| (thread, true)))
}
