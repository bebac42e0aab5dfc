//! What happened lately in a thread: what reports and briefs are made from.

use domain::alert::Alert;
use domain::error::Result;
use domain::observation::Observation;
use domain::thread::Thread;

use crate::App;
use crate::store::messages::{self, Part, Stretch};
use crate::store::{alerts, observations};

/// The newest of a thread.
#[derive(Debug)]
pub struct Recent {
    /// Its messages, in order.
    pub stretch: Stretch,
    /// What was measured, in order.
    pub observations: Vec<Observation>,
    /// What alarmed, newest first.
    pub alerts: Vec<Alert>,
}

impl Recent {
    /// The newest of a thread that its reader was given, at most so many of each.
    ///
    /// # Errors
    /// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
    pub async fn of(app: &App, thread: &Thread, limit: u32) -> Result<Self> {
        let (stretch, observations, alerts) = tokio::try_join!(
            messages::read(app, thread, Part::Newest, limit),
            observations::newest(app, thread, limit),
            alerts::newest(app, thread, limit)
        )?;
        Ok(Self { stretch, observations, alerts })
    }
}
