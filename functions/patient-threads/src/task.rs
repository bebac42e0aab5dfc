//! `PUT /patient-threads/{id}/task/` (contract I-7, section 4): what a thread is to achieve, and when the system checks in.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::append::{Change, append};
use domain::audit::{Action, Actor, AuditDraft};
use domain::error::Result;
use domain::ids::ThreadRef;
use domain::message::Message;
use domain::task::{ChecklistItem, TaskEntry, TaskFields};
use domain::thread::Thread;
use platform::App;
use platform::conversation::line::Line;
use platform::identity::CareTeam;
use platform::store::append::{Alongside, Kept, keep, kept_before};
use platform::store::guards::Guard;
use platform::store::messages::{self, Part};
use platform::store::retry::{Attempt, Attempts};
use platform::store::threads;
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::PatientThreadsRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

use crate::view::ThreadView;

/// The newest messages that the answer shows.
const MESSAGES: u32 = 20;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TaskBody {
    #[schema(example = "Blood pressure", required = true, nullable = false)]
    title: Option<String>,
    #[schema(example = "Below 140/90 for a week", required = true, nullable = false)]
    objective: Option<String>,
    /// What is to be done, each a text or `{text, completed, for_patient}`; at most 30. The assistant reminds the patient
    /// of what is `for_patient`, in these words.
    checklist: Option<Vec<Item>>,
    /// The first check-in, with a zone.
    #[schema(example = "2026-11-25T09:00:00Z")]
    next_check_in_at: Option<String>,
    /// What the check-in asks.
    #[schema(example = "Please send today's blood pressure.")]
    next_check_in_summary: Option<String>,
    /// Hours from one check-in to the next.
    #[schema(example = 24)]
    repeat_every_hours: Option<u32>,
    /// Whether the objective is achieved.
    objective_completed: Option<bool>,
    /// Whether the doctor gets a report every day; left out, it stays as it is.
    daily_report: Option<bool>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
enum Item {
    Text(String),
    Point {
        text: String,
        #[serde(default)]
        completed: bool,
        #[serde(default)]
        for_patient: bool,
    },
}

impl From<Item> for ChecklistItem {
    fn from(item: Item) -> Self {
        match item {
            Item::Text(text) => Self { text, completed: false, for_patient: false },
            Item::Point { text, completed, for_patient } => Self { text, completed, for_patient },
        }
    }
}

/// Set a thread's task. A task that is under way keeps its id; a completed one makes room for another.
#[utoipa::path(
    put,
    path = "/patient-threads/{id}/task/",
    tag = "patient threads",
    operation_id = "put_thread_task",
    request_body = TaskBody,
    params(
        ("id" = String, Path, description = "The integer id or the public id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The thread with its task.", body = ThreadView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_task(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    command: Command<TaskBody>,
) -> Reply {
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let put = loop {
        match attempt(&api.app, &caller, (named, &command.body), &guard).await? {
            Attempt::Done(put) => break put,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    let view = ThreadView::of(&put.thread, &put.messages, api.app.now());
    Ok(replayed(Json(view).into_response(), put.again))
}

/// The thread with its task, put now or by an earlier request with the same key.
struct Put {
    thread: Thread,
    messages: Vec<Message>,
    again: bool,
}

/// Puts it once. Everything that the answer shows is read before anything is kept: a refusal means that nothing changed.
async fn attempt(
    app: &App,
    caller: &CareTeam,
    (named, body): (ThreadRef, &TaskBody),
    guard: &Guard,
) -> Result<Attempt<Put>> {
    let thread = threads::load(app, caller, named).await?;
    let messages = messages::read(app, &thread, Part::Newest, MESSAGES).await?.messages;
    let now = app.now();
    let entry = match entry(app, caller, &thread, body).await {
        Ok(entry) => entry,
        // What was planned once is answered again, even if its time has passed.
        Err(refusal) => {
            let before = kept_before(app, guard).await?;
            return before.map(|_| Attempt::Done(Put { thread, messages, again: true })).ok_or(refusal);
        }
    };
    let change = change(app, &thread, (&entry, body.daily_report), caller);
    let append = append(&thread, change, now)?;
    Ok(match keep(app, &append, guard, Alongside::default()).await? {
        Attempt::Done(Kept::Now) => Attempt::Done(Put { thread: append.thread, messages, again: false }),
        Attempt::Done(Kept::Before { .. }) => Attempt::Done(Put { thread, messages, again: true }),
        Attempt::Raced => Attempt::Raced,
    })
}

async fn entry(app: &App, caller: &CareTeam, thread: &Thread, body: &TaskBody) -> Result<TaskEntry> {
    let entry = TaskEntry::parse(fields(body), thread.care.task.as_ref(), app.now())?;
    entry.suits(Line::of_thread(app, caller.into(), thread).await?.contact.as_ref())?;
    Ok(entry)
}

fn fields(body: &TaskBody) -> TaskFields {
    TaskFields {
        title: body.title.clone(),
        objective: body.objective.clone(),
        checklist: body.checklist.iter().flatten().cloned().map(ChecklistItem::from).collect(),
        next_check_in_at: body.next_check_in_at.clone(),
        next_check_in_summary: body.next_check_in_summary.clone(),
        repeat_every_hours: body.repeat_every_hours,
        objective_completed: body.objective_completed.unwrap_or_default(),
    }
}

fn change(app: &App, thread: &Thread, (entry, daily_report): (&TaskEntry, Option<bool>), caller: &CareTeam) -> Change {
    let now = app.now();
    let mut care = thread.care.clone();
    care.task = Some(entry.task(care.task.as_ref(), app.random.wide(), now));
    let care = care.with_daily_report(daily_report, app.config.hours.zone.next_hour(now, app.config.hours.report));
    let actor = Actor::Provider { provider_id: caller.provider() };
    let audit = vec![AuditDraft { actor, action: Action::TaskSet }];
    Change { care: Some(care), audit, ..Change::default() }
}
