//! The delivery of one message to its patient: who may send it, when, and what its outcome is.
//!
//! WhatsApp has no idempotency key, so the row is the ledger: a worker claims the message, sends it, and writes the
//! outcome. A message that was claimed and has no outcome is in doubt until WhatsApp names it or the hold passes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::provider_error::{ATTEMPTS, ErrorClass, backoff};
use crate::time::Timestamp;
use crate::wamid::Wamid;

/// How long a claimed message belongs to its worker, and how long it stays in doubt.
pub const HOLD: Duration = Duration::from_secs(120);
/// How long after a message was kept the sweeper waits before it repeats the hint.
pub const HINT_GRACE: Duration = Duration::from_secs(60);

/// How far a message has come. The order is the rank: a status never falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Kept, not yet sent.
    Queued,
    /// Claimed by a worker.
    Sending,
    /// Accepted by WhatsApp.
    Sent,
    /// On the patient's device.
    Delivered,
    /// Seen by the patient.
    Read,
    /// It did not reach the patient.
    Failed,
}

/// Why a message failed, as a stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The window of 24 hours is closed: a template is needed.
    ReengagementRequired,
    /// WhatsApp cannot reach this recipient.
    Undeliverable,
    /// The recipient asked never to hear from us again.
    OptedOut,
    /// WhatsApp refuses what the message says or how.
    ContentRefused,
    /// The template is paused or disabled.
    TemplateUnavailable,
    /// Nobody knows whether it was sent, and the policy is not to risk a second one.
    InDoubt,
    /// WhatsApp did not process it, as often as we tried.
    TooManyAttempts,
    /// The patient asked for no automatic messages before this one went out.
    Stopped,
}

/// What carries a message out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The WhatsApp Cloud API.
    Whatsapp,
    /// Nothing: the patient has a dummy number or is a demonstration outside the simulator. Never in production.
    Sink,
    /// Nothing, and nobody claims otherwise: the message is read in the thread or not at all.
    InApp,
}

/// What happens to a message that stayed in doubt (`IN_DOUBT`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDoubt {
    /// Send it again: the patient may get it twice, but does get it.
    Resend,
    /// Give it up: the doctor sees that it failed.
    Fail,
}

/// The delivery of an outbound message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// How far it has come.
    pub status: Status,
    /// What carries it.
    pub channel: Channel,
    /// How often it was claimed.
    pub attempt: u32,
    /// Counts the changes; every change compares and bumps it.
    pub version: u32,
    /// Not to be claimed before then: pacing or backoff.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub not_before: Option<Timestamp>,
    /// The end of the claim.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hold_until: Option<Timestamp>,
    /// When the sweeper repeats the hint; absent once decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<Timestamp>,
    /// WhatsApp's id, once accepted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wamid: Option<Wamid>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<Failure>,
    /// WhatsApp's own error code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error_code: Option<u32>,
}

/// What a worker does next about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing: its outcome is known.
    Pass,
    /// Nothing before then, and nothing to the messages behind it either.
    Wait {
        /// The first moment at which to look again.
        until: Timestamp,
    },
    /// Claim and send it.
    Send {
        /// Whether an earlier attempt stayed in doubt, so that the patient may get it twice.
        again: bool,
    },
    /// Give it up as in doubt.
    GiveUp,
}

impl Delivery {
    /// A message that was just kept.
    #[must_use]
    pub fn queued(channel: Channel, now: Timestamp) -> Self {
        Self {
            status: Status::Queued,
            channel,
            attempt: 0,
            version: 0,
            not_before: None,
            hold_until: None,
            due: Some(now.plus(HINT_GRACE)),
            wamid: None,
            failure: None,
            error_code: None,
        }
    }

