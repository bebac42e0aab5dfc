//! `PUT /organizations/{organization_id}/template/` (contract I-11, section 4): the template with which an organisation
//! opens conversations.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::{Error, Result};
use domain::ids::OrganizationId;
use domain::template::{Language, Template, TemplateName, body};
use platform::identity::Operator;
use platform::store::templates;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::Command;
use web::openapi::ProviderMessagesRefusals;
use web::parameters::PathId;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TemplateBody {
    /// The template's name at Meta.
    #[schema(example = "doctor_check_in", required = true, nullable = false)]
    name: Option<String>,
    #[schema(example = "en_US", required = true, nullable = false)]
    language: Option<String>,
    /// The text as approved, with `{{1}}` patient, `{{2}}` doctor and `{{3}}` snippet.
    #[schema(example = "Hi {{1}}, this is {{2}}. {{3}} Please reply here.", required = true, nullable = false)]
    body: Option<String>,
    /// Whether Meta has approved it; without approval nothing is sent with it.
    #[schema(example = true, required = true, nullable = false)]
    approved: Option<bool>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TemplateView {
    organization_id: u64,
    name: String,
    language: String,
    body: String,
    approved: bool,
}

/// Keep the template of an organization.
#[utoipa::path(
    put,
    path = "/organizations/{organization_id}/template/",
    tag = "directory",
    operation_id = "put_template",
    request_body = TemplateBody,
    params(("organization_id" = u64, Path, description = "The organization.")),
    responses((status = 200, description = "The template.", body = TemplateView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_template(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    PathId(organization): PathId<OrganizationId>,
    command: Command<TemplateBody>,
) -> Reply {
    let template = parse(&command.body)?;
    templates::keep(&api.app, &operator, organization, &template).await?;
    let view = TemplateView {
        organization_id: organization.get(),
        name: template.name.as_str().to_owned(),
        language: template.language.as_str().to_owned(),
        body: template.body,
        approved: template.approved,
    };
    Ok(Json(view).into_response())
}

fn parse(request: &TemplateBody) -> Result<Template> {
    let required = |value: &Option<String>, field| value.clone().ok_or_else(|| Error::required(field));
    Ok(Template {
        name: TemplateName::parse(&required(&request.name, "name")?)?,
        language: Language::parse(&required(&request.language, "language")?)?,
        body: body(&required(&request.body, "body")?)?,
        approved: request.approved.ok_or_else(|| Error::required("approved"))?,
    })
}
