//! `/_local/points`, `/_local/crash`, `/_local/hold` and `/_local/release`: what happens at the steps between which a process can
//! die.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::points::{Act, Point, Script};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal;
use crate::stack::Running;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PointBody {
    point: String,
}

/// Every point by its name, and how often it was reached.
pub(super) async fn all(State(running): State<Running>) -> Json<Vec<Value>> {
    let view = |point: Point| json!({ "point": point.name(), "reached": running.points.reached(point) });
    Json(Point::ALL.map(view).to_vec())
}

pub(super) async fn crash(State(running): State<Running>, Json(body): Json<PointBody>) -> Response {
    act(&running.points, &body, |script, point| script.set(point, Act::Crash))
}

pub(super) async fn hold(State(running): State<Running>, Json(body): Json<PointBody>) -> Response {
    act(&running.points, &body, |script, point| script.set(point, Act::Hold))
}

pub(super) async fn release(State(running): State<Running>, Json(body): Json<PointBody>) -> Response {
    act(&running.points, &body, Script::release)
}

fn act(script: &Arc<Script>, body: &PointBody, act: impl Fn(&Script, Point)) -> Response {
    match Point::ALL.into_iter().find(|point| point.name() == body.point) {
        Some(point) => {
            act(script, point);
            Json(json!({ "point": point.name() })).into_response()
        }
        None => refusal(StatusCode::BAD_REQUEST, "no such point; GET /_local/points lists them"),
    }
}
