//! `GET /providermessages/all-patients/` (PM-1.2, DP-1.2), alias `GET /provider/all-patients/`: every patient whom
//! the caller can message.

use axum::extract::State;
use domain::page::{BYTE_BUDGET, limit};
use domain::patient::{Patient, Subscription, SubscriptionStatus};
use platform::identity::CareTeam;
use platform::store::{patients, versions};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::conditional::{Known, Tag};
use web::openapi::ProviderMessagesRefusals;
use web::page::{Items, Rest};
use web::parameters::Parameters;
use web::{Api, Reply};

/// So many are read at once.
const CHUNK: u32 = 1000;
const MOST: u32 = 20_000;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct View {
    patient_id: u64,
    patient_name: String,
    patient_phone: String,
    /// `active`, `pending`, or null for a patient without a subscription.
    subscription_status: Option<&'static str>,
    subscription_id: Option<u64>,
}

/// List the patients of the caller's organization.
#[utoipa::path(
    get,
    path = "/providermessages/all-patients/",
    tag = "patients",
    operation_id = "all_patients",
    params(
        ("limit" = Option<u32>, Query, description = "At most so many, up to 20,000."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The patients.", body = [View], headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more."),
            ("Link", description = "The address of the next page."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn all_patients(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    (known, rest, parameters): (Known, Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let version = versions::of_patients(&api.app, &caller).await?;
    let tag = Tag::of(&[&"p", &caller.organization(), &version.count], version.has_settled(api.app.now()));
    if known.has(&tag) {
        return Ok(tag.not_modified());
    }
    let mut items = Items::new(usize::try_from(most).unwrap_or(usize::MAX), BYTE_BUDGET);
    let mut cursor = parameters.get("cursor").map(ToOwned::to_owned);
    loop {
        let chunk = CHUNK.min(most);
        let (patients, next) = patients::page(&api.app, &caller, cursor.as_deref(), chunk).await?;
        for patient in &patients {
            if !items.push(&view(patient), patient.patient_id.to_string())? {
                return Ok(known.answer(&tag, true, items.cut(&rest, &parameters)).await?);
            }
        }
        match next {
            Some(next) => cursor = Some(next),
            None => return Ok(known.answer(&tag, true, items.complete()).await?),
        }
    }
}

/// List the patients of the caller's organization, under the address that other clients use.
#[utoipa::path(
    get,
    path = "/provider/all-patients/",
    tag = "patients",
    operation_id = "all_patients_alias",
    params(
        ("limit" = Option<u32>, Query, description = "At most so many, up to 20,000."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer."),
    ),
    responses(
        (status = 200, description = "The patients.", body = [View], headers(
            ("ETag", description = "For If-None-Match."),
            ("X-Next-Cursor", description = "Present when there are more."),
            ("Link", description = "The address of the next page."),
        )),
        (status = 304, description = "Unchanged."),
        ProviderMessagesRefusals,
    ),
    security(("bearer" = []))
)]
pub(crate) async fn all_patients_alias(
    state: State<Api>,
    caller: Caller<CareTeam>,
    page: (Known, Rest, Parameters),
) -> Reply {
    all_patients(state, caller, page).await
}

fn view(patient: &Patient) -> View {
    View {
        patient_id: patient.patient_id.get(),
        patient_name: patient.full_name(),
        patient_phone: patient.phone_number.to_string(),
        subscription_status: patient.subscription.map(|Subscription { status, .. }| match status {
            SubscriptionStatus::Active => "active",
            SubscriptionStatus::Pending => "pending",
        }),
        subscription_id: patient.subscription.map(|subscription| subscription.id.get()),
    }
}
