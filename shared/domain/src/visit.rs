//! An interpreter visit (document 004): a bilingual conversation that is recorded utterance by utterance. What hangs on it, its
//! utterances, actions, summaries and alerts, is numbered in it, and every change of any of them moves the visit's version.

use serde::{Deserialize, Serialize};

use crate::clinician::ClinicianId;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, Seq, StreamNo, VisitNo};
use crate::time::Timestamp;

pub mod action;
pub mod alert;
pub mod audit;
pub mod entry;
pub mod evidence;
pub mod language;
pub mod metadata;
pub mod order;
pub mod reference;
pub mod session;
pub mod summary;
pub mod utterance;

use entry::VisitEntry;
use language::Languages;
use metadata::Metadata;
use reference::SessionRef;

/// The text that documents give for a visit that is not there.
pub const NOT_FOUND: &str = "Conversation not found";
/// What becomes of a request that would add to a visit that has ended.
pub const ENDED: Error = Error::Conflict("The conversation has ended.");
/// Utterances of one visit: three times an hour of quick talk.
pub const MOST_UTTERANCES: u32 = 5_000;
/// Bytes of text of one visit, originals and translations together: what can be summarised while somebody waits.
pub const MOST_TEXT: u32 = 1024 * 1024;

/// A visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Its number.
    pub visit: VisitNo,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The realtime session in which people are heard.
    pub session: SessionRef,
    /// Who started it.
    pub started_by: ClinicianId,
    /// What the client knows of the visit.
    pub metadata: Metadata,
    /// The languages that are spoken.
    pub language: Languages,
    /// When it began.
    pub started: Timestamp,
    /// How it ended; absent while it goes on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended: Option<Ending>,
    /// The number of its last utterance.
    pub utterances: Seq,
    /// The number of its last action.
    pub actions: Seq,
    /// The number of its last summary.
    pub summaries: Seq,
    /// The number of its last alert.
    pub alerts: Seq,
    /// Medical terms in all utterances.
    pub terms: u32,
    /// Bytes of text in all utterances.
    pub text_bytes: u32,
    /// Counts the changes.
    pub version: u32,
}

/// How a visit ended. What was answered then is answered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// When.
    pub at: Timestamp,
    /// Who ended it.
    pub by: ClinicianId,
    /// The summary that was written then.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<Seq>,
}

/// Whether a visit goes on (document 004, MI-conv-get).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It goes on.
    Active,
    /// It has ended.
    Completed,
    /// It could not be recorded. The document knows it; no visit of ours becomes so.
    Error,
}

impl Status {
    const ALL: [Self; 3] = [Self::Active, Self::Completed, Self::Error];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Completed => "completed",
            Self::Error => "error",
        }
    }

    /// The status that a list is to show.
    ///
    /// # Errors
    /// [`Error::Invalid`] for another word.
    pub fn parse(raw: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|status| status.name() == raw);
        found.ok_or_else(|| Error::invalid("status", "status must be one of active, completed, error."))
    }
}

impl Visit {
    /// A visit that begins.
    #[must_use]
    pub fn start(visit: VisitNo, entry: VisitEntry, now: Timestamp) -> Self {
        Self {
            visit,
            organization_id: entry.organization_id,
            session: entry.session,
            started_by: entry.by,
            metadata: entry.metadata,
            language: entry.language,
            started: now,
            ended: None,
            utterances: Seq::START,
            actions: Seq::START,
            summaries: Seq::START,
            alerts: Seq::START,
            terms: 0,
            text_bytes: 0,
            version: 1,
        }
    }

    /// Whether it goes on.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.ended.is_some() { Status::Completed } else { Status::Active }
    }

    /// Whether something may be added to it.
    ///
    /// # Errors
    /// [`ENDED`] when it has ended.
    pub fn goes_on(&self) -> Result<()> {
        if self.ended.is_some() { Err(ENDED) } else { Ok(()) }
    }

    /// Whole seconds from its beginning to its end.
    #[must_use]
    pub fn duration_s(&self) -> Option<u64> {
        self.ended.as_ref().map(|ended| ended.at.since(self.started).as_secs())
    }

    /// This visit, ended. `summary` is the number of the summary that is written with it.
    #[must_use]
    pub fn ended(&self, by: ClinicianId, summary: Option<Seq>, now: Timestamp) -> Self {
        let summaries = summary.unwrap_or(self.summaries);
        Self { ended: Some(Ending { at: now, by, summary }), summaries, ..self.changed() }
    }

    /// This visit with the next version.
    #[must_use]
    pub fn changed(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..self.clone() }
    }

    /// The name under which its events are numbered.
    #[must_use]
    pub fn stream(&self) -> StreamNo {
        StreamNo::from(self.visit)
    }
}

#[cfg(test)]
mod tests;
