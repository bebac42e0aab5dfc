//! The five lines that a human reads who takes a thread over (DP-4.1).

use clinical::brief::{Brief, Sources, brief};
use domain::error::Result;
use domain::thread::Thread;
use platform::App;
use platform::conversation::recent::Recent;
use serde::Serialize;
use utoipa::ToSchema;

/// Messages, observations and alerts that a brief is made from.
const RECENT: u32 = 50;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BriefView {
    reason: String,
    risk: String,
    open_questions: String,
    last_readings: String,
    promised: String,
}

impl BriefView {
    /// The brief of a thread that its reader was given.
    pub(crate) async fn of(app: &App, thread: &Thread) -> Result<Self> {
        let Recent { stretch, observations, alerts } = Recent::of(app, thread, RECENT).await?;
        let zone = &app.config.hours.zone;
        let sources =
            Sources { thread, messages: &stretch.messages, observations: &observations, alerts: &alerts, zone };
        let Brief { reason, risk, open_questions, last_readings, promised } = brief(sources);
        Ok(Self { reason, risk, open_questions, last_readings, promised })
    }
}
