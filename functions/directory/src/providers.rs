//! `PUT /providers/{provider_id}/` (contract, section 4): a provider's entry in the directory.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::caller::ProviderRole;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, ProviderId};
use domain::phone::PhoneNumber;
use domain::provider::{Provider, specialty};
use domain::text::PersonName;
use platform::App;
use platform::identity::Operator;
use platform::store::providers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id};
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ProviderBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 21, required = true, nullable = false)]
    organization_id: Option<u64>,
    #[schema(example = "Dr. Smith", required = true, nullable = false)]
    name: Option<String>,
    /// `doctor` (the default) or `human_staff`.
    #[schema(example = "doctor")]
    role: Option<String>,
    #[schema(example = "General Practice")]
    specialty: Option<String>,
    #[schema(example = "+2348012345678")]
    phone: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProviderView {
    id: u64,
    organization_id: u64,
    name: String,
    role: &'static str,
    specialty: Option<String>,
    phone: Option<String>,
}

/// Keep a provider's entry in the directory.
#[utoipa::path(
    put,
    path = "/providers/{provider_id}/",
    tag = "directory",
    operation_id = "put_provider",
    request_body = ProviderBody,
    params(("provider_id" = u64, Path, description = "The provider, as tokens name them.")),
    responses((status = 200, description = "The entry.", body = ProviderView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_provider(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(provider_id): PathId<ProviderId>,
    command: Command<ProviderBody>,
) -> Reply {
    let provider = parse(&api.app, provider_id, &command.body)?;
    providers::keep(&api.app, &operator, &provider).await?;
    Ok(Json(view(&provider)).into_response())
}

fn parse(app: &App, provider_id: ProviderId, body: &ProviderBody) -> Result<Provider> {
    let organization = body.organization_id.and_then(OrganizationId::new);
    let name = body.name.as_deref().map(|name| PersonName::parse("name", name)).transpose()?.flatten();
    let phone = body.phone.as_deref().filter(|phone| !phone.trim().is_empty());
    Ok(Provider {
        provider_id,
        organization_id: organization.ok_or_else(|| Error::required("organization_id"))?,
        name: name.ok_or_else(|| Error::required("name"))?,
        role: match body.role.as_deref() {
            None | Some("doctor") => ProviderRole::Doctor,
            Some("human_staff") => ProviderRole::HumanStaff,
            Some(_) => return Err(Error::invalid("role", "role must be doctor or human_staff.")),
        },
        specialty: body.specialty.as_deref().map(specialty).transpose()?.flatten(),
        phone: phone.map(|phone| number(app, phone)).transpose()?,
    })
}

/// The field is called otherwise than a patient's.
fn number(app: &App, phone: &str) -> Result<PhoneNumber> {
    PhoneNumber::parse(phone, app.config.phone_country.as_deref()).map_err(|_| {
        Error::invalid("phone", "phone must be a phone number in international format, for example +14155550123.")
    })
}

fn view(provider: &Provider) -> ProviderView {
    ProviderView {
        id: provider.provider_id.get(),
        organization_id: provider.organization_id.get(),
        name: provider.name.as_str().to_owned(),
        role: match provider.role {
            ProviderRole::Doctor => "doctor",
            ProviderRole::HumanStaff => "human_staff",
        },
        specialty: provider.specialty.clone(),
        phone: provider.phone.as_ref().map(ToString::to_string),
    }
}
