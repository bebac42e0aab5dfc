//! Daily reports: what a doctor reads in the evening about a thread.

use serde::{Deserialize, Serialize};

use crate::ids::ThreadNo;
use crate::time::Timestamp;

/// The report of one day of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The thread.
    pub thread: ThreadNo,
    /// The day where the doctor is, `2026-11-25`.
    pub date: String,
    /// What the patient said, in their own words.
    pub said: Vec<String>,
    /// What was measured, with how it changed.
    pub readings: Vec<String>,
    /// How worried somebody should be, and why.
    pub risk: String,
    /// What is still to be done.
    pub open_tasks: Vec<String>,
    /// When it was written.
    pub created: Timestamp,
}

impl Report {
    /// The report as one text, as it stands in the thread.
    #[must_use]
    pub fn text(&self) -> String {
        let list = |title: &str, lines: &[String], none: &str| match lines {
            [] => format!("{title}: {none}"),
            lines => {
                format!("{title}:\n{}", lines.iter().map(|line| format!("- {line}")).collect::<Vec<_>>().join("\n"))
            }
        };
        [
            format!("Daily report of {}", self.date),
            list("The patient said", &self.said, "nothing today"),
            list("Readings", &self.readings, "none today"),
            format!("Risk: {}", self.risk),
            list("Open tasks", &self.open_tasks, "none"),
        ]
        .join("\n")
    }
}
