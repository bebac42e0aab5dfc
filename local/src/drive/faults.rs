//! What is to go wrong at the simulated Google.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use super::errors::DriveError;

/// A request to Google.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    Token,
    Ids,
    Begin,
    Put,
}

/// The body of `POST /_local/drive/faults`; what is left out stays.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DriveFaultBody {
    /// Faults of the next requests of their step, in order.
    next: Option<Vec<DriveFault>>,
    /// Whether the folder is the service account's own, which has no room.
    no_quota: Option<bool>,
}

/// A request that is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DriveFault {
    at: Step,
    /// With this status.
    status: u16,
    /// And this reason.
    #[serde(default)]
    reason: String,
    /// The file is made before that.
    #[serde(default)]
    pub(super) after_accept: bool,
}

impl DriveFault {
    pub(super) fn error(&self) -> DriveError {
        DriveError::asked_for(self.status, &self.reason)
    }
}

#[derive(Debug, Default)]
pub(super) struct Faults(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    next: VecDeque<DriveFault>,
    no_quota: bool,
}

impl Faults {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set(&self, body: DriveFaultBody) {
        let mut state = self.state();
        if let Some(next) = body.next {
            state.next = next.into();
        }
        state.no_quota = body.no_quota.unwrap_or(state.no_quota);
    }

    pub(super) fn next(&self, step: Step) -> Option<DriveFault> {
        let mut state = self.state();
        let mine = state.next.iter().position(|fault| fault.at == step)?;
        state.next.remove(mine)
    }

    pub(super) fn has_quota(&self) -> bool {
        !self.state().no_quota
    }
}
