//! What a run is given: its seed, its size, and what is broken in it on purpose.

use domain::delivery::InDoubt;
use domain::ids::ThreadNo;

use crate::mutation::Mutation;

/// The settings of a run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Where all chance comes from.
    pub(crate) seed: u64,
    /// Requests of clients.
    pub(crate) requests: u64,
    /// What is done wrong on purpose.
    pub(crate) mutation: Option<Mutation>,
    /// What happens to a message that stays in doubt.
    pub(crate) policy: InDoubt,
    /// The thread whose events are written down.
    pub(crate) traced: Option<ThreadNo>,
}

impl Settings {
    /// A run of the design as it is. Even seeds send a message in doubt again, odd ones give it up.
    pub(crate) fn of(seed: u64, requests: u64) -> Self {
        let policy = if seed.is_multiple_of(2) { InDoubt::Resend } else { InDoubt::Fail };
        Self { seed, requests, mutation: None, policy, traced: None }
    }
}
