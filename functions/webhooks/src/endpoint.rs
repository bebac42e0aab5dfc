//! `GET`, `PATCH` and `DELETE /api/webhooks/:id` (contract, I-10 and section 4): one endpoint.

use axum::Extension;
use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::EndpointId;
use domain::webhook::endpoint::{EndpointChange, parse_description, parse_events};
use domain::webhook::target::{Loopback, TargetUrl};
use platform::identity::Operator;
use platform::store::endpoints;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, present, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::parameters::PathId;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::view::EndpointView;

/// What names no endpoint of the caller's.
pub(crate) const MISSING: &str = "Webhook not found";

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct WebhookChangeBody {
    /// An HTTPS address on a public host.
    url: Option<String>,
    /// What it is told.
    #[schema(example = json!(["conversation.ended"]))]
    events: Option<Vec<String>>,
    /// Null takes it away.
    #[serde(default, deserialize_with = "present")]
    description: Option<Option<String>>,
    /// False: it is told nothing. True: it is told again what happens from now on, also one that was disabled.
    enabled: Option<bool>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeletedView {
    id: String,
    #[schema(example = true)]
    deleted: bool,
}

/// One endpoint.
#[utoipa::path(
    get,
    path = "/api/webhooks/{id}",
    tag = "webhooks",
    operation_id = "get_webhook",
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 200, description = "The endpoint.", body = Enveloped<EndpointView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_webhook(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(id): PathId<EndpointId>,
) -> Reply {
    let endpoint = endpoints::load(&api.app, &operator, id).await.map_err(|error| error.or_missing(MISSING))?;
    Ok(answered(EndpointView::of(&endpoint)))
}

/// Change an endpoint. What is left out stays as it is.
#[utoipa::path(
    patch,
    path = "/api/webhooks/{id}",
    tag = "webhooks",
    operation_id = "change_webhook",
    params(("id" = String, Path, description = "The endpoint.")),
    request_body = WebhookChangeBody,
    responses((status = 200, description = "The endpoint.", body = Enveloped<EndpointView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn change_webhook(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    (id, loopback): (PathId<EndpointId>, Extension<Loopback>),
    command: Command<WebhookChangeBody>,
) -> Reply {
    let app = &api.app;
    let (PathId(id), Extension(loopback)) = (id, loopback);
    let change = parse(&command.body, loopback)?;
    let guard = command.guard(&api, operator.identity());
    let changed = endpoints::change(app, (&operator, id), &guard, |endpoint| endpoint.changed(&change, app.now()));
    let (endpoint, again) = changed.await.map_err(|error| error.or_missing(MISSING))?;
    Ok(replayed(answered(EndpointView::of(&endpoint)), again))
}

fn parse(body: &WebhookChangeBody, loopback: Loopback) -> Result<EndpointChange> {
    let description = match &body.description {
        Some(Some(text)) => Some(parse_description(text)?),
        Some(None) => Some(None),
        None => None,
    };
    let change = EndpointChange {
        url: body.url.as_deref().map(|url| TargetUrl::parse(url, loopback)).transpose()?,
        events: body.events.as_deref().map(parse_events).transpose()?,
        description,
        enabled: body.enabled,
    };
    if change == EndpointChange::default() {
        return Err(Error::malformed("One of url, events, description and enabled is required."));
    }
    Ok(change)
}

/// Take an endpoint away. What it is owed is not told any more.
#[utoipa::path(
    delete,
    path = "/api/webhooks/{id}",
    tag = "webhooks",
    operation_id = "delete_webhook",
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 200, description = "It is gone.", body = Enveloped<DeletedView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete_webhook(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(id): PathId<EndpointId>,
) -> Reply {
    let endpoint = endpoints::load(&api.app, &operator, id).await.map_err(|error| error.or_missing(MISSING))?;
    endpoints::remove(&api.app, &operator, &endpoint).await?;
    Ok(answered(DeletedView { id: id.to_string(), deleted: true }))
}
