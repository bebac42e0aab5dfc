//! The task of a thread: what it is to achieve, what is to be done for it, and when the system checks in by itself.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::contact::Contact;
use crate::error::{Error, Result};
use crate::text::{MessageText, one_line};
use crate::time::Timestamp;

mod check_in;

pub use check_in::{CheckIn, Next, REPLY_WITHIN, Tick};

const TITLE_LIMIT: usize = 200;
const OBJECTIVE_LIMIT: usize = 2_000;
const SUMMARY_LIMIT: usize = 500;
const ITEMS_LIMIT: usize = 30;
const ITEM_LIMIT: usize = 200;
const FARTHEST: Duration = Duration::from_hours(366 * 24);
const MOST_HOURS: u32 = 31 * 24;

/// A task as it is kept with its thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its UUID on the wire.
    pub public_id: Uuid,
    /// What it is called.
    pub title: String,
    /// What it is to achieve.
    pub objective: String,
    /// What is to be done for it.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
    /// When the objective was achieved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub completed_at: Option<Timestamp>,
    /// Whether it rests because a human answers the thread.
    #[serde(default)]
    pub paused: bool,
    /// When the system checks in.
    #[serde(default)]
    pub check_in: CheckIn,
}

/// A point of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistItem {
    /// What is to be done.
    pub text: String,
    /// Whether it is.
    #[serde(default)]
    pub completed: bool,
    /// Whether the patient may be reminded of it in these words; the others are for the care team and the model.
    #[serde(default)]
    pub for_patient: bool,
}

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskStatus {
    /// Under way.
    Active,
    /// Resting while a human answers.
    Paused,
    /// Achieved.
    Completed,
}

impl TaskStatus {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Completed => "completed",
        }
    }
}

impl Task {
    /// How it stands.
    #[must_use]
    pub fn status(&self) -> TaskStatus {
        match (self.completed_at, self.paused) {
            (Some(_), _) => TaskStatus::Completed,
            (None, true) => TaskStatus::Paused,
            (None, false) => TaskStatus::Active,
        }
    }

    /// After its objective was achieved: nobody checks in any more. Achieved once, it stays as it is.
    #[must_use]
    pub fn completed(mut self, now: Timestamp) -> Self {
        self.completed_at = self.completed_at.or(Some(now));
        self.check_in = self.check_in.ended();
        self
    }

    /// After a human took the thread over: its check-ins rest.
    #[must_use]
    pub fn paused(mut self) -> Self {
        self.paused = true;
        self.check_in.reply_by = None;
        self
    }

    /// When something about it is due.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        if self.status() == TaskStatus::Active { self.check_in.due() } else { None }
    }

    /// Points that are still to be done.
    pub fn open_items(&self) -> impl Iterator<Item = &ChecklistItem> {
        self.checklist.iter().filter(|item| !item.completed)
    }
}

/// The fields of a request for a task as they came.
#[derive(Debug, Clone, Default)]
pub struct TaskFields {
    /// What it is called.
    pub title: Option<String>,
    /// What it is to achieve.
    pub objective: Option<String>,
    /// What is to be done for it.
    pub checklist: Vec<ChecklistItem>,
    /// The first check-in, RFC 3339 with a zone.
    pub next_check_in_at: Option<String>,
    /// What the check-in asks.
    pub next_check_in_summary: Option<String>,
    /// Hours from one check-in to the next.
    pub repeat_every_hours: Option<u32>,
    /// Whether the objective is achieved.
    pub objective_completed: bool,
}

/// A checked request for a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskEntry {
    title: String,
    objective: String,
    checklist: Vec<ChecklistItem>,
    check_in: CheckIn,
    /// Whether it plans check-ins that were not planned before.
    is_new_plan: bool,
    objective_completed: bool,
}

