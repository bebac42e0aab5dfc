//! `GET /request/{section_id}/therapist-dashboard/alerts` (contract, section 4) and `POST …/mark-alert-read` (TD-mark-alert).

use axum::extract::State;
use domain::alert::{Acknowledged, Alert, AlertKind};
use domain::append::append;
use domain::audit::Actor;
use domain::error::{Error, Result};
use domain::ids::{AlertId, MessageId, ThreadRef};
use domain::page::{BYTE_BUDGET, limit};
use domain::therapy::alert_read;
use platform::App;
use platform::identity::Therapist;
use platform::store::append::{Alongside, Kept, keep, keep_nothing};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{alerts, threads};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id};
use web::openapi::TherapyChatRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

use crate::decided::{Done, is_on};

const MOST: u32 = 200;
const NO_ALERT: &str = "Alert not found";

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertsView {
    success: bool,
    alerts: Vec<AlertView>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TherapyAlertView)]
pub(crate) struct AlertView {
    #[schema(example = 89)]
    id: u64,
    #[schema(example = 123)]
    conversation_id: u32,
    /// `danger_detected`, `tag_received`, `abnormal_reading`, `assistant_unavailable` or `human_requested`.
    #[schema(example = "danger_detected")]
    alert_type: &'static str,
    /// `info`, `warning`, `critical` or `emergency`.
    #[schema(example = "emergency")]
    severity: &'static str,
    message: String,
    message_id: Option<u64>,
    is_read: bool,
    read_at: Option<String>,
    /// How long it was open.
    seconds_to_acknowledge: Option<u64>,
    /// How often it went on to another therapist.
    escalations: u32,
    /// The therapist whose it is now, once it went on.
    escalated_to: Option<u64>,
    created_at: String,
}

impl AlertView {
    fn of(alert: &Alert) -> Self {
        Self {
            id: alert.id.get(),
            conversation_id: alert.id.thread.get(),
            alert_type: alert.kind.name(),
            severity: alert.severity.name(),
            message: alert.text.clone(),
            message_id: alert.message.map(MessageId::get),
            is_read: alert.acknowledged.is_some(),
            read_at: alert.acknowledged.as_ref().map(|by| by.at.rfc3339_offset()),
            seconds_to_acknowledge: alert.seconds_to_acknowledge(),
            escalations: alert.escalation.as_ref().map_or(0, |last| last.level),
            escalated_to: alert.escalation.as_ref().and_then(|last| last.to).map(domain::ids::UserId::get),
            created_at: alert.created.rfc3339_offset(),
        }
    }
}

/// The alerts of the section, newest first.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/alerts",
    tag = "therapist dashboard",
    operation_id = "list_section_alerts",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("unread_only" = Option<bool>, Query, description = "Only those that nobody has read."),
        ("alert_type" = Option<String>, Query, description = "Only those of a type."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 200."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The alerts.", body = AlertsView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_alerts(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let filter = Filter::parse(&parameters)?;
    let (found, more) = filtered(&api.app, &therapist, (parameters.get("cursor"), most), &filter).await?;
    let mut items = Items::within("{\"success\":true,\"alerts\":".to_owned(), BYTE_BUDGET);
    for alert in &found {
        if !items.push(&AlertView::of(alert), alerts::cursor(alert))? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if more { items.cut(&rest, &parameters) } else { items.complete() })
}

/// Which alerts are wanted.
struct Filter {
    unread_only: bool,
    kind: Option<AlertKind>,
}

impl Filter {
    fn parse(parameters: &Parameters) -> Result<Self> {
        let kind = parameters.get("alert_type").map(|name| {
            AlertKind::parse(name).ok_or_else(|| Error::invalid("alert_type", "alert_type must be a type of alert."))
        });
        Ok(Self { unread_only: is_on("unread_only", parameters.get("unread_only"))?, kind: kind.transpose()? })
    }

    fn has(&self, alert: &Alert) -> bool {
        let is_unread = alert.acknowledged.is_none();
        (is_unread || !self.unread_only) && self.kind.is_none_or(|kind| kind == alert.kind)
    }
}

/// A page of what the filter lets through, from as many pages of the table as it takes.
async fn filtered(
    app: &App,
    therapist: &Therapist,
    (cursor, most): (Option<&str>, u32),
    filter: &Filter,
) -> Result<(Vec<Alert>, bool)> {
    let wanted = usize::try_from(most).unwrap_or(usize::MAX);
    let mut cursor = cursor.map(ToOwned::to_owned);
    let mut found: Vec<Alert> = Vec::new();
    loop {
        let (page, more) = alerts::of_section(app, therapist, (cursor.as_deref(), MOST)).await?;
        cursor = page.last().map(alerts::cursor);
        found.extend(page.into_iter().filter(|alert| filter.has(alert)));
        if found.len() > wanted || !more {
            let is_cut = found.len() > wanted;
            found.truncate(wanted);
            return Ok((found, is_cut));
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MarkBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 89, required = true, nullable = false)]
    alert_id: Option<u64>,
}

/// Mark an alert as read. Saying it again changes nothing.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/mark-alert-read",
    tag = "therapist dashboard",
    operation_id = "mark_alert_read",
    request_body = MarkBody,
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "It is read.", body = Done), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn mark_alert_read(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<MarkBody>,
) -> Reply {
    let raw = command.body.alert_id.ok_or(Error::Documented("Alert ID is required"))?;
    let id = AlertId::new(raw).ok_or(Error::Missing(NO_ALERT))?;
    let guard = command.guard(&api, therapist.identity());
    let mut attempts = Attempts::default();
    let kept = loop {
        match attempt(&api.app, &therapist, id, &guard).await? {
            Attempt::Done(kept) => break kept,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(Done::answer(kept != Kept::Now))
}

async fn attempt(app: &App, therapist: &Therapist, id: AlertId, guard: &Guard) -> Result<Attempt<Kept>> {
    let found = async {
        let thread = threads::load(app, therapist, ThreadRef::No(id.thread)).await?;
        let alert = alerts::of_thread(app, &thread, id).await?;
        Ok((thread, alert))
    };
    let (thread, alert) = found.await.map_err(|error: Error| error.or_missing(NO_ALERT))?;
    if alert.acknowledged.is_some() {
        return keep_nothing(app, thread.thread, guard).await;
    }
    let by = Acknowledged { by: Actor::Therapist { user_id: therapist.user() }, at: app.now() };
    let append = append(&thread, alert_read(&thread, therapist.user(), alert.kind), app.now())?;
    keep(app, &append, guard, Alongside { acknowledge: Some((&alert, &by)), ..Alongside::default() }).await
}
