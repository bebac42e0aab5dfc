//! `PUT` and `DELETE /sections/{section_id}/members/{user_id}/` (contract I-4): a member of a section, by the name that others read. The
//! first member brings the section into being.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, SectionId, UserId};
use domain::section::{Member, MemberRole, Section};
use domain::text::PersonName;
use platform::identity::Operator;
use platform::store::sections;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id};
use web::openapi::ProviderMessagesRefusals;
use web::{Api, Reply};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MemberBody {
    /// The section's organization.
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 21, required = true, nullable = false)]
    organization_id: Option<u64>,
    #[schema(example = "John Doe", required = true, nullable = false)]
    name: Option<String>,
    /// `therapist` or `subject`.
    #[schema(example = "subject", required = true, nullable = false)]
    role: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberView {
    section_id: u64,
    user_id: u64,
    organization_id: u64,
    name: String,
    role: &'static str,
}

/// Keep a member of a section. Who may do what stands in the member's token.
#[utoipa::path(
    put,
    path = "/sections/{section_id}/members/{user_id}/",
    tag = "directory",
    operation_id = "put_section_member",
    request_body = MemberBody,
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("user_id" = u64, Path, description = "The user."),
    ),
    responses((status = 200, description = "The member.", body = MemberView), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn put_member(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    Path((section, user)): Path<(String, String)>,
    command: Command<MemberBody>,
) -> Reply {
    let section_id: SectionId = section.parse().map_err(|_| Error::NotFound)?;
    let user_id: UserId = user.parse().map_err(|_| Error::NotFound)?;
    let (section, member) = parse((section_id, user_id), &command.body)?;
    sections::keep_member(&api.app, &operator, (&section, &member)).await?;
    let view = MemberView {
        section_id: section_id.get(),
        user_id: user_id.get(),
        organization_id: section.organization_id.get(),
        name: member.name.as_str().to_owned(),
        role: member.role.name(),
    };
    Ok(Json(view).into_response())
}

fn parse((section_id, user_id): (SectionId, UserId), body: &MemberBody) -> Result<(Section, Member)> {
    let organization_id = body.organization_id.and_then(OrganizationId::new);
    let organization_id = organization_id.ok_or_else(|| Error::required("organization_id"))?;
    let name = PersonName::parse("name", body.name.as_deref().unwrap_or_default())?;
    let name = name.ok_or_else(|| Error::required("name"))?;
    let role = MemberRole::parse(body.role.as_deref().ok_or_else(|| Error::required("role"))?)?;
    Ok((Section::new(section_id, organization_id), Member { section_id, user_id, name, role }))
}

/// Take a member out of a section's directory: they are called and asked no more.
#[utoipa::path(
    delete,
    path = "/sections/{section_id}/members/{user_id}/",
    tag = "directory",
    operation_id = "delete_section_member",
    params(
        ("section_id" = u64, Path, description = "The section."),
        ("user_id" = u64, Path, description = "The user."),
    ),
    responses((status = 204, description = "They are not in it."), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn delete_member(
    State(api): State<Api>,
    Caller(operator): Caller<Operator>,
    Path((section, user)): Path<(String, String)>,
) -> Reply {
    let section_id: SectionId = section.parse().map_err(|_| Error::NotFound)?;
    let user_id: UserId = user.parse().map_err(|_| Error::NotFound)?;
    sections::remove_member(&api.app, &operator, section_id, user_id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
