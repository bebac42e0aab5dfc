//! The retry loop of every decision that is kept: read, decide, keep, and begin again when another was faster.

use std::time::Duration;

use domain::error::{Error, Result};

use crate::App;
use crate::metrics::Count;

/// How often a decision is taken anew before the caller is asked to come back (design, section 4, rule 5).
const ATTEMPTS: u32 = 10;
const SHORTEST: Duration = Duration::from_millis(10);
const LONGEST: Duration = Duration::from_millis(320);

/// What came of one attempt.
#[derive(Debug)]
pub enum Attempt<T> {
    /// Kept, or answered by what was kept before.
    Done(T),
    /// Another was faster: read and decide again.
    Raced,
}

/// A row that a row before it named. When it cannot be seen, the transaction that made both is still becoming visible:
/// the decision is taken again a moment later.
///
/// # Errors
/// Every error but [`Error::NotFound`].
pub fn once_visible<T>(found: Result<T>) -> Result<Attempt<T>> {
    match found {
        Ok(row) => Ok(Attempt::Done(row)),
        Err(Error::NotFound) => Ok(Attempt::Raced),
        Err(error) => Err(error),
    }
}

/// The attempts of one decision.
#[derive(Debug)]
pub struct Attempts {
    left: u32,
    ceiling: Duration,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { left: ATTEMPTS, ceiling: SHORTEST }
    }
}

impl Attempts {
    /// Waits before the next attempt, after one that was raced.
    ///
    /// # Errors
    /// [`Error::Busy`] when all attempts were raced, with nothing written.
    pub async fn again(&mut self, app: &App) -> Result<()> {
        app.count(Count::WriteConflict);
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            app.count(Count::WriteGivenUp);
            return Err(Error::Busy);
        }
        tokio::time::sleep(jittered(self.ceiling, app.random.bits())).await;
        self.ceiling = (self.ceiling * 2).min(LONGEST);
        Ok(())
    }
}

/// A wait drawn evenly from nothing to `ceiling` (full jitter).
pub(crate) fn jittered(ceiling: Duration, random: u64) -> Duration {
    let micros = u64::try_from(ceiling.as_micros()).unwrap_or(u64::MAX);
    Duration::from_micros(random % micros.saturating_add(1))
}
