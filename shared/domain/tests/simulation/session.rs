//! The days of the world: work comes in sessions of some minutes, a little less than a day apart, so that the
//! windows of 24 hours close while people are at work.

use std::time::Duration;

use domain::time::Timestamp;

use crate::world::BEGINNING;

/// How many sessions there are.
pub(crate) const SESSIONS: usize = 3;
/// From the start of one to the start of the next.
const APART: Duration = Duration::from_secs(24 * 3600 - 20);

/// When a session begins.
pub(crate) fn start_of(session: usize) -> Timestamp {
    (0..session).fold(BEGINNING, |at, _| at.plus(APART))
}

/// The session in which a moment lies, or after which it comes.
pub(crate) fn session_at(now: Timestamp) -> usize {
    (1..SESSIONS).rev().find(|session| start_of(*session) <= now).unwrap_or_default()
}
