//! What became of attempts to tell an endpoint, as the organisation reads it, and what came of an action's execution.

use serde::{Deserialize, Serialize};

use super::schedule::{Next, Outcome};
use crate::event::{Event, EventKind};
use crate::ids::{EndpointId, EventId};
use crate::time::Timestamp;

/// Whether an attempt succeeded, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The endpoint answered 2xx.
    Delivered,
    /// It answered something else; a redirect, too.
    Refused,
    /// It answered 410: it is no more.
    Gone,
    /// It did not answer in time.
    TimedOut,
    /// It could not be reached.
    Unreachable,
    /// Its address is none to which we connect.
    ForbiddenAddress,
}

impl Verdict {
    /// How an outcome reads.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Answered { status: 410, .. } => Self::Gone,
            Outcome::Answered { .. } if outcome.is_success() => Self::Delivered,
            Outcome::Answered { .. } => Self::Refused,
            Outcome::Silent => Self::TimedOut,
            Outcome::NotConnected => Self::Unreachable,
            Outcome::Forbidden => Self::ForbiddenAddress,
        }
    }
}

/// An attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptRecord {
    /// Which event.
    pub event_id: EventId,
    /// Of which kind.
    pub kind: EventKind,
    /// The how-manieth attempt.
    pub attempt: u32,
    /// When it was made.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
    /// Whether it succeeded.
    pub verdict: Verdict,
    /// The status of the answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<u16>,
    /// When it is tried again; absent when it is not.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_at: Option<Timestamp>,
}

impl AttemptRecord {
    /// The attempt that began at a time and came to an outcome.
    #[must_use]
    pub fn new(
        event: &Event,
        attempt: u32,
        (at, ended): (Timestamp, Timestamp),
        (outcome, next): (Outcome, Next),
    ) -> Self {
        let status = match outcome {
            Outcome::Answered { status, .. } => Some(status),
            Outcome::NotConnected | Outcome::Silent | Outcome::Forbidden => None,
        };
        let next_at = match next {
            Next::Again { at } => Some(at),
            Next::Told | Next::GivenUp | Next::Gone => None,
        };
        let duration_ms = u64::try_from(ended.since(at).as_millis()).unwrap_or(u64::MAX);
        let verdict = Verdict::of(outcome);
        Self { event_id: event.id, kind: event.kind, attempt, at, duration_ms, verdict, status, next_at }
    }
}

/// How far the execution of an action has come at its own target (document 004, `webhook` of an action).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExecutionStatus {
    /// It is tried again.
    Retrying,
    /// The target took it.
    Sent,
    /// It was tried as often as it is tried, or the target is no more.
    Failed,
}

/// What came of an action's execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// Where.
    pub endpoint: EndpointId,
    /// How far it has come.
    pub status: ExecutionStatus,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was tried last; absent when it never was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_attempt: Option<Timestamp>,
    /// The JSON that the target answered last, as text; absent when it was none, or too long.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub response: Option<String>,
}

impl Execution {
    /// What an attempt made of it.
    #[must_use]
    pub fn after(endpoint: EndpointId, record: &AttemptRecord, next: Next, response: Option<String>) -> Self {
        let status = match next {
            Next::Told => ExecutionStatus::Sent,
            Next::Again { .. } => ExecutionStatus::Retrying,
            Next::GivenUp | Next::Gone => ExecutionStatus::Failed,
        };
        Self { endpoint, status, attempts: record.attempt, last_attempt: Some(record.at), response }
    }

    /// An execution at a target that is told nothing.
    #[must_use]
    pub fn impossible(endpoint: EndpointId) -> Self {
        Self { endpoint, status: ExecutionStatus::Failed, attempts: 0, last_attempt: None, response: None }
    }
}
