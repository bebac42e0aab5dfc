//! The runner's clock: the machine's, moved by `/_local/clock`, the same for the product, the queues and the simulators,
//! and kept over restarts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use domain::time::Timestamp;
use platform::clock::Clock;
use tokio::sync::watch;

/// A clock that can be moved.
#[derive(Debug, Clone)]
pub struct MovableClock {
    /// The clock as the product sees it.
    pub clock: Clock,
    offset: Arc<AtomicI64>,
    moves: watch::Sender<()>,
    file: Option<PathBuf>,
}

impl MovableClock {
    /// The clock, moved by as much as the data directory says.
    #[must_use]
    pub fn open(directory: Option<&Path>) -> Self {
        let file = directory.map(|directory| directory.join("clock"));
        let kept = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        let by_ms = kept.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
        let (clock, offset) = Clock::moved(by_ms);
        Self { clock, offset, moves: watch::Sender::new(()), file }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock to a point in time.
    ///
    /// # Errors
    /// When the data directory cannot be written: the move would be forgotten.
    pub fn set(&self, to: Timestamp) -> std::io::Result<()> {
        let by = to.millis().saturating_sub(self.now().millis());
        let offset = self.offset.fetch_add(by, Ordering::SeqCst).saturating_add(by);
        if let Some(file) = &self.file {
            std::fs::write(file, offset.to_string())?;
        }
        self.moves.send_replace(());
        Ok(())
    }

    /// Waits until a point in time, also when the clock is moved to or past it.
    pub async fn sleep_until(&self, until: Timestamp) {
        let mut moves = self.moves.subscribe();
        loop {
            let left = until.since(self.now());
            if left == Duration::ZERO {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(left) => {}
                _ = moves.changed() => {}
            }
        }
    }
}
