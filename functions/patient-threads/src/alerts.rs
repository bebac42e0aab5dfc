//! `GET /patient-threads/{id}/alerts/` and `POST /patient-threads/{id}/alerts/{alert_id}/acknowledge/`: what somebody must look
//! at, and saying that one did. A thread with an open alert is never hidden from a list, so alerts must end.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use domain::alert::{Acknowledged, Alert, AlertKind};
use domain::append::{Change, append};
use domain::audit::{Action, Actor, AuditDraft};
use domain::error::{Error, Result};
use domain::ids::{AlertId, ThreadRef};
use domain::page::{BYTE_BUDGET, bad_cursor, limit};
use domain::thread::Thread;
use platform::App;
use platform::identity::CareTeam;
use platform::store::append::{Alongside, Kept, keep, keep_nothing};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{alerts, threads};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{NoBody, replayed};
use web::openapi::PatientThreadsRefusals;
use web::page::{Items, Rest};
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

const MOST: u32 = 200;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertView {
    #[schema(example = "alert_5497558138881")]
    alert_id: String,
    /// `danger_detected`, `abnormal_reading`, `inactivity`, `assistant_unavailable`, `check_ins_stopped`,
    /// `check_ins_resumed` or `human_requested`.
    #[schema(example = "abnormal_reading")]
    alert_type: &'static str,
    /// `info`, `warning`, `critical` or `emergency`.
    #[schema(example = "warning")]
    severity: &'static str,
    text: String,
    #[schema(example = "msg_5497558138881")]
    message_id: Option<String>,
    created: String,
    acknowledged: bool,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<u64>,
}

impl AlertView {
    pub(crate) fn of(alert: &Alert) -> Self {
        Self {
            alert_id: format!("alert_{}", alert.id.get()),
            alert_type: alert.kind.name(),
            severity: alert.severity.name(),
            text: alert.text.clone(),
            message_id: alert.message.map(|message| format!("msg_{}", message.get())),
            created: alert.created.rfc3339_seconds(),
            acknowledged: alert.acknowledged.is_some(),
            acknowledged_at: alert.acknowledged.map(|by| by.at.rfc3339_seconds()),
            acknowledged_by: alert.acknowledged.map(|by| by.by.get()),
        }
    }
}

/// The alerts of a thread, newest first.
#[utoipa::path(
    get,
    path = "/patient-threads/{id}/alerts/",
    tag = "patient threads",
    operation_id = "list_thread_alerts",
    params(
        ("id" = String, Path, description = "The integer id or the public id."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 200."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The alerts.", body = [AlertView]), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_alerts(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let before = parameters.get("cursor").map(|raw| raw.parse::<AlertId>().map_err(|_| bad_cursor())).transpose()?;
    let thread = threads::load(&api.app, &caller, named).await?;
    let (found, more) = alerts::page(&api.app, &thread, before, most).await?;
    let mut items = Items::new(usize::try_from(most).unwrap_or(usize::MAX), BYTE_BUDGET);
    for alert in &found {
        if !items.push(&AlertView::of(alert), format!("alert_{}", alert.id.get()))? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if more { items.cut(&rest, &parameters) } else { items.complete() })
}

/// Say that an alert was dealt with. Saying it again changes nothing.
#[utoipa::path(
    post,
    path = "/patient-threads/{id}/alerts/{alert_id}/acknowledge/",
    tag = "patient threads",
    operation_id = "acknowledge_thread_alert",
    params(
        ("id" = String, Path, description = "The integer id or the public id of the thread."),
        ("alert_id" = String, Path, description = "The alert."),
    ),
    responses((status = 200, description = "The alert.", body = AlertView), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn acknowledge_alert(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    Path((thread, alert)): Path<(String, String)>,
    command: NoBody,
) -> Reply {
    let named: ThreadRef = thread.parse().map_err(|_| Error::NotFound)?;
    let id: AlertId = alert.parse().map_err(|_| Error::NotFound)?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let (alert, again) = loop {
        match attempt(&api.app, &caller, (named, id), &guard).await? {
            Attempt::Done(acknowledged) => break acknowledged,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(Json(AlertView::of(&alert)).into_response(), again))
}

async fn attempt(
    app: &App,
    caller: &CareTeam,
    (named, id): (ThreadRef, AlertId),
    guard: &Guard,
) -> Result<Attempt<(Alert, bool)>> {
    let thread = threads::load(app, caller, named).await?;
    if id.thread != thread.thread {
        return Err(Error::NotFound);
    }
    let alert = alerts::load(app, caller, id).await?;
    if alert.acknowledged.is_some() {
        return Ok(match keep_nothing(app, thread.thread, guard).await? {
            Attempt::Done(kept) => Attempt::Done((alert, kept != Kept::Now)),
            Attempt::Raced => Attempt::Raced,
        });
    }
    let by = Acknowledged { by: caller.provider(), at: app.now() };
    let append = append(&thread, change(&thread, alert.kind, caller), app.now())?;
    let alongside = Alongside { acknowledge: Some((id, by)), ..Alongside::default() };
    Ok(match keep(app, &append, guard, alongside).await? {
        Attempt::Done(kept) => Attempt::Done((Alert { acknowledged: Some(by), ..alert }, kept != Kept::Now)),
        Attempt::Raced => Attempt::Raced,
    })
}

fn change(thread: &Thread, kind: AlertKind, caller: &CareTeam) -> Change {
    let care = thread.care.clone().with_alert_acknowledged(kind);
    let actor = Actor::Provider { provider_id: caller.provider() };
    let audit = vec![AuditDraft { actor, action: Action::AlertAcknowledged }];
    Change { care: Some(care), audit, ..Change::default() }
}
