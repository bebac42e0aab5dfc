//! `GET /patients/messages/{unique_id}/versions/`: what a message said before it was changed or deleted, for the
//! organization's staff and for administrators.

use std::collections::BTreeSet;

use axum::extract::State;
use domain::assessment::DangerCategory;
use domain::error::Error;
use domain::ids::{MessageId, ThreadRef};
use domain::page::{BYTE_BUDGET, limit};
use domain::record::EarlierText;
use platform::identity::Correspondent;
use platform::store::{messages, texts};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::openapi::ProviderMessagesRefusals;
use web::page::{Items, Rest};
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

use crate::conversations::load;

const MOST: u32 = 100;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionView<'a> {
    #[schema(example = "Hello, I need help.")]
    content: &'a str,
    /// When it was changed or deleted.
    #[schema(example = "2023-01-01T12:10:00Z")]
    until: String,
    /// The writer's own words that spoke of danger.
    detected_keywords: Vec<&'a str>,
    /// The dangers with which the message was flagged then, also by still earlier texts: `self_harm`, `harm_to_others`, `abuse` or
    /// `medical`.
    #[schema(value_type = Vec<String>, example = json!(["self_harm"]))]
    dangers: BTreeSet<DangerCategory>,
}

impl<'a> VersionView<'a> {
    fn of(earlier: &'a EarlierText) -> Self {
        Self {
            content: earlier.text.as_ref().map_or("", |text| text.as_str()),
            until: earlier.until.rfc3339_seconds(),
            detected_keywords: earlier.detected_words(),
            dangers: earlier.dangers.iter().map(|danger| danger.category).collect(),
        }
    }
}

/// The earlier texts of a message, oldest first, also of a deleted one. Not for patients.
#[utoipa::path(
    get,
    path = "/patients/messages/{unique_id}/versions/",
    tag = "conversation messages",
    operation_id = "list_message_versions",
    params(
        ("unique_id" = String, Path, description = "The message."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 100."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The texts.", body = [VersionView], headers(
        ("X-Next-Cursor", description = "Present when there are more."),
        ("Link", description = "The address of the next page."),
    )), ProviderMessagesRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_versions(
    State(api): State<Api>,
    Caller(reader): Caller<Correspondent>,
    PathId(id): PathId<MessageId>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    if matches!(reader, Correspondent::Patient(_)) {
        return Err(Error::Forbidden.into());
    }
    let wanted = (parameters.get("cursor"), limit(parameters.get("limit"), MOST, MOST)?);
    let thread = load(&api.app, &reader, ThreadRef::No(id.thread)).await?;
    let message = messages::of_thread(&api.app, &thread, id.seq).await?;
    let (found, more) = texts::of_message(&api.app, &reader, (&thread, &message), wanted).await?;
    let mut items = Items::new(usize::MAX, BYTE_BUDGET);
    for listed in &found {
        if !items.push(&VersionView::of(&listed.earlier), listed.cursor())? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if more { items.cut(&rest, &parameters) } else { items.complete() })
}
