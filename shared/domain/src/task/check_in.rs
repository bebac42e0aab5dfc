//! When the system checks in on the patient by itself, and what becomes of an answer that does not come.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Task;
use crate::ids::Seq;
use crate::time::Timestamp;
use crate::zone::{QuietHours, Zone};

/// How long a check-in waits for an answer; less when the next one comes sooner.
pub const REPLY_WITHIN: Duration = Duration::from_hours(12);

/// The check-ins of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// The next one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<Timestamp>,
    /// Where the repetition counts from, so that quiet hours and late ticks do not make it drift.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub counted_from: Option<Timestamp>,
    /// What it asks.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<String>,
    /// Hours from one to the next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repeat_every_hours: Option<u32>,
    /// The message of the last one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub asked: Option<Seq>,
    /// When the last one counts as missed; absent once it was answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply_by: Option<Timestamp>,
}

/// What a tick does about a task.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tick {
    /// The last check-in was not answered in time.
    pub missed: bool,
    /// The occurrence that is due now; several missed ones count as the last of them.
    pub send: Option<Timestamp>,
}

impl CheckIn {
    /// Check-ins as a clinician planned them. The first one comes when they said, also in quiet hours.
    #[must_use]
    pub fn planned(next: Option<Timestamp>, summary: Option<String>, repeat_every_hours: Option<u32>) -> Self {
        Self { next, counted_from: next, summary, repeat_every_hours, asked: None, reply_by: None }
    }

    /// No more of them.
    #[must_use]
    pub fn ended(mut self) -> Self {
        self.next = None;
        self.reply_by = None;
        self
    }

    pub(super) fn due(&self) -> Option<Timestamp> {
        match (self.next, self.reply_by) {
            (Some(next), Some(reply_by)) => Some(next.min(reply_by)),
            (next, reply_by) => next.or(reply_by),
        }
    }

    /// The first occurrence after `now`, moved out of quiet hours.
    fn following(&self, now: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> Option<Timestamp> {
        let every = Duration::from_hours(u64::from(self.repeat_every_hours?));
        let since = now.since(self.counted_from?);
        let steps = u32::try_from(since.as_millis() / every.as_millis().max(1)).unwrap_or(u32::MAX).saturating_add(1);
        let at = self.counted_from?.plus(every.saturating_mul(steps));
        Some(quiet.after(at, zone))
    }
}

impl Task {
    /// What is due about it now.
    #[must_use]
    pub fn tick(&self, now: Timestamp) -> Tick {
        if self.due().is_none_or(|due| now < due) {
            return Tick::default();
        }
        let passed = |at: Option<Timestamp>| at.filter(|at| *at <= now);
        Tick { missed: passed(self.check_in.reply_by).is_some(), send: passed(self.check_in.next) }
    }

    /// The task after a check-in was sent as the message `asked`.
    #[must_use]
    pub fn with_check_in_sent(&self, asked: Seq, now: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> Self {
        let mut task = self.clone();
        let next = task.check_in.following(now, (zone, quiet));
        let latest = now.plus(REPLY_WITHIN);
        task.check_in.next = next;
        task.check_in.asked = Some(asked);
        task.check_in.reply_by = Some(next.map_or(latest, |next| next.min(latest)));
        task
    }

    /// The task after the last check-in was not answered in time.
    #[must_use]
    pub fn with_check_in_missed(&self) -> Self {
        let mut task = self.clone();
        task.check_in.reply_by = None;
        task
    }

    /// The task after the patient wrote: whatever it was, they are there.
    #[must_use]
    pub fn answered(mut self) -> Self {
        self.check_in.reply_by = None;
        self
    }

    /// The task when the assistant goes on with it: a check-in that came due meanwhile is not made up for, but a
    /// repetition goes on.
    #[must_use]
    pub fn resumed(mut self, now: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> Self {
        self.paused = false;
        if self.check_in.next.is_some_and(|next| next <= now) {
            self.check_in.next = self.check_in.following(now, (zone, quiet));
        }
        self
    }

    /// The task after the patient asked for no automatic messages.
    #[must_use]
    pub fn stopped(mut self) -> Self {
        self.check_in = self.check_in.ended();
        self
    }
}
