//! `GET /api/conversations/:id` (MI-conv-get): a visit with what was counted in it.

use axum::extract::State;
use domain::error::Error;
use domain::ids::VisitNo;
use domain::visit::NOT_FOUND;
use platform::identity::Clinician;
use platform::store::visits;
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::view::VisitPath;
use crate::view::conversation::ConversationView;

/// Alerts that are shown with a visit.
const ALERTS: u32 = 20;

/// Get a conversation.
#[utoipa::path(
    get,
    path = "/api/conversations/{id}",
    tag = "interpreter visits",
    operation_id = "get_visit",
    params(("id" = String, Path, description = "The conversation.")),
    responses((status = 200, description = "The conversation.", body = Enveloped<ConversationView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_conversation(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    VisitPath(raw): VisitPath,
) -> Reply {
    let id: VisitNo = raw.parse().map_err(|_| Error::Missing(NOT_FOUND))?;
    let visit = visits::load(&api.app, &caller, id).await?;
    let alerts = visits::alerts(&api.app, &visit, ALERTS).await?;
    Ok(answered(ConversationView::of(&visit, &alerts)))
}
