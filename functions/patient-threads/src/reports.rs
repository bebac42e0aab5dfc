//! `GET /patient-threads/{id}/reports/`: the daily reports of a thread (contract I-7).

use axum::extract::State;
use domain::ids::ThreadRef;
use domain::page::{BYTE_BUDGET, limit};
use domain::report::Report;
use platform::identity::CareTeam;
use platform::store::{reports, threads};
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::openapi::PatientThreadsRefusals;
use web::page::{Items, Rest};
use web::parameters::{Parameters, PathId};
use web::{Api, Reply};

const MOST: u32 = 100;
const DEFAULT: u32 = 31;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportView {
    #[schema(example = "2026-11-25")]
    date: String,
    /// What the patient said, in their own words.
    said: Vec<String>,
    /// What was measured, with how it changed.
    readings: Vec<String>,
    risk: String,
    open_tasks: Vec<String>,
    /// All of it as one text.
    text: String,
    created: String,
}

impl ReportView {
    fn of(report: &Report) -> Self {
        Self {
            date: report.date.clone(),
            said: report.said.clone(),
            readings: report.readings.clone(),
            risk: report.risk.clone(),
            open_tasks: report.open_tasks.clone(),
            text: report.text(),
            created: report.created.rfc3339_seconds(),
        }
    }
}

/// The daily reports of a thread, newest first.
#[utoipa::path(
    get,
    path = "/patient-threads/{id}/reports/",
    tag = "patient threads",
    operation_id = "list_thread_reports",
    params(
        ("id" = String, Path, description = "The integer id or the public id."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 100."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `X-Next-Cursor` of the page before."),
    ),
    responses((status = 200, description = "The reports.", body = [ReportView]), PatientThreadsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_reports(
    State(api): State<Api>,
    Caller(caller): Caller<CareTeam>,
    PathId(named): PathId<ThreadRef>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), DEFAULT, MOST)?;
    let thread = threads::load(&api.app, &caller, named).await?;
    let (found, next) = reports::page(&api.app, &thread, parameters.get("cursor"), most).await?;
    let mut items = Items::new(usize::try_from(most).unwrap_or(usize::MAX), BYTE_BUDGET);
    for report in &found {
        if !items.push(&ReportView::of(report), reports::cursor(report))? {
            return Ok(items.cut(&rest, &parameters));
        }
    }
    Ok(if next.is_some() { items.cut(&rest, &parameters) } else { items.complete() })
}
