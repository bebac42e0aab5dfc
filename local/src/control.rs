//! `/_local/…`: what only the runner has. Design, section 5, has the table of these routes.

use std::collections::BTreeMap;

use axum::extract::{DefaultBodyLimit, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use serde_json::{Value, json};

use crate::drive::DriveFaultBody;
use crate::model_server::ScriptBody;
use crate::stack::Running;
use crate::whatsapp::{FaultBody, InboundBody, KnownTemplate};
use crate::{console, receiver};

mod points;
mod time;
mod tokens;

pub(crate) fn router(running: &Running) -> Router {
    let receive =
        Router::new().route("/_local/webhooks/receive", post(receiver::receive)).with_state(running.receiver.clone());
    Router::new()
        .route("/", get(console::page))
        .route("/_local/accounts", get(tokens::accounts))
        .route("/_local/accounts/{key}/token", get(tokens::of_account))
        .route("/_local/token", post(tokens::token))
        .route("/_local/clock", get(time::now).post(time::clock))
        .route("/_local/drain", post(time::drain))
        .route("/_local/schedules/{function}/run", post(time::run_schedule))
        .route("/_local/whatsapp/outbox", get(outbox))
        // Files of patients come with it.
        .route("/_local/whatsapp/inbound", post(inbound).layer(DefaultBodyLimit::disable()))
        .route("/_local/whatsapp/faults", post(faults))
        .route("/_local/whatsapp/templates", post(template))
        .route("/_local/points", get(points::all))
        .route("/_local/crash", post(points::crash))
        .route("/_local/hold", post(points::hold))
        .route("/_local/release", post(points::release))
        .route("/_local/model/script", post(model_script))
        .route("/_local/model/requests", get(model_requests))
        .route("/_local/drive/files", get(drive_files))
        .route("/_local/drive/faults", post(drive_faults))
        .route("/_local/webhooks", get(webhooks))
        .route("/_local/queues", get(queues))
        .route("/_local/metrics", get(metrics))
        .with_state(running.clone())
        .merge(receive)
}

/// A refusal of a control route.
pub(crate) fn refusal(status: StatusCode, text: &str) -> Response {
    (status, Json(json!({ "error": text }))).into_response()
}

async fn outbox(State(running): State<Running>, Query(query): Query<BTreeMap<String, String>>) -> Json<Vec<Value>> {
    // A plus sign in a query is a blank unless it is escaped.
    let to = query.get("to").map(|to| to.trim().trim_start_matches('+'));
    Json(running.meta.outbox(to))
}

async fn inbound(State(running): State<Running>, Json(body): Json<InboundBody>) -> Response {
    match running.meta.inbound(body).await {
        Some(answer) => Json(answer).into_response(),
        None => refusal(StatusCode::BAD_REQUEST, "from or payload is required"),
    }
}

async fn faults(State(running): State<Running>, Json(body): Json<FaultBody>) -> Json<Value> {
    running.meta.set_faults(body);
    Json(json!({ "ok": true }))
}

async fn template(State(running): State<Running>, Json(body): Json<KnownTemplate>) -> Json<Value> {
    running.meta.learn_template(body);
    Json(json!({ "ok": true }))
}

async fn model_script(State(running): State<Running>, Json(body): Json<ScriptBody>) -> Json<Value> {
    running.model.set(body);
    Json(json!({ "ok": true }))
}

async fn model_requests(State(running): State<Running>) -> Json<Vec<Value>> {
    Json(running.model.requests())
}

async fn drive_files(State(running): State<Running>) -> Json<Vec<Value>> {
    Json(running.google.files())
}

async fn drive_faults(State(running): State<Running>, Json(body): Json<DriveFaultBody>) -> Json<Value> {
    running.google.set_faults(body);
    Json(json!({ "ok": true }))
}

async fn webhooks(State(running): State<Running>) -> Response {
    Json(running.receiver.all()).into_response()
}

async fn queues(State(running): State<Running>) -> Response {
    match running.embedded.queues.depths() {
        Ok(depths) => Json(depths).into_response(),
        Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn metrics(State(running): State<Running>) -> Json<BTreeMap<&'static str, u64>> {
    Json(running.app.metrics.totals())
}

/// A scheduled function by the name of its crate.
pub(crate) fn scheduled(running: &Running, name: &str) -> Option<crate::timers::Scheduled> {
    running.scheduled.iter().find(|scheduled| scheduled.name == name).cloned()
}
