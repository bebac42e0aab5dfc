//! `POST /api/summaries/:id/approve` (contract, section 4): a clinician vouches for a summary.

use axum::extract::State;
use domain::error::Result;
use domain::ids::SummaryId;
use domain::visit::audit::VisitDeed;
use domain::visit::summary::Summary;
use platform::App;
use platform::identity::Clinician;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::summaries;
use web::caller::Caller;
use web::command::{NoBody, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::edit::reviewed;
use crate::summary::id;
use crate::view::VisitPath;
use crate::view::summary::SummaryView;

/// Approve a summary. Approving it again gives the same answer; editing it takes the approval back.
#[utoipa::path(
    post,
    path = "/api/summaries/{id}/approve",
    tag = "interpreter visits",
    operation_id = "approve_summary",
    params(
        ("id" = String, Path, description = "The summary."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The summary.", body = Enveloped<SummaryView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn approve_summary(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    VisitPath(raw): VisitPath,
    command: NoBody,
) -> Reply {
    let id = id(&raw)?;
    let guard = command.guard(&api, caller.identity());
    let mut attempts = Attempts::default();
    let (summary, again) = loop {
        match attempt(&api.app, &caller, id, &guard).await? {
            Attempt::Done(approved) => break approved,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    Ok(replayed(answered(SummaryView::of(&summary)), again))
}

async fn attempt(app: &App, caller: &Clinician, id: SummaryId, guard: &Guard) -> Result<Attempt<(Summary, bool)>> {
    let summary = summaries::load(app, caller, id).await?;
    let approved = summary.approved(caller.id(), app.now());
    reviewed(app, caller, (&summary, approved, VisitDeed::SummaryApproved { number: id.seq }), guard).await
}
