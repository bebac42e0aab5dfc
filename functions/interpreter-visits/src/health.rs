//! `GET /api/health` (MI-health, A-39): what the product stands on, really asked. Open to everybody, so it says nothing but states.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::time::Timestamp;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use platform::App;
use platform::store::{backlog, visits};
use serde::Serialize;
use utoipa::ToSchema;
use web::Api;

use crate::Visits;

/// The version of the document.
const VERSION: &str = "1.0.0";
/// How long one check may take.
const LIMIT: Duration = Duration::from_secs(2);
/// The model is not asked more often: anybody may ask us.
const MODEL_ASKED_EVERY: Duration = Duration::from_secs(30);
/// More hints than this in the queue of webhooks are a backlog.
const BACKLOG: u64 = 1_000;
/// Whoever is owed a webhook for longer than this waits too long; the sweeper comes every minute.
const LATE: Duration = Duration::from_mins(10);

/// What the model was last found to be, and when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checked(Arc<Mutex<Option<Found>>>);

/// What a check found.
#[derive(Debug, Clone, Copy)]
struct Found {
    at: Timestamp,
    error: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    /// `healthy`, `degraded` or `unhealthy`.
    #[schema(example = "healthy")]
    status: &'static str,
    #[schema(example = "2024-01-15T10:00:00.000Z")]
    timestamp: String,
    checks: ChecksView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "1.0.0", nullable = false)]
    version: Option<&'static str>,
    /// Seconds since this process began to serve.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 86_400, nullable = false)]
    uptime: Option<u64>,
    /// What is wrong, by check; present when something is.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    errors: BTreeMap<&'static str, &'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChecksView {
    #[schema(example = "healthy")]
    api: &'static str,
    #[schema(example = "healthy")]
    database: &'static str,
    #[schema(example = "healthy")]
    openai: &'static str,
    #[schema(example = "healthy")]
    webhooks: &'static str,
}

/// How the system is. 503 only when it cannot work at all.
#[utoipa::path(
    get,
    path = "/api/health",
    tag = "interpreter visits",
    operation_id = "visits_health",
    responses(
        (status = 200, description = "It works, perhaps not everything of it.", body = HealthView),
        (status = 503, description = "The database is down.", body = HealthView),
    )
)]
pub(crate) async fn health(State(api): State<Api>, Extension(visits): Extension<Visits>) -> Response {
    let app = &api.app;
    let (database, webhooks, openai) = tokio::join!(database(app), webhooks(app), openai(app, &visits));
    let errors = [("database", database), ("openai", openai), ("webhooks", webhooks)];
    let errors: BTreeMap<&'static str, &'static str> =
        errors.into_iter().filter_map(|(name, error)| Some((name, error?))).collect();
    let is_up = !errors.contains_key("database");
    let status = match (errors.is_empty(), is_up) {
        (true, _) => "healthy",
        (false, true) => "degraded",
        (false, false) => "unhealthy",
    };
    let of = |name: &str| if errors.contains_key(name) { "unhealthy" } else { "healthy" };
    let checks =
        ChecksView { api: "healthy", database: of("database"), openai: of("openai"), webhooks: of("webhooks") };
    let is_healthy = errors.is_empty();
    let view = HealthView {
        status,
        timestamp: app.now().rfc3339_millis(),
        checks,
        version: is_healthy.then_some(VERSION),
        uptime: is_healthy.then(|| app.now().since(visits.since).as_secs()),
        errors,
    };
    let code = if is_up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, [(CACHE_CONTROL, "no-store")], Json(view)).into_response()
}

async fn database(app: &App) -> Option<&'static str> {
    match tokio::time::timeout(LIMIT, visits::answers(app)).await {
        Ok(Ok(())) => None,
        Ok(Err(_)) => Some("The database does not answer"),
        Err(_) => Some("The database does not answer in time"),
    }
}

async fn webhooks(app: &App) -> Option<&'static str> {
    let asked = async { tokio::join!(app.hints.waiting_webhooks(), backlog::is_late(app, LATE)) };
    match tokio::time::timeout(LIMIT, asked).await {
        Ok((Ok(waiting), late)) if waiting > BACKLOG || late == Ok(true) => Some("Too many webhooks are waiting"),
        // What the table does not say is the database's to tell.
        Ok((Ok(_), _)) => None,
        Ok((Err(_), _)) | Err(_) => Some("Connection timeout to webhook service"),
    }
}

async fn openai(app: &App, visits: &Visits) -> Option<&'static str> {
    let now = app.now();
    let known = *visits.checked.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known
        && now.since(found.at) < MODEL_ASKED_EVERY
    {
        return found.error;
    }
    let error = visits.model.check(LIMIT).await.err().map(|_| "The model does not answer");
    *visits.checked.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Found { at: now, error });
    error
}
