//! `GET /api/actions/:id` (MI-act-get): an action as it is now.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::ActionId;
use domain::visit::action::{Action, NOT_FOUND};
use domain::webhook::attempt::Execution;
use platform::App;
use platform::identity::Clinician;
use platform::store::{actions, executions};
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::view::VisitPath;
use crate::view::action::ActionView;

/// Get an action.
#[utoipa::path(
    get,
    path = "/api/actions/{id}",
    tag = "interpreter visits",
    operation_id = "get_action",
    params(("id" = String, Path, description = "The action.")),
    responses((status = 200, description = "The action.", body = Enveloped<ActionView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn get_action(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    VisitPath(raw): VisitPath,
) -> Reply {
    let id: ActionId = raw.parse().map_err(|_| Error::Missing(NOT_FOUND))?;
    let action = actions::load(&api.app, &caller, id).await?;
    let execution = execution(&api.app, &action).await?;
    Ok(answered(ActionView::of(&action, execution.as_ref())))
}

/// What came of an action's execution at its own target; nothing before it is tried.
pub(crate) async fn execution(app: &App, action: &Action) -> Result<Option<Execution>> {
    match action.execution {
        Some(event) => executions::load(app, event).await,
        None => Ok(None),
    }
}
