//! `POST /api/webhooks/:id/replay` (contract, I-10 and section 4): what happened since a moment is told again, in its order and under
//! the same ids. What was executed is not executed again.

use std::time::Duration;

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::EndpointId;
use domain::time::Timestamp;
use platform::identity::Operator;
use platform::queue::WebhookHint;
use platform::store::events::KEPT;
use platform::store::{endpoints, replays};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::parameters::PathId;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::endpoint::MISSING;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReplayBody {
    /// Not more than 30 days ago, and not later than now.
    #[schema(example = "2024-01-15T10:00:00.000Z", required = true, nullable = false)]
    since: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplayView {
    id: String,
    #[schema(example = "2024-01-15T10:00:00.000Z")]
    since: String,
    /// Always `queued`: it is told in the background.
    #[schema(example = "queued")]
    status: &'static str,
}

/// Tell an endpoint again what happened since a moment.
#[utoipa::path(
    post,
    path = "/api/webhooks/{id}/replay",
    tag = "webhooks",
    operation_id = "replay_webhook",
    params(("id" = String, Path, description = "The endpoint.")),
    request_body = ReplayBody,
    responses((status = 200, description = "It will be told again.", body = Enveloped<ReplayView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn replay_webhook(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(id): PathId<EndpointId>,
    command: Command<ReplayBody>,
) -> Reply {
    let app = &api.app;
    let since = parse(&command.body, app.now())?;
    let endpoint = endpoints::load(app, &operator, id).await.map_err(|error| error.or_missing(MISSING))?;
    if endpoint.disabled.is_some() {
        return Err(Error::Conflict("The webhook is disabled; enable it first.").into());
    }
    let guard = command.guard(&api, operator.identity());
    let again = replays::begin(app, &operator, &guard, (&endpoint, since)).await?;
    app.hints.tell_webhook(app, WebhookHint::Replay { endpoint: id }, Duration::ZERO).await;
    let view = ReplayView { id: id.to_string(), since: since.rfc3339_millis(), status: "queued" };
    Ok(replayed(answered(view), again))
}

fn parse(body: &ReplayBody, now: Timestamp) -> Result<Timestamp> {
    let raw = body.since.as_deref().ok_or_else(|| Error::required("since"))?;
    let refuse = || Error::invalid("since", "since must be a time with a zone, from the last 30 days.");
    let since = Timestamp::parse(raw).filter(|since| *since <= now && now.since(*since) <= KEPT);
    since.ok_or_else(refuse)
}
