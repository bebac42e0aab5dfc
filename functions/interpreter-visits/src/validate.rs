//! `POST /api/actions/:id/validate` (contract, section 4): a clinician decides whether an action is carried out. Nothing is before
//! that.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::event::{EventDraft, EventKind, Subject};
use domain::ids::ActionId;
use domain::visit::Visit;
use domain::visit::action::{Action, NOT_FOUND, Verdict};
use domain::visit::audit::VisitDeed;
use platform::App;
use platform::identity::Clinician;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::visits::{self, Change, Kept, keep, keep_nothing};
use platform::store::{actions, endpoints, events};
use platform::webhook::payload::Payload;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::caller::Caller;
use web::command::{Command, replayed};
use web::openapi::InterpreterVisitsRefusals;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

use crate::action::execution;
use crate::keep::{announce, audit};
use crate::view::VisitPath;
use crate::view::action::{ActionView, ToldAction};
use crate::view::conversation::ToldConversation;

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ValidateBody {
    /// Whether it may be carried out.
    #[schema(required = true, nullable = false)]
    approved: Option<bool>,
    note: Option<String>,
}

/// Decide about an action. Deciding so again gives the same answer; deciding otherwise is refused.
#[utoipa::path(
    post,
    path = "/api/actions/{id}/validate",
    tag = "interpreter visits",
    operation_id = "validate_action",
    request_body = ValidateBody,
    params(
        ("id" = String, Path, description = "The action."),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request happen once, for 24 hours."),
    ),
    responses((status = 200, description = "The action.", body = Enveloped<ActionView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn validate_action(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    VisitPath(raw): VisitPath,
    command: Command<ValidateBody>,
) -> Reply {
    let id: ActionId = raw.parse().map_err(|_| Error::Missing(NOT_FOUND))?;
    let guard = command.guard(&api, caller.identity());
    let verdict = Verdict::parse(command.body.approved, command.body.note.as_deref())?;
    let mut attempts = Attempts::default();
    let (action, again) = loop {
        match attempt(&api.app, &caller, (id, &verdict), &guard).await? {
            Attempt::Done(decided) => break decided,
            Attempt::Raced => attempts.again(&api.app).await?,
        }
    };
    let execution = execution(&api.app, &action).await?;
    Ok(replayed(answered(ActionView::of(&action, execution.as_ref())), again))
}

async fn attempt(
    app: &App,
    caller: &Clinician,
    (id, verdict): (ActionId, &Verdict),
    guard: &Guard,
) -> Result<Attempt<(Action, bool)>> {
    let action = actions::load(app, caller, id).await?;
    let visit = visits::load(app, caller, id.visit).await?;
    let Some(mut decided) = action.decided(verdict, caller.id(), app.now())? else {
        return Ok(match keep_nothing(app, (guard, id.get())).await? {
            Attempt::Done(kept) => Attempt::Done((action, kept != Kept::Now)),
            Attempt::Raced => Attempt::Raced,
        });
    };
    let stream = events::stream(app, visit.organization_id, visit.stream()).await?;
    let told = approved(app, caller, &visit, &decided).await?;
    decided.execution = told.iter().find(|(draft, _)| draft.target.is_some()).map(|_| stream.next_id());
    let deed = VisitDeed::ActionDecided { number: id.seq, approved: verdict.approved() };
    let change = Change {
        read: Some(&visit),
        decided: Some((&action, &decided)),
        told,
        stream: Some(stream),
        audit: audit(app, caller, &visit, deed),
        ..Change::default()
    };
    Ok(match keep(app, &change, (guard, id.get())).await? {
        Attempt::Done(Kept::Now) => {
            if change.tells() {
                announce(app, &visit).await;
            }
            Attempt::Done((decided.clone(), false))
        }
        Attempt::Done(Kept::Before { .. }) => Attempt::Done((action, true)),
        Attempt::Raced => Attempt::Raced,
    })
}

/// What is told of an action that may be carried out: its own target where an endpoint is registered there, and nobody else, so that
/// nobody carries it out twice; every subscriber otherwise. Nothing of one that may not.
async fn approved(app: &App, caller: &Clinician, visit: &Visit, action: &Action) -> Result<Vec<(EventDraft, Payload)>> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Told {
        action: ToldAction,
        conversation: ToldConversation,
        validated_by: Option<String>,
        validated_at: Option<String>,
    }
    if !action.is_approved() {
        return Ok(Vec::new());
    }
    let validation = action.validation.as_ref();
    let members = Told {
        action: ToldAction::of(action),
        conversation: ToldConversation::of(visit),
        validated_by: validation.map(|validation| validation.by.as_str().to_owned()),
        validated_at: validation.map(|validation| validation.at.rfc3339_millis()),
    };
    let target = match &action.target {
        Some(address) => endpoints::at_address(app, caller, address).await?,
        None => None,
    };
    let draft = match target {
        Some(target) => EventDraft::execution(action.id.seq, target),
        None => EventDraft::told(EventKind::ActionValidated, Subject::Action(action.id.seq)),
    };
    Ok(vec![(draft, Payload::new(&members)?)])
}
