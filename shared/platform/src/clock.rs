//! The product's clock. Nothing else reads the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::time::Timestamp;

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// The machine's clock, moved by a number of milliseconds: the runner's clock.
    Moved(Arc<AtomicI64>),
    /// A start and the time that tokio has counted since, which a test can pause.
    Tokio {
        /// The time at `since`.
        start: Timestamp,
        /// When the clock was made.
        since: tokio::time::Instant,
    },
}

impl Clock {
    /// The machine's clock moved by nothing yet, and the handle that moves it.
    #[must_use]
    pub fn moved(by_ms: i64) -> (Self, Arc<AtomicI64>) {
        let offset = Arc::new(AtomicI64::new(by_ms));
        (Self::Moved(Arc::clone(&offset)), offset)
    }

    /// A clock that starts at `start` and follows tokio's, also when that is paused.
    #[must_use]
    pub fn tokio(start: Timestamp) -> Self {
        Self::Tokio { start, since: tokio::time::Instant::now() }
    }

    /// Now, in whole milliseconds.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system(),
            Self::Moved(by_ms) => {
                Timestamp::from_millis(system().millis().saturating_add(by_ms.load(Ordering::SeqCst)))
            }
            Self::Tokio { start, since } => start.plus(since.elapsed()),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn system() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
