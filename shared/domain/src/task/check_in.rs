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
    /// What happens about the next one.
    pub next: Next,
}

/// What happens about a check-in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it is not due.
    #[default]
    Nothing,
    /// It goes out; several missed ones count as the last of them.
    Send,
    /// It came so late that it is a quiet hour by now: it goes out when that is over.
    Postpone(Timestamp),
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

    /// These check-ins in place of earlier ones of the same task: what is asked already stays asked, and a plan that did not
    /// change is counted from where it was.
    pub(super) fn in_place_of(mut self, earlier: &Self) -> Self {
        if (self.next, self.repeat_every_hours) == (earlier.next, earlier.repeat_every_hours) {
            self.counted_from = earlier.counted_from;
        }
        // What a bare number answers is what was asked, not what will be.
        self.asked = earlier.asked.filter(|_| self.summary == earlier.summary);
        self.reply_by = earlier.reply_by;
        self
    }

    /// The first occurrence after `now`, moved out of quiet hours. Whole days are counted where the patient is: half past
    /// eight stays half past eight when the clocks change.
    fn following(&self, now: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> Option<Timestamp> {
        let (hours, from) = (self.repeat_every_hours?, self.counted_from?);
        if hours % 24 == 0 {
            return Some(quiet.after(zone.days_after(from, hours / 24, now), zone));
        }
        let every = Duration::from_hours(u64::from(hours));
        let since = now.since(from);
        let steps = u32::try_from(since.as_millis() / every.as_millis().max(1)).unwrap_or(u32::MAX).saturating_add(1);
        Some(quiet.after(from.plus(every.saturating_mul(steps)), zone))
    }

    /// The first occurrence after one that goes out now. Where that waited for the morning, the plan's own may be due at once: two
    /// in a row ask too much.
    fn following_sent(&self, now: Timestamp, around: (&Zone, QuietHours)) -> Option<Timestamp> {
        let near = Duration::from_hours(u64::from(self.repeat_every_hours?)) / 4;
        let next = self.following(now, around)?;
        if next.since(now) < near { self.following(next, around) } else { Some(next) }
    }

    /// Whether the clinician chose this very moment, which may be a quiet hour.
    fn is_chosen(&self, at: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> bool {
        self.counted_from == Some(at) && quiet.cover(at, zone)
    }
}

impl Task {
    /// What is due about it now.
    #[must_use]
    pub fn tick(&self, now: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> Tick {
        if self.due().is_none_or(|due| now < due) {
            return Tick::default();
        }
        let passed = |at: Option<Timestamp>| at.filter(|at| *at <= now);
        let next = match passed(self.check_in.next) {
            None => Next::Nothing,
            Some(at) if quiet.cover(now, zone) && !self.check_in.is_chosen(at, (zone, quiet)) => {
                Next::Postpone(quiet.after(now, zone))
            }
            Some(_) => Next::Send,
        };
        Tick { missed: passed(self.check_in.reply_by).is_some(), next }
    }

    /// The task with its next check-in at another moment.
    #[must_use]
    pub fn with_check_in_postponed(&self, until: Timestamp) -> Self {
        let mut task = self.clone();
        task.check_in.next = Some(until);
        task
    }

    /// The task after a check-in was due that must not be sent: the plan goes on.
    #[must_use]
    pub fn with_check_in_skipped(&self, now: Timestamp, around: (&Zone, QuietHours)) -> Self {
        let mut task = self.clone();
        task.check_in.next = task.check_in.following(now, around);
        task
    }

    /// The task after a check-in was sent as the message `asked`.
    #[must_use]
    pub fn with_check_in_sent(&self, asked: Seq, now: Timestamp, (zone, quiet): (&Zone, QuietHours)) -> Self {
        let mut task = self.clone();
        let next = task.check_in.following_sent(now, (zone, quiet));
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
}
