//! `GET /api/conversations?status&limit&cursor` (contract, section 4): the organisation's visits.

use axum::extract::State;
use domain::page::limit;
use domain::visit::Status;
use platform::identity::Clinician;
use platform::store::visits;
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::page::Rest;
use web::parameters::Parameters;
use web::visits::{Enveloped, page};
use web::{Api, Reply};

use crate::view::conversation::ConversationView;

const DEFAULT: u32 = 20;
const MOST: u32 = 100;

/// The organization's conversations, newest first.
#[utoipa::path(
    get,
    path = "/api/conversations",
    tag = "interpreter visits",
    operation_id = "list_visits",
    params(
        ("status" = Option<String>, Query, description = "Only these: `active`, `completed` or `error`."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 100."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `meta.nextCursor` of the page before."),
    ),
    responses((status = 200, description = "The conversations.", body = Enveloped<Vec<ConversationView>>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_conversations(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), DEFAULT, MOST)?;
    let status = parameters.get("status").map(Status::parse).transpose()?;
    let (found, next) = visits::page(&api.app, &caller, (status, parameters.get("cursor")), most).await?;
    let views = found.iter().map(|visit| ConversationView::of(visit, &[])).collect();
    Ok(page::<ConversationView>(views, (most, next), (&rest, &parameters)))
}
