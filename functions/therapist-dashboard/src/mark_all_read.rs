//! `POST /request/{section_id}/therapist-dashboard/mark-all-read` (contract, section 4): everything that the subject wrote so far is
//! read. Alerts are not: each of them is somebody's to look at.

use axum::extract::State;
use platform::identity::Therapist;
use platform::store::seen;
use serde::Deserialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, lenient_id};
use web::openapi::TherapyChatRefusals;
use web::{Api, Reply};

use crate::decided::{Done, load, named};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct MarkAllBody {
    #[serde(default, deserialize_with = "lenient_id")]
    #[schema(example = 123, required = true, nullable = false)]
    conversation_id: Option<u64>,
}

/// Mark the messages of a conversation as read by the caller.
#[utoipa::path(
    post,
    path = "/request/{section_id}/therapist-dashboard/mark-all-read",
    tag = "therapist dashboard",
    operation_id = "mark_all_read",
    request_body = MarkAllBody,
    params(("section_id" = u64, Path, description = "The section.")),
    responses((status = 200, description = "They are read.", body = Done), TherapyChatRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn mark_all_read(
    State(api): State<Api>,
    Caller(therapist): Caller<Therapist>,
    command: Command<MarkAllBody>,
) -> Reply {
    let thread = load(&api.app, &therapist, named(command.body.conversation_id)?).await?;
    seen::mark_read(&api.app, &therapist, &thread).await?;
    Ok(Done::answer(false))
}
