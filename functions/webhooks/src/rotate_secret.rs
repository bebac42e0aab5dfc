//! `POST /api/webhooks/:id/rotate-secret` (contract, I-10 and section 4): a new secret; the one before signs, too, for a day.

use axum::extract::State;
use domain::ids::EndpointId;
use platform::identity::Operator;
use platform::store::endpoints;
use platform::webhook::signature::new_secret;
use web::caller::Caller;
use web::command::{NoBody, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::parameters::PathId;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::endpoint::MISSING;
use crate::view::SecretView;

/// Give an endpoint a new secret. It is shown here and never again; for 24 hours webhooks are signed with both.
#[utoipa::path(
    post,
    path = "/api/webhooks/{id}/rotate-secret",
    tag = "webhooks",
    operation_id = "rotate_webhook_secret",
    params(("id" = String, Path, description = "The endpoint.")),
    responses((status = 200, description = "The endpoint and its new secret.", body = Enveloped<SecretView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn rotate_webhook_secret(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(id): PathId<EndpointId>,
    command: NoBody,
) -> Reply {
    let app = &api.app;
    let secret = new_secret(&app.random);
    let guard = command.guard(&api, operator.identity());
    let rotated =
        endpoints::change(app, (&operator, id), &guard, |endpoint| endpoint.rotated(secret.clone(), app.now()));
    let (endpoint, again) = rotated.await.map_err(|error| error.or_missing(MISSING))?;
    Ok(replayed(answered(SecretView::of(&endpoint)), again))
}
