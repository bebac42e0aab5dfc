//! `GET /api/summaries/:id` (contract, section 4): a summary as it is now.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::SummaryId;
use domain::visit::summary::NOT_FOUND;
use platform::identity::Clinician;
use platform::store::summaries;
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::view::VisitPath;
use crate::view::summary::SummaryView;

/// Get a summary.
#[utoipa::path(
    get,
    path = "/api/summaries/{id}",
    tag = "interpreter visits",
    operation_id = "get_summary",
    params(("id" = String, Path, description = "The summary.")),
    responses((status = 200, description = "The summary.", body = Enveloped<SummaryView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_summary(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    VisitPath(raw): VisitPath,
) -> Reply {
    let summary = summaries::load(&api.app, &caller, id(&raw)?).await?;
    Ok(answered(SummaryView::of(&summary)))
}

/// The summary that a path names.
pub(crate) fn id(raw: &str) -> Result<SummaryId> {
    raw.parse().map_err(|_| Error::Missing(NOT_FOUND))
}
