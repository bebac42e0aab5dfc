//! What is to go wrong at the simulated Meta, and the limits that it keeps.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::pacing::{Pace, pace};
use domain::time::Timestamp;
use serde::Deserialize;

use super::errors::GraphError;
use super::media_faults::MediaFault;

/// Messages of one sender in a second.
const PER_SECOND: u32 = 80;

/// The body of `POST /_local/whatsapp/faults`; what is left out stays.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultBody {
    /// Faults of the next sends, in order.
    next: Option<Vec<Fault>>,
    /// How statuses are told from now on.
    statuses: Option<StatusFaults>,
    /// Faults of the next requests about files, in order.
    pub(super) media: Option<Vec<MediaFault>>,
    /// Recipients whom WhatsApp calls by another id, by their digits.
    wa_ids: Option<BTreeMap<String, String>>,
}

/// What goes wrong with one send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// Refused with this code.
    pub(super) code: Option<u32>,
    /// Answered with this status and no code.
    pub(super) status: Option<u16>,
    /// The connection breaks instead of an answer, as a timeout would, but at once.
    #[serde(default)]
    pub(super) timeout: bool,
    /// No answer comes, ever.
    #[serde(default)]
    pub(super) hang: bool,
    /// The message is taken before that.
    #[serde(default)]
    pub(super) after_accept: bool,
    /// Accepted, and then told as failed with this code.
    pub(super) fail_later: Option<u32>,
}

/// How statuses are told.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusFaults {
    /// Every status twice.
    #[serde(default)]
    pub(super) duplicate: bool,
    /// The last status first.
    #[serde(default)]
    pub(super) reorder: bool,
    /// Statuses that are never told: `true` for `delivered`, or a name, or a list of names.
    #[serde(default)]
    pub(super) drop: Drops,
    /// Which statuses there are.
    #[serde(default)]
    pub(super) mode: Mode,
    /// All statuses of a message in one post.
    #[serde(default)]
    pub(super) batch: bool,
    /// Each post so many seconds after the one before.
    #[serde(default)]
    pub(super) delay_s: u64,
}

/// Which statuses a message gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    #[default]
    All,
    None,
    Sent,
    Delivered,
    /// All; and a closed window is told by a failed status instead of an error.
    AsyncWindow,
}

/// Statuses to drop.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Drops {
    Flag(bool),
    One(String),
    Many(Vec<String>),
}

impl Default for Drops {
    fn default() -> Self {
        Self::Flag(false)
    }
}

impl Drops {
    pub(super) fn has(&self, status: &str) -> bool {
        match self {
            Self::Flag(flag) => *flag && status == "delivered",
            Self::One(name) => name == status,
            Self::Many(names) => names.iter().any(|name| name == status),
        }
    }
}

/// The script and the limits.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    next: VecDeque<Fault>,
    statuses: StatusFaults,
    wa_ids: BTreeMap<String, String>,
    pairs: BTreeMap<String, Timestamp>,
    second: (i64, u32),
}

impl Script {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, body: FaultBody) {
        let mut state = self.state();
        if let Some(next) = body.next {
            state.next = next.into();
        }
        if let Some(statuses) = body.statuses {
            state.statuses = statuses;
        }
        if let Some(wa_ids) = body.wa_ids {
            state.wa_ids = wa_ids;
        }
    }

    pub(super) fn next(&self) -> Option<Fault> {
        self.state().next.pop_front()
    }

    pub(super) fn statuses(&self) -> StatusFaults {
        self.state().statuses.clone()
    }

    /// What WhatsApp calls a recipient.
    pub(super) fn wa_id(&self, recipient: &str) -> String {
        self.state().wa_ids.get(recipient).cloned().unwrap_or_else(|| recipient.to_owned())
    }

    /// Counts a message against the limits of the sender and of the pair.
    pub(super) fn limits(&self, recipient: &str, now: Timestamp) -> Result<(), GraphError> {
        let mut state = self.state();
        let (second, count) = state.second;
        let count = if second == now.seconds() { count + 1 } else { 1 };
        if count > PER_SECOND {
            return Err(GraphError::new(130_429, "Rate limit hit"));
        }
        match pace(now, state.pairs.get(recipient).copied()) {
            Pace::Wait { .. } => Err(GraphError::new(131_056, "Too many messages to this recipient")),
            Pace::Go { paid_until } => {
                state.second = (now.seconds(), count);
                state.pairs.insert(recipient.to_owned(), paid_until);
                Ok(())
            }
        }
    }
}
