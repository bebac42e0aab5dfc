//! Identifiers of document 003.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{MessageId, NotAnId, ThreadNo, ThreadRef};

/// The longest id that FHIR allows, and the longest name of a session.
const LONGEST: usize = 64;

/// An id of a FHIR resource: 1 to 64 letters, digits, `-` and `.` (FHIR R4, datatype `id`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceId(String);

impl ResourceId {
    /// The patient that a request names.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what FHIR could not refer to.
    pub fn patient(raw: Option<&str>) -> Result<Self> {
        let raw = raw.map(str::trim).filter(|raw| !raw.is_empty()).ok_or_else(|| Error::required("patientId"))?;
        let fits =
            raw.len() <= LONGEST && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
        let sentence = "patientId must have 1 to 64 letters, digits, hyphens and full stops.";
        fits.then(|| Self(raw.to_owned())).ok_or_else(|| Error::invalid("patientId", sentence))
    }

    /// The risk assessment of a turn, by the patient's message.
    #[must_use]
    pub fn risk_assessment(message: MessageId) -> Self {
        Self(format!("risk-{}", message.get()))
    }

    /// An observation of a turn, by what it is of. `what` is one of our own names: letters, digits and underscores.
    #[must_use]
    pub fn observation(message: MessageId, what: &str) -> Self {
        let all = format!("obs-{}-{}", message.get(), what.replace('_', "-"));
        Self(all.chars().take(LONGEST).collect())
    }

    /// The bundle of a thread.
    #[must_use]
    pub fn bundle(thread: ThreadNo) -> Self {
        Self(format!("thread-{thread}"))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A thread, as document 003 spells it: `thread_` and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadId(pub ThreadNo);

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "thread_{}", self.0)
    }
}

impl FromStr for ThreadId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text.strip_prefix("thread_").map(str::parse) {
            Some(Ok(ThreadRef::No(number))) => Ok(Self(number)),
            _ => Err(NotAnId),
        }
    }
}

/// A session: the name that the client gave it, or one of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(String);

impl SessionId {
    /// The session that `X-Session-ID` names.
    ///
    /// # Errors
    /// [`Error::Invalid`] for anything but 1 to 64 letters, digits, hyphens, underscores and full stops.
    pub fn parse(raw: &str) -> Result<Self> {
        let fits = (1..=LONGEST).contains(&raw.len())
            && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        let sentence = "X-Session-ID must have 1 to 64 letters, digits, hyphens, underscores and full stops.";
        fits.then(|| Self(raw.to_owned())).ok_or_else(|| Error::invalid("X-Session-ID", sentence))
    }

    /// A new session, from 128 random bits.
    #[must_use]
    pub fn from_random(random: u128) -> Self {
        Self(format!("session-{random:032x}"))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Seq;

    #[test]
    fn a_patient_is_named_as_fhir_can() {
        for name in ["patient-123", "A.9", " padded ", &"x".repeat(64)] {
            assert_eq!(ResourceId::patient(Some(name)).unwrap().as_str(), name.trim());
        }
        for name in ["patient_123", "a b", "a/b", "é", "a\nb", &"x".repeat(65)] {
            assert!(ResourceId::patient(Some(name)).is_err(), "{name}");
        }
        for missing in [None, Some(""), Some(" ")] {
            assert_eq!(ResourceId::patient(missing).unwrap_err().to_string(), "patientId is required.");
        }
    }

    #[test]
    fn our_own_ids_fit_fhir_also_at_their_longest() {
        let largest = MessageId { thread: ThreadNo::from_random(u32::MAX), seq: Seq::MAX };
        let ids = [
            ResourceId::risk_assessment(largest),
            ResourceId::observation(largest, "chest_pain"),
            ResourceId::observation(largest, &"long_".repeat(30)),
            ResourceId::bundle(largest.thread),
        ];
        for id in &ids {
            assert_eq!(ResourceId::patient(Some(id.as_str())).as_ref(), Ok(id));
        }
        assert_eq!(ids[1].as_str(), "obs-4503599627370495-chest-pain");
    }

    #[test]
    fn a_thread_has_one_spelling() {
        let id = ThreadId(ThreadNo::from_random(5));
        assert_eq!(id.to_string().parse(), Ok(id));
        for other in ["thread_abc123", "1048581", "thread_", "thread_5", "thread_01048581", "Thread_1048581", ""] {
            assert_eq!(other.parse::<ThreadId>(), Err(NotAnId), "{other}");
        }
    }

    #[test]
    fn a_session_keeps_the_name_that_it_was_given() {
        assert_eq!(SessionId::parse("session-456").unwrap().as_str(), "session-456");
        for name in ["", "a b", "a\u{e9}", &"x".repeat(65)] {
            assert!(SessionId::parse(name).is_err(), "{name}");
        }
        let ours = SessionId::from_random(7);
        assert_eq!(SessionId::parse(ours.as_str()), Ok(ours));
    }
}
