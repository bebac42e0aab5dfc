//! `GET` and `PUT /request/{section_id}/therapist-dashboard/settings` (contract I-5, section 4): how the section works.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::Result;
use domain::section::{ReasonFields, Section, SettingsFields};
use platform::App;
use platform::identity::Therapist;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::sections;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::Command;
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

/// What is left out stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SettingsBody {
    /// `ai_hybrid` or `human_only`.
    #[schema(example = "ai_hybrid")]
    mode: Option<String>,
    tagging_enabled: Option<bool>,
    tag_reasons: Option<Vec<ReasonBody>>,
    /// Words that are a danger here, beside those that the engine knows.
    danger_terms: Option<Vec<String>>,
    /// What a subject in danger is told; blank for our own text.
    blocked_message: Option<String>,
    /// Whether the subject is told which words showed the danger.
    show_keywords: Option<bool>,
    #[schema(example = 3000)]
    poll_interval_ms: Option<u32>,
    /// Minutes until an unread critical or emergency alert goes to the next therapist; 0 is never.
    #[schema(example = 15)]
    escalation_minutes: Option<u32>,
}

#[derive(Debug, Clone, Deserialize, ToSchema)]
struct ReasonBody {
    #[schema(example = "overwhelmed")]
    key: String,
    label: Option<String>,
    /// `normal`, `urgent` or `emergency`.
    urgency: Option<String>,
}

impl From<ReasonBody> for ReasonFields {
    fn from(ReasonBody { key, label, urgency }: ReasonBody) -> Self {
        Self { key, label, urgency }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SettingsView {
    success: bool,
    mode: &'static str,
    tagging_enabled: bool,
    tag_reasons: Vec<SettingsReasonView>,
    danger_terms: Vec<String>,
    /// Null for our own text.
    blocked_message: Option<String>,
    show_keywords: bool,
    poll_interval_ms: u32,
    escalation_minutes: u32,
}

#[derive(Debug, Serialize, ToSchema)]
struct SettingsReasonView {
    key: String,
    label: String,
    urgency: &'static str,
}

impl SettingsView {
    fn of(section: &Section) -> Self {
        let reasons = section.tag_reasons.iter().map(|reason| SettingsReasonView {
            key: reason.key.clone(),
            label: reason.label.clone(),
            urgency: reason.urgency.name(),
        });
        Self {
            success: true,
            mode: section.mode.name(),
            tagging_enabled: section.tagging_enabled,
            tag_reasons: reasons.collect(),
            danger_terms: section.danger_terms.clone(),
            blocked_message: section.blocked_message.as_ref().map(|text| text.as_str().to_owned()),
            show_keywords: section.show_keywords,
            poll_interval_ms: section.poll_interval_ms,
            escalation_minutes: section.escalation_minutes,
        }
    }
}

/// How the section works.
#[utoipa::path(
    get,
    path = "/request/{section_id}/therapist-dashboard/settings",
    tag = "therapist dashboard",
    operation_id = "get_section_settings",
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "The settings.", body = SettingsView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_settings(State(api): State<Api>, Caller(therapist): Caller<Therapist>) -> Reply {
    let section = sections::of_therapist(&api.app, &therapist).await?;
    Ok(Json(SettingsView::of(&section)).into_response())
}

/// Set how the section works.
#[utoipa::path(
    put,
    path = "/request/{section_id}/therapist-dashboard/settings",
    tag = "therapist dashboard",
    operation_id = "put_section_settings",
    request_body = SettingsBody,
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "The settings.", body = SettingsView), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_settings(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<SettingsBody>,
) -> Reply {
    let fields = fields(&command.body);
    let guard = command.guard(&api, therapist.identity());
    let mut attempts = Attempts::default();
    let section = loop {
        match attempt(&api.app, &therapist, &fields, &guard).await? {
            Attempt::Done(section) => break section,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(Json(SettingsView::of(&section)).into_response())
}

async fn attempt(app: &App, therapist: &Therapist, fields: &SettingsFields, guard: &Guard) -> Result<Attempt<Section>> {
    let read = sections::of_therapist(app, therapist).await?;
    let section = read.with(fields.clone())?;
    if section == (Section { version: section.version, ..read.clone() }) {
        return Ok(Attempt::Done(read));
    }
    Ok(match sections::keep(app, therapist, &section, guard).await? {
        Attempt::Done(()) => Attempt::Done(section),
        Attempt::Raced => Attempt::Raced,
    })
}

fn fields(body: &SettingsBody) -> SettingsFields {
    SettingsFields {
        mode: body.mode.clone(),
        tagging_enabled: body.tagging_enabled,
        tag_reasons: body.tag_reasons.clone().map(|reasons| reasons.into_iter().map(ReasonFields::from).collect()),
        danger_terms: body.danger_terms.clone(),
        blocked_message: body.blocked_message.clone(),
        show_keywords: body.show_keywords,
        poll_interval_ms: body.poll_interval_ms,
        escalation_minutes: body.escalation_minutes,
    }
}
