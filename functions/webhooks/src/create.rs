//! `POST /api/webhooks` (contract, I-10 and section 4): a new endpoint, and its secret.

use axum::Extension;
use axum::extract::State;
use domain::error::{Error, Result};
use domain::event::EventKind;
use domain::ids::{EndpointId, OrganizationId};
use domain::webhook::endpoint::{Endpoint, EndpointEntry, parse_description, parse_events};
use domain::webhook::target::{Loopback, TargetUrl};
use platform::identity::Operator;
use platform::store::endpoints;
use platform::webhook::signature::new_secret;
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::view::SecretView;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebhookBody {
    /// An HTTPS address on a public host.
    #[schema(example = "https://webhook.site/medication-order", required = true, nullable = false)]
    url: Option<String>,
    /// What it is told; everything when left out.
    #[schema(example = json!(["medical.action.detected", "conversation.ended"]))]
    events: Option<Vec<String>>,
    #[schema(example = "Pharmacy")]
    description: Option<String>,
    /// Required unless the token names an organization.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 21)]
    organization_id: Option<u64>,
}

/// Make an endpoint. Its secret is shown here and never again.
#[utoipa::path(
    post,
    path = "/api/webhooks",
    tag = "webhooks",
    operation_id = "create_webhook",
    request_body = WebhookBody,
    responses((status = 200, description = "The endpoint and its secret.", body = Enveloped<SecretView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn create_webhook(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    Extension(loopback): Extension<Loopback>,
    command: Command<WebhookBody>,
) -> Reply {
    let app = &api.app;
    let (organization, entry) = parse(&operator, &command.body, loopback)?;
    let id = EndpointId::from_random(app.random.wide());
    let endpoint = Endpoint::new(id, organization, entry, (new_secret(&app.random), app.now()));
    let guard = command.guard(&api, operator.identity());
    let (id, again) = endpoints::keep_new(app, &endpoint, &guard).await?;
    let endpoint = if again { endpoints::load(app, &operator, id).await? } else { endpoint };
    Ok(replayed(answered(SecretView::of(&endpoint)), again))
}

fn parse(operator: &Operator, body: &WebhookBody, loopback: Loopback) -> Result<(OrganizationId, EndpointEntry)> {
    let url = body.url.as_deref().ok_or_else(|| Error::required("url"))?;
    let entry = EndpointEntry {
        url: TargetUrl::parse(url, loopback)?,
        events: body.events.as_deref().map_or_else(|| Ok(EventKind::ALL.into()), parse_events)?,
        description: body.description.as_deref().map(parse_description).transpose()?.flatten(),
    };
    Ok((operator.tenant(body.organization_id.and_then(OrganizationId::new), "organizationId")?, entry))
}
