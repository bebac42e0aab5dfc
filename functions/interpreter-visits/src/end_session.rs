//! `DELETE /api/session/:id` (contract, section 4): no conversation can begin in the session any more.

use axum::extract::State;
use domain::error::{Error, Result};
use domain::ids::SessionId;
use domain::visit::session::{NOT_FOUND, Session};
use platform::App;
use platform::identity::Clinician;
use platform::store::retry::Attempts;
use platform::store::sessions;
use serde::Serialize;
use utoipa::ToSchema;
use web::caller::Caller;
use web::openapi::InterpreterVisitsRefusals;
use web::parameters::PathId;
use web::visits::{Enveloped, answered};
use web::{Api, Reply};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EndedSessionView {
    #[schema(example = "sess_def456")]
    session_id: String,
    /// Always `ended`.
    #[schema(example = "ended")]
    status: &'static str,
    #[schema(example = "2024-01-15T10:30:00.000Z")]
    ended_at: String,
}

/// End a session. Ending it again gives the same answer; a conversation that began in it goes on.
#[utoipa::path(
    delete,
    path = "/api/session/{id}",
    tag = "interpreter visits",
    operation_id = "end_session",
    params(("id" = String, Path, description = "The session.")),
    responses((status = 200, description = "The session.", body = Enveloped<EndedSessionView>), InterpreterVisitsRefusals),
    security(("bearer" = []))
)]
pub(crate) async fn end_session(
    State(api): State<Api>,
    Caller(caller): Caller<Clinician>,
    PathId(id): PathId<SessionId>,
) -> Reply {
    let ended = ended(&api.app, &caller, &id).await?;
    Ok(answered(EndedSessionView {
        session_id: ended.id.to_string(),
        status: "ended",
        ended_at: ended.ended.unwrap_or(ended.created).rfc3339_millis(),
    }))
}

async fn ended(app: &App, caller: &Clinician, id: &SessionId) -> Result<Session> {
    let mut attempts = Attempts::default();
    loop {
        let session = sessions::find(app, caller, id).await?.ok_or(Error::Missing(NOT_FOUND))?;
        let Some(ended) = session.ended(&caller.id(), app.now())? else { return Ok(session) };
        if sessions::keep(app, (&session, &ended)).await? {
            return Ok(ended);
        }
        attempts.again(app).await?;
    }
}
