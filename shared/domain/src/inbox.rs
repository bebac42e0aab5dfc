//! The inbox: in which lists a thread stands, where, and what a list shows.
//!
//! A list is read newest first within a risk level, and a thread that waits for an answer is never hidden by the
//! window of days (contract ). Both must cost a page and not a history, so every thread is listed under a
//! sortable key that is rewritten in the transaction of each message.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::care::Risk;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, PatientId, ProviderId, SectionId};
use crate::page;
use crate::thread::Thread;
use crate::time::Timestamp;

pub mod recent;

/// Days that a list shows when the caller does not say.
pub const DEFAULT_DAYS: u32 = 7;
const MOST_DAYS: u32 = 3650;

/// A list of threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Those that a provider answers.
    Provider(OrganizationId, ProviderId),
    /// Those of patients whom a provider entered, while they are not theirs to answer.
    Entered(OrganizationId, ProviderId),
    /// Those of an organisation that nobody answers.
    Unassigned(OrganizationId),
    /// Those of an organisation that somebody answers.
    Assigned(OrganizationId),
    /// Those of a section.
    Section(SectionId),
    /// Those that a patient holds in an app.
    Own(OrganizationId, PatientId),
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Provider(organization, provider) => write!(f, "{organization}#{provider}"),
            Self::Entered(organization, provider) => write!(f, "{organization}#entered#{provider}"),
            Self::Unassigned(organization) => write!(f, "{organization}#unassigned"),
            Self::Assigned(organization) => write!(f, "{organization}#assigned"),
            Self::Section(section) => write!(f, "section#{section}"),
            Self::Own(organization, patient) => write!(f, "{organization}#own#{patient}"),
        }
    }
}

/// The lists in which a thread stands.
#[must_use]
pub fn lists(thread: &Thread) -> Vec<List> {
    if let Some(section) = thread.section {
        return vec![List::Section(section)];
    }
    let organization = thread.organization_id;
    let assigned = thread.care.assigned.as_ref().map(|assignee| assignee.provider_id);
    let mut lists: Vec<List> =
        thread.care.doctor.into_iter().chain(assigned).map(|provider| List::Provider(organization, provider)).collect();
    let entered = thread.entered_by.filter(|provider| !thread.care.is_of(*provider));
    lists.extend(entered.map(|provider| List::Entered(organization, provider)));
    lists.push(if assigned.is_some() { List::Assigned(organization) } else { List::Unassigned(organization) });
    // An assessment of symptoms is no conversation of document 002.
    let own = thread.account.as_ref().filter(|_| thread.care.triage.is_none());
    lists.extend(own.map(|_| List::Own(organization, thread.patient_id)));
    lists.dedup();
    lists
}

/// The place of a thread in its lists: risk, then last movement, then number. Greater comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    risk: Risk,
    updated: Timestamp,
    thread: u32,
}

impl Place {
    /// The place of a thread.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        Self { risk: thread.care.risk, updated: thread.updated, thread: thread.thread.get() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:013}-{:010}", rank(self.risk), self.updated.millis().max(0), self.thread)
    }
}

fn rank(risk: Risk) -> char {
    match risk {
        Risk::Low => '0',
        Risk::Medium => '1',
        Risk::High => '2',
        Risk::Critical => '3',
    }
}

impl FromStr for Place {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.split('-');
        let risk = match parts.next() {
            Some("0") => Risk::Low,
            Some("1") => Risk::Medium,
            Some("2") => Risk::High,
            Some("3") => Risk::Critical,
            _ => return Err(page::bad_cursor()),
        };
        let updated = parts.next().and_then(|ms| ms.parse().ok()).map(Timestamp::from_millis);
        let thread = parts.next().and_then(|no| no.parse().ok());
        let place = updated.zip(thread).map(|(updated, thread)| Self { risk, updated, thread });
        // Only our own spelling is a cursor: one place, one text.
        place.filter(|place| place.to_string() == text).ok_or_else(page::bad_cursor)
    }
}

/// The sort key under which a thread stands in its lists: those that wait for an answer apart from the rest, so that
/// the window can cut the rest by key.
#[must_use]
pub fn key(thread: &Thread) -> String {
    let class = if thread.needs_attention() { Class::Waiting } else { Class::Answered };
    format!("{}{}", class.prefix(), Place::of(thread))
}

