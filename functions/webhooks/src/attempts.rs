//! `GET /api/webhooks/:id/attempts` (contract, I-10 and section 4): what became of the attempts to tell an endpoint.

use axum::extract::State;
use domain::error::Error;
use domain::ids::EndpointId;
use domain::page::limit;
use platform::identity::Operator;
use platform::store::attempts::{self, AttemptCursor};
use platform::store::endpoints;
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::page::Rest;
use web::parameters::{Parameters, PathId};
use web::visits::{Enveloped, page};
use web::{Api, Reply};

use crate::endpoint::MISSING;
use crate::view::AttemptView;

/// The attempts of the last 30 days, newest first.
#[utoipa::path(
    get,
    path = "/api/webhooks/{id}/attempts",
    tag = "webhooks",
    operation_id = "list_webhook_attempts",
    params(
        ("id" = String, Path, description = "The endpoint."),
        ("limit" = Option<u32>, Query, description = "1 to 100; 50 when left out."),
        ("cursor" = Option<String>, Query, description = "From the answer before."),
    ),
    responses((status = 200, description = "The attempts.", body = Enveloped<Vec<AttemptView>>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_webhook_attempts(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(id): PathId<EndpointId>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let limit = limit(parameters.get("limit"), 50, 100)?;
    let refuse = || Error::invalid("cursor", "cursor must come from the answer before.");
    let after = parameters.get("cursor").map(|raw| AttemptCursor::parse(raw).ok_or_else(refuse)).transpose()?;
    let endpoint = endpoints::load(&api.app, &operator, id).await.map_err(|error| error.or_missing(MISSING))?;
    let (records, more) = attempts::page(&api.app, &endpoint, (after.as_ref(), limit)).await?;
    let next = records.last().filter(|_| more).map(|last| AttemptCursor::behind(last).as_str().to_owned());
    Ok(page(records.iter().map(AttemptView::of).collect(), (limit, next), (&rest, &parameters)))
}
