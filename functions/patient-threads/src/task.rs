//! `PUT /patient-threads/{id}/task/` (contract I-7, section 4): what a thread is to achieve, and when the system checks in.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::append::{Change, append};
use domain::audit::{Action, Actor, AuditDraft};
use domain::error::Result;
use domain::ids::ThreadRef;
use domain::task::{ChecklistItem, TaskEntry, TaskFields};
use domain::thread::Thread;
use platform::App;
use platform::identity::CareTeam;
use platform::store::append::{Alongside, keep};
use platform::store::guards::Guard;
use platform::store::messages::{self, Part};
use platform::store::retry::{Attempt, Attempts};
use platform::store::threads;
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::Command;
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
    /// What is to be done, each a text or `{text, completed}`; at most 30.
    #[serde(default)]
    checklist: Vec<Item>,
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
    },
}

impl From<Item> for ChecklistItem {
    fn from(item: Item) -> Self {
        match item {
            Item::Text(text) => Self { text, completed: false },
            Item::Point { text, completed } => Self { text, completed },
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
    params(("id" = String, Path, description = "The integer id or the public id.")),
    responses((status = 200, description = "The thread with its task.", body = ThreadView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_task(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    command: Command<TaskBody>,
) -> Reply {
    let entry = TaskEntry::parse(fields(&command.body), api.app.now())?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let thread = loop {
        match attempt(&api.app, &caller, (named, &entry, command.body.daily_report), &guard).await? {
            Attempt::Done(thread) => break thread,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    let stretch = messages::read(&api.app, &thread, Part::Newest, MESSAGES).await?;
    Ok(Json(ThreadView::of(&thread, &stretch.messages, api.app.now())).into_response())
}

fn fields(body: &TaskBody) -> TaskFields {
    TaskFields {
        title: body.title.clone(),
        objective: body.objective.clone(),
        checklist: body.checklist.iter().cloned().map(ChecklistItem::from).collect(),
        next_check_in_at: body.next_check_in_at.clone(),
        next_check_in_summary: body.next_check_in_summary.clone(),
        repeat_every_hours: body.repeat_every_hours,
        objective_completed: body.objective_completed.unwrap_or_default(),
    }
}

async fn attempt(
    app: &App,
    caller: &CareTeam,
    (named, entry, daily_report): (ThreadRef, &TaskEntry, Option<bool>),
    guard: &Guard,
) -> Result<Attempt<Thread>> {
    let thread = threads::load(app, caller, named).await?;
    let now = app.now();
    let mut care = thread.care.clone();
    care.task = Some(entry.task(care.task.as_ref(), app.random.wide(), now));
    care.report_due = match daily_report {
        Some(true) => care.report_due.or_else(|| Some(app.config.hours.zone.next_hour(now, app.config.hours.report))),
        Some(false) => None,
        None => care.report_due,
    };
    let actor = Actor::Provider { provider_id: caller.provider() };
    let audit = vec![AuditDraft { actor, action: Action::TaskSet }];
    let append = append(&thread, Change { care: Some(care), audit, ..Change::default() }, now)?;
    Ok(match keep(app, &append, guard, Alongside::default()).await? {
        Attempt::Done(_) => Attempt::Done(append.thread),
        Attempt::Raced => Attempt::Raced,
    })
}
