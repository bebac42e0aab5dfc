//! The copy of a file at Google: made at once when that is quick, else owed and tried again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Upload;
use crate::time::Timestamp;

/// How often a copy is begun and fails, counted both: sixteen tries, with doubling waits about two days. A try that dies with its
/// worker, and one that cannot be begun, count one.
const ATTEMPTS: u32 = 32;
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_hours(6);

/// How far the copy at Google has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Mirror {
    /// None is wanted.
    #[default]
    Off,
    /// It is owed.
    Owed {
        /// The id that Google gave for it beforehand, so that a copy that is begun twice is made once.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        file_id: Option<String>,
        /// How often it was begun, and how often it failed.
        attempts: u32,
        /// When it is tried next.
        due: Timestamp,
    },
    /// It is there.
    Done {
        /// Google's id of it.
        file_id: String,
    },
    /// It failed as often as it was tried.
    GivenUp,
}

impl Mirror {
    /// A copy that is owed from now on.
    #[must_use]
    pub fn owed(due: Timestamp) -> Self {
        Self::Owed { file_id: None, attempts: 0, due }
    }

    /// When it is due.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Owed { due, .. } => Some(*due),
            Self::Off | Self::Done { .. } | Self::GivenUp => None,
        }
    }

    /// Google's id, once it is there.
    #[must_use]
    pub fn file_id(&self) -> Option<&str> {
        match self {
            Self::Done { file_id } => Some(file_id),
            Self::Off | Self::Owed { .. } | Self::GivenUp => None,
        }
    }
}

impl Upload {
    /// This file with another state of its copy.
    #[must_use]
    pub fn with_mirror(&self, mirror: Mirror) -> Self {
        Self { mirror, version: self.version.saturating_add(1), ..self.clone() }
    }

    /// This file with its copy begun, under the first id that is kept, so that there is one copy; nobody else begins it before then.
    #[must_use]
    pub fn with_mirror_begun(&self, id: &str, until: Timestamp) -> Self {
        let Mirror::Owed { file_id, attempts, .. } = &self.mirror else { return self.clone() };
        if *attempts >= ATTEMPTS {
            return self.with_mirror(Mirror::GivenUp);
        }
        let id = file_id.as_deref().unwrap_or(id).to_owned();
        // Counted now: a worker that dies in the middle counts, too.
        self.with_mirror(Mirror::Owed { file_id: Some(id), attempts: attempts.saturating_add(1), due: until })
    }

    /// This file with its copy made.
    #[must_use]
    pub fn with_mirror_done(&self, file_id: &str) -> Self {
        self.with_mirror(Mirror::Done { file_id: file_id.to_owned() })
    }

    /// This file after its copy failed: tried again later, or given up.
    #[must_use]
    pub fn with_mirror_failed(&self, now: Timestamp) -> Self {
        let Mirror::Owed { file_id, attempts, .. } = &self.mirror else { return self.clone() };
        let attempts = attempts.saturating_add(1);
        if attempts >= ATTEMPTS {
            return self.with_mirror(Mirror::GivenUp);
        }
        let wait = SHORTEST.saturating_mul(2_u32.saturating_pow(attempts.div_ceil(2))).min(LONGEST);
        self.with_mirror(Mirror::Owed { file_id: file_id.clone(), attempts, due: now.plus(wait) })
    }
}
