//! `GET /api/webhooks` (contract, I-10 and section 4): an organisation's endpoints.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::OrganizationId;
use platform::identity::Operator;
use platform::store::endpoints;
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::parameters::Parameters;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::view::EndpointView;

/// The organization's endpoints, at most 20 of them.
#[utoipa::path(
    get,
    path = "/api/webhooks",
    tag = "webhooks",
    operation_id = "list_webhooks",
    params(("organizationId" = Option<u64>, Query, description = "Required unless the token names an organization.")),
    responses((status = 200, description = "The endpoints.", body = Enveloped<Vec<EndpointView>>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_webhooks(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    parameters: Parameters,
) -> Reply {
    let organization = operator.tenant(named(&parameters)?, "organizationId")?;
    let endpoints = endpoints::of_organization(&api.app, &operator, organization).await?;
    Ok(answered(endpoints.iter().map(EndpointView::of).collect::<Vec<_>>()))
}

fn named(parameters: &Parameters) -> Result<Option<OrganizationId>> {
    let refuse = |_| Error::invalid("organizationId", "organizationId must be the number of an organization.");
    parameters.get("organizationId").map(|raw| raw.parse().map_err(refuse)).transpose()
}