    /// Whether the outcome is known. Messages behind an undecided one wait.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        !matches!(self.status, Status::Queued | Status::Sending)
    }

    /// What a worker does about this message at `now`.
    #[must_use]
    pub fn step(&self, now: Timestamp, policy: InDoubt) -> Step {
        let waiting = match self.status {
            Status::Queued => self.not_before,
            Status::Sending => self.hold_until,
            Status::Sent | Status::Delivered | Status::Read | Status::Failed => return Step::Pass,
        };
        match waiting {
            Some(until) if now < until => Step::Wait { until },
            _ if self.status == Status::Queued => Step::Send { again: false },
            _ if policy == InDoubt::Resend && self.attempt < ATTEMPTS => Step::Send { again: true },
            _ => Step::GiveUp,
        }
    }

    /// Claimed by a worker until the hold passes.
    #[must_use]
    pub fn claimed(&self, now: Timestamp) -> Self {
        let hold = now.plus(HOLD);
        Self {
            status: Status::Sending,
            attempt: self.attempt.saturating_add(1),
            not_before: None,
            hold_until: Some(hold),
            due: Some(hold),
            ..self.bumped()
        }
    }

    /// Accepted by WhatsApp, or swallowed by the sink when there is no id.
    #[must_use]
    pub fn accepted(&self, wamid: Option<Wamid>) -> Self {
        self.decided(Status::Sent, wamid)
    }

    /// Back in the queue until `until`: paced, or not processed.
    #[must_use]
    pub fn postponed(&self, until: Timestamp) -> Self {
        Self {
            status: Status::Queued,
            not_before: Some(until),
            hold_until: None,
            due: Some(until.plus(HINT_GRACE)),
            ..self.bumped()
        }
    }

    /// It will not reach the patient.
    #[must_use]
    pub fn failed(&self, failure: Failure, code: Option<u32>) -> Self {
        Self { failure: Some(failure), error_code: code, ..self.decided(Status::Failed, None) }
    }

    /// After WhatsApp refused it with an error of this class; `None` leaves it in doubt.
    #[must_use]
    pub fn refused(&self, refusal: Refusal, now: Timestamp, random: u64) -> Option<Self> {
        let again = || self.postponed(now.plus(backoff(refusal.class, self.attempt, random)));
        match refusal.class {
            ErrorClass::Ambiguous => None,
            ErrorClass::Permanent(failure) => Some(self.failed(failure, refusal.code)),
            ErrorClass::Retry { attempts } if self.attempt >= attempts => {
                Some(self.failed(Failure::TooManyAttempts, refusal.code))
            }
            ErrorClass::Retry { .. } | ErrorClass::SlowDown => Some(again()),
            // Not this message's fault: the attempt does not count.
            ErrorClass::Account => Some(Self { attempt: self.attempt.saturating_sub(1), ..again() }),
        }
    }

    fn decided(&self, status: Status, wamid: Option<Wamid>) -> Self {
        Self {
            status,
            wamid: wamid.or_else(|| self.wamid.clone()),
            not_before: None,
            hold_until: None,
            due: None,
            failure: None,
            error_code: None,
            ..self.bumped()
        }
    }

    fn bumped(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..self.clone() }
    }
}

/// WhatsApp's refusal of a send request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What the code means.
    pub class: ErrorClass,
    /// The code.
    pub code: Option<u32>,
}

/// What a status webhook says about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusReport {
    /// [`Status::Sent`], [`Status::Delivered`], [`Status::Read`] or [`Status::Failed`].
    pub status: Status,
    /// WhatsApp's id of the message.
    pub wamid: Wamid,
    /// The attempt that our callback data names.
    pub attempt: Option<u32>,
    /// What went wrong, for [`Status::Failed`].
    pub refusal: Option<Refusal>,
}

/// The delivery after a status report, or `None` when it tells nothing new. A status only rises; `failed` comes only
/// over what is at most sent, and only a later delivered or read lifts it (several devices; design, section 4).
#[must_use]
pub fn apply(delivery: &Delivery, report: &StatusReport) -> Option<Delivery> {
    let of_an_earlier_attempt = report.attempt.is_some_and(|attempt| attempt < delivery.attempt);
    match (delivery.status, report.status) {
        (Status::Failed, Status::Delivered | Status::Read) => {
            Some(delivery.decided(report.status, Some(report.wamid.clone())))
        }
        (Status::Failed, _) => None,
        (now, Status::Failed) if now <= Status::Sent && !of_an_earlier_attempt => {
            let refusal = report.refusal.unwrap_or(Refusal { class: ErrorClass::Ambiguous, code: None });
            let failure = match refusal.class {
                ErrorClass::Permanent(failure) => failure,
                _ => Failure::Undeliverable,
            };
            let failed = delivery.failed(failure, refusal.code);
            Some(Delivery { wamid: Some(report.wamid.clone()), ..failed })
        }
        (now, then) if then > now && then != Status::Failed => Some(delivery.decided(then, Some(report.wamid.clone()))),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
