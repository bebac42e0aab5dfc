//! `/_local/clock`, `/_local/drain` and `/_local/schedules/{function}/run`.

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::time::Timestamp;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{refusal, scheduled};
use crate::stack::Running;
use crate::timers;

/// How long a drain waits when it is not told.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockBody {
    /// For example `25h`, `90m`, `30s`, `1h30m`, `2d`.
    advance: Option<String>,
    /// A point in time in RFC 3339; not before now.
    set: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct DrainBody {
    timeout_ms: Option<u64>,
}

pub(super) async fn now(State(running): State<Running>) -> Json<Value> {
    Json(json!({ "now": running.clock.now().rfc3339_seconds() }))
}

pub(super) async fn clock(State(running): State<Running>, Json(body): Json<ClockBody>) -> Response {
    let to = match (&body.advance, &body.set) {
        (Some(span), None) => parse_span(span).map(|span| running.clock.now().plus(span)),
        (None, Some(at)) => Timestamp::parse(at),
        _ => None,
    };
    let Some(to) = to.filter(|to| *to >= running.clock.now()) else {
        return refusal(StatusCode::BAD_REQUEST, "give advance (for example 25h) or set (RFC 3339, not in the past)");
    };
    match timers::advance(&running, to).await {
        Ok(()) => now(State(running)).await.into_response(),
        Err(error) => refusal(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

pub(super) async fn drain(State(running): State<Running>, body: Option<Json<DrainBody>>) -> Json<Value> {
    let asked = body.and_then(|Json(body)| body.timeout_ms).map(Duration::from_millis);
    Json(json!({ "idle": timers::drain(&running, asked.unwrap_or(PATIENCE)).await }))
}

pub(super) async fn run_schedule(State(running): State<Running>, Path(name): Path<String>) -> Response {
    match scheduled(&running, &name) {
        Some(scheduled) => {
            timers::fire(&running, &scheduled).await;
            Json(json!({ "ran": name })).into_response()
        }
        None => refusal(StatusCode::NOT_FOUND, "no scheduled function has this name"),
    }
}

/// A span such as `1h30m`.
fn parse_span(text: &str) -> Option<Duration> {
    let mut span = Duration::ZERO;
    let mut digits = String::new();
    for c in text.trim().chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let seconds = match c {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return None,
        };
        span += Duration::from_secs(digits.parse::<u64>().ok()?.checked_mul(seconds)?);
        digits.clear();
    }
    (digits.is_empty() && span > Duration::ZERO).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        assert_eq!(parse_span("25h"), Some(Duration::from_hours(25)));
        assert_eq!(parse_span("1d2h3m4s"), Some(Duration::from_secs(93_784)));
        for text in ["", "5", "h", "-1h", "1w", "1.5h", "99999999999999999999d"] {
            assert_eq!(parse_span(text), None, "{text}");
        }
    }
}
