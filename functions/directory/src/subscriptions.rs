//! `PUT /patients/{patient_id}/subscription/` (contract I-8, section 4): a patient's subscription.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::{Error, Result};
use domain::ids::{PatientId, SubscriptionId};
use domain::patient::{Patient, Subscription, SubscriptionStatus};
use platform::App;
use platform::identity::Operator;
use platform::store::guards::Guard;
use platform::store::patients::{self, PatientWrite};
use platform::store::retry::{Attempt, Attempts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id, present};
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SubscriptionBody {
    /// `active`, `pending`, or null to end it.
    #[serde(default, deserialize_with = "present")]
    #[schema(example = "active", value_type = Option<String>, required = true)]
    subscription_status: Option<Option<String>>,
    /// Required with a status.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 991)]
    subscription_id: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubscriptionView {
    patient_id: u64,
    subscription_status: Option<String>,
    subscription_id: Option<u64>,
}

/// Set or end a patient's subscription.
#[utoipa::path(
    put,
    path = "/patients/{patient_id}/subscription/",
    tag = "directory",
    operation_id = "put_subscription",
    request_body = SubscriptionBody,
    params(("patient_id" = u64, Path, description = "The patient.")),
    responses((status = 200, description = "The subscription.", body = SubscriptionView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_subscription(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(patient): PathId<PatientId>,
    command: Command<SubscriptionBody>,
) -> Reply {
    let subscription = parse(&command.body)?;
    let guard = command.guard(&api, operator.identity());
    let mut attempts = Attempts::default();
    while let Attempt::Raced = set(&api.app, &operator, (patient, subscription), &guard).await? {
        attempts.again(&api.app).await?;
    }
    let status = subscription.and(command.body.subscription_status.clone().flatten());
    let id = subscription.map(|subscription| subscription.id.get());
    let view = SubscriptionView { patient_id: patient.get(), subscription_status: status, subscription_id: id };
    Ok(Json(view).into_response())
}

fn parse(body: &SubscriptionBody) -> Result<Option<Subscription>> {
    let status = body.subscription_status.as_ref().ok_or_else(|| Error::required("subscription_status"))?;
    let status = match status.as_deref() {
        None => return Ok(None),
        Some("active") => SubscriptionStatus::Active,
        Some("pending") => SubscriptionStatus::Pending,
        Some(_) => {
            let text = "subscription_status must be active, pending or null.";
            return Err(Error::invalid("subscription_status", text));
        }
    };
    let id = body.subscription_id.and_then(SubscriptionId::new);
    Ok(Some(Subscription { id: id.ok_or_else(|| Error::required("subscription_id"))?, status }))
}

async fn set(
    app: &App,
    operator: &Operator,
    (id, subscription): (PatientId, Option<Subscription>),
    guard: &Guard,
) -> Result<Attempt<()>> {
    let read = patients::load_for_operator(app, operator, id).await?;
    let patient = Patient { subscription, version: read.version.saturating_add(1), ..read.clone() };
    let write = match read.subscription == subscription {
        true => PatientWrite::Nothing { patient: &read },
        false => PatientWrite::Change { read: &read, patient: &patient },
    };
    Ok(match patients::keep(app, write, guard).await? {
        Attempt::Done(_) => Attempt::Done(()),
        Attempt::Raced => Attempt::Raced,
    })
}