impl TaskEntry {
    /// Checks the fields against the task that the thread has. A plan that comes back as it was shown is the same plan, whatever
    /// time it is by now: whoever ticks a point of the checklist changes no check-in.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn parse(fields: TaskFields, earlier: Option<&Task>, now: Timestamp) -> Result<Self> {
        let title = line("title", fields.title.as_deref(), TITLE_LIMIT)?.ok_or_else(|| Error::required("title"))?;
        let objective =
            MessageText::parse("objective", fields.objective.as_deref().unwrap_or_default(), OBJECTIVE_LIMIT)?;
        let next = fields.next_check_in_at.as_deref().map(str::trim).filter(|raw| !raw.is_empty());
        let next = next.map(moment).transpose()?;
        let hours = fields.repeat_every_hours.map(hours).transpose()?;
        let seconds = |at: Option<Timestamp>| at.map(Timestamp::seconds);
        let plan = earlier.filter(|task| task.completed_at.is_none()).map(|task| &task.check_in);
        let plan = plan.filter(|plan| (seconds(plan.next), plan.repeat_every_hours) == (seconds(next), hours));
        let is_new_plan = next.is_some() && plan.is_none() && !fields.objective_completed;
        if is_new_plan {
            next.map(|at| ahead(at, now)).transpose()?;
        }
        if hours.is_some() && next.is_none() {
            let text = "next_check_in_at is required with repeat_every_hours.";
            return Err(Error::invalid("next_check_in_at", text));
        }
        let summary = line("next_check_in_summary", fields.next_check_in_summary.as_deref(), SUMMARY_LIMIT)?;
        Ok(Self {
            title,
            objective: objective.ok_or_else(|| Error::required("objective"))?.as_str().to_owned(),
            checklist: checklist(fields.checklist)?,
            check_in: CheckIn::planned(plan.map_or(next, |plan| plan.next), summary, hours),
            is_new_plan,
            objective_completed: fields.objective_completed,
        })
    }

    /// Whether the system may do about the patient what this plans.
    ///
    /// # Errors
    /// [`Error::Refused`] with `recipient_stopped` when it plans check-ins on somebody who wants no automatic messages.
    pub fn suits(&self, contact: Option<&Contact>) -> Result<()> {
        if self.is_new_plan && contact.is_some_and(Contact::wants_no_check_ins) {
            return Err(Error::Refused {
                code: "recipient_stopped",
                detail: "This patient wants no automatic messages. Leave next_check_in_at out.".to_owned(),
            });
        }
        Ok(())
    }

    /// The task that comes of it: a new one, or the thread's own, changed. `random` makes the id of a new one.
    #[must_use]
    pub fn task(&self, earlier: Option<&Task>, random: u128, now: Timestamp) -> Task {
        let earlier = earlier.filter(|task| task.completed_at.is_none());
        let task = Task {
            public_id: earlier.map_or_else(
                || uuid::Builder::from_random_bytes(random.to_be_bytes()).into_uuid(),
                |task| task.public_id,
            ),
            title: self.title.clone(),
            objective: self.objective.clone(),
            checklist: self.checklist.clone(),
            completed_at: None,
            paused: earlier.is_some_and(|task| task.paused) && !self.is_new_plan,
            check_in: match earlier {
                Some(earlier) => self.check_in.clone().in_place_of(&earlier.check_in),
                None => self.check_in.clone(),
            },
        };
        if self.objective_completed { task.completed(now) } else { task }
    }
}

/// One line of a field, absent when there is nothing in it.
fn line(field: &'static str, raw: Option<&str>, limit: usize) -> Result<Option<String>> {
    let text = one_line(raw.unwrap_or_default());
    if text.chars().count() > limit {
        return Err(Error::invalid(field, format!("{field} must have at most {limit} characters.")));
    }
    Ok((!text.is_empty()).then_some(text))
}

fn moment(raw: &str) -> Result<Timestamp> {
    let text = "next_check_in_at must be a time with a zone, for example 2026-11-25T09:00:00Z.";
    Timestamp::parse(raw).ok_or_else(|| Error::invalid("next_check_in_at", text))
}

fn ahead(at: Timestamp, now: Timestamp) -> Result<()> {
    let refuse = |text: &str| Err(Error::invalid("next_check_in_at", format!("next_check_in_at must be {text}.")));
    match at {
        at if at <= now => refuse("in the future"),
        at if at > now.plus(FARTHEST) => refuse("within a year"),
        _ => Ok(()),
    }
}

fn hours(hours: u32) -> Result<u32> {
    let fits = (1..=MOST_HOURS).contains(&hours);
    let text = format!("repeat_every_hours must be from 1 to {MOST_HOURS}.");
    if fits { Ok(hours) } else { Err(Error::invalid("repeat_every_hours", text)) }
}

fn checklist(raw: Vec<ChecklistItem>) -> Result<Vec<ChecklistItem>> {
    if raw.len() > ITEMS_LIMIT {
        return Err(Error::invalid("checklist", format!("checklist must have at most {ITEMS_LIMIT} items.")));
    }
    let mut items = Vec::with_capacity(raw.len());
    for item in raw {
        let text = one_line(&item.text);
        if text.chars().count() > ITEM_LIMIT {
            let text = format!("Each item of checklist must have at most {ITEM_LIMIT} characters.");
            return Err(Error::invalid("checklist", text));
        }
        if !text.is_empty() {
            items.push(ChecklistItem { text, ..item });
        }
    }
    Ok(items)
}

#[cfg(test)]
mod tests;
