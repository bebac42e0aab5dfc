//! `GET /api/actions?conversationId` (contract, section 4): the actions of a visit.

use axum::extract::State;
use domain::page::limit;
use domain::visit::utterance::visit_of;
use platform::identity::Clinician;
use platform::store::{actions, visits};
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::page::Rest;
use web::parameters::Parameters;
use web::visits::{Enveloped, page};
use web::{Api, Reply};

use crate::action::execution;
use crate::view::action::ActionView;

const MOST: u32 = 200;

/// The actions of a conversation, in the order in which they were detected.
#[utoipa::path(
    get,
    path = "/api/actions",
    tag = "interpreter visits",
    operation_id = "list_actions",
    params(
        ("conversationId" = String, Query, description = "The conversation."),
        ("limit" = Option<u32>, Query, description = "At most so many, up to 200."),
        ("cursor" = Option<String>, Query, description = "Where to go on: `meta.nextCursor` of the page before."),
    ),
    responses((status = 200, description = "The actions.", body = Enveloped<Vec<ActionView>>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn list_actions(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    (rest, parameters): (Rest, Parameters),
) -> Reply {
    let most = limit(parameters.get("limit"), MOST, MOST)?;
    let visit = visits::load(&api.app, &caller, visit_of(parameters.get("conversationId"))?).await?;
    let (found, next) = actions::page(&api.app, &visit, parameters.get("cursor"), most).await?;
    let mut views = Vec::with_capacity(found.len());
    for action in &found {
        views.push(ActionView::of(action, execution(&api.app, action).await?.as_ref()));
    }
    Ok(page::<ActionView>(views, (most, next), (&rest, &parameters)))
}