/// The two halves of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The patient waits for an answer, or an alert is open: shown whatever its age.
    Waiting,
    /// Shown within the window of days.
    Answered,
}

impl Class {
    fn prefix(self) -> char {
        match self {
            Self::Answered => 'A',
            Self::Waiting => 'W',
        }
    }

    /// The lowest and the highest sort key to ask for; nothing when the cursor is before the window.
    #[must_use]
    pub fn range(self, window: Timestamp, before: Option<Place>) -> Option<(String, String)> {
        let prefix = self.prefix();
        let low = match self {
            Self::Waiting => prefix.to_string(),
            Self::Answered => format!("{prefix}0-{:013}", window.millis().max(0)),
        };
        // '9' stands behind every risk, and '-' before every digit of a longer key.
        let high = before.map_or_else(|| format!("{prefix}9"), |place| format!("{prefix}{place}"));
        (low <= high).then_some((low, high))
    }
}

/// Whether a thread that a range returned belongs on the page: below the cursor, and inside the window or waiting.
#[must_use]
pub fn shows(thread: &Thread, window: Timestamp, before: Option<Place>) -> bool {
    let below = before.is_none_or(|place| Place::of(thread) < place);
    below && (thread.needs_attention() || thread.updated >= window)
}

/// The start of the window of days.
///
/// # Errors
/// [`Error::Invalid`] for anything but a whole number from 1 to 3650.
pub fn window(days: Option<&str>, now: Timestamp) -> Result<Timestamp> {
    let days = match days {
        None => DEFAULT_DAYS,
        Some(raw) => raw
            .parse()
            .ok()
            .filter(|days| (1..=MOST_DAYS).contains(days))
            .ok_or_else(|| Error::invalid("days", format!("days must be a whole number from 1 to {MOST_DAYS}.")))?,
    };
    Ok(now.minus(Duration::from_hours(24) * days))
}

/// The groups of the organisation's queue, in the order in which they are shown (contract A-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The caller's own.
    Mine,
    /// Those that nobody answers.
    Unassigned,
    /// Those of colleagues.
    Colleagues,
}

impl Group {
    const ALL: [Self; 3] = [Self::Mine, Self::Unassigned, Self::Colleagues];

    fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Colleagues => "colleagues",
        }
    }

    /// The groups that `?scope` names, in the order of the queue.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown or missing name.
    pub fn scope(raw: Option<&str>) -> Result<Vec<Self>> {
        let Some(raw) = raw else { return Ok(Self::ALL.to_vec()) };
        let mut groups = Vec::new();
        for name in raw.split(',').map(str::trim) {
            let group = Self::ALL.into_iter().find(|group| group.name() == name);
            groups.push(
                group
                    .ok_or_else(|| Error::invalid("scope", "scope must be a list of mine, unassigned, colleagues."))?,
            );
        }
        groups.sort_unstable();
        groups.dedup();
        Ok(groups)
    }

    /// The list in which the group is found.
    #[must_use]
    pub fn list(self, organization: OrganizationId, provider: ProviderId) -> List {
        match self {
            Self::Mine => List::Provider(organization, provider),
            Self::Unassigned => List::Unassigned(organization),
            Self::Colleagues => List::Assigned(organization),
        }
    }

    /// Whether a thread of the list belongs to the group: the list of all assigned threads has the caller's own too.
    #[must_use]
    pub fn has(self, thread: &Thread, provider: ProviderId) -> bool {
        self != Self::Colleagues || !thread.care.is_of(provider)
    }
}

/// Where the next page of the queue begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The group.
    pub group: Group,
    /// Below this place.
    pub before: Place,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.group.name(), self.before)
    }
}

impl FromStr for Cursor {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let (name, place) = text.split_once('.').ok_or_else(page::bad_cursor)?;
        let group = Group::ALL.into_iter().find(|group| group.name() == name).ok_or_else(page::bad_cursor)?;
        Ok(Self { group, before: place.parse()? })
    }
}

#[cfg(test)]
mod tests;
