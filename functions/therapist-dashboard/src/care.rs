//! `POST /request/{section_id}/therapist-dashboard/toggle-ai` (TD-toggle-ai) and `…/set-risk` (TD-set-risk).

use axum::extract::State;
use domain::care::Risk;
use domain::error::Error;
use domain::therapy::{assistant_set, risk_set};
use platform::identity::Therapist;
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id};
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

use crate::decided::{Done, keep_decided, named};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ToggleBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    conversation_id: Option<u64>,
    #[schema(example = false, required = true, nullable = false)]
    enabled: Option<bool>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RiskBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    conversation_id: Option<u64>,
    /// `low`, `medium`, `high` or `critical`.
    #[schema(example = "high", required = true, nullable = false)]
    risk_level: Option<String>,
}

/// Allow or forbid the assistant to answer. Allowing it also lifts what a danger imposed.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/toggle-ai",
    tag = "therapist dashboard",
    operation_id = "toggle_ai",
    request_body = ToggleBody,
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "It is so.", body = Done), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn toggle_ai(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<ToggleBody>,
) -> Reply {
    let no = named(command.body.conversation_id)?;
    let enabled = command.body.enabled.ok_or_else(|| Error::required("enabled"))?;
    let guard = command.guard(&api, therapist.identity());
    let decide = |thread: &_| assistant_set(thread, therapist.user(), enabled);
    let decided = keep_decided(&api.app, &therapist, (no, &guard), decide).await?;
    Ok(Done::answer(decided.again))
}

/// Set the risk of a conversation.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/set-risk",
    tag = "therapist dashboard",
    operation_id = "set_risk",
    request_body = RiskBody,
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "It is so.", body = Done), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn set_risk(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<RiskBody>,
) -> Reply {
    let no = named(command.body.conversation_id)?;
    let risk = command.body.risk_level.as_deref().and_then(Risk::parse);
    let risk = risk.ok_or(Error::Documented("Invalid risk level"))?;
    let guard = command.guard(&api, therapist.identity());
    let decide = |thread: &_| risk_set(thread, therapist.user(), risk);
    let decided = keep_decided(&api.app, &therapist, (no, &guard), decide).await?;
    Ok(Done::answer(decided.again))
}
