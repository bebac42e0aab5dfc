//! What clients name by ids of their own.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::SessionId;

const LONGEST: usize = 128;

fn opaque(field: &'static str, raw: &str) -> Result<String> {
    let is_graphic = raw.bytes().all(|byte| byte.is_ascii_graphic());
    if (1..=LONGEST).contains(&raw.len()) && is_graphic {
        return Ok(raw.to_owned());
    }
    Err(Error::invalid(field, format!("{field} must have 1 to {LONGEST} visible ASCII characters.")))
}

/// A realtime session: one of ours, or one that the client had from another provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionRef(String);

impl SessionRef {
    /// The session of field `sessionId`.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is missing or no id.
    pub fn parse(raw: Option<&str>) -> Result<Self> {
        let raw = raw.map(str::trim).filter(|raw| !raw.is_empty());
        let raw = raw.ok_or_else(|| Error::invalid("sessionId", "Session ID is required"))?;
        opaque("sessionId", raw).map(Self)
    }

    /// The id under which the session would be kept here.
    #[must_use]
    pub fn id(&self) -> Option<SessionId> {
        self.0.parse().ok()
    }

    /// As the client wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The client's own name of what it heard: the same item is recorded once, however often it is sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(String);

impl ItemId {
    /// The item of a field.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no id.
    pub fn parse(field: &'static str, raw: &str) -> Result<Self> {
        opaque(field, raw).map(Self)
    }

    /// As the client wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_others_are_taken_as_they_are() {
        assert_eq!(SessionRef::parse(Some("sess_def456...")).unwrap().as_str(), "sess_def456...");
        assert!(SessionRef::parse(Some("sess_def456")).unwrap().id().is_some());
        assert_eq!(SessionRef::parse(Some("abc")).unwrap().id(), None);
        for raw in [None, Some(""), Some("  ")] {
            assert_eq!(SessionRef::parse(raw).unwrap_err().to_string(), "Session ID is required");
        }
        assert!(SessionRef::parse(Some("a b")).is_err() && ItemId::parse("itemId", &"x".repeat(129)).is_err());
    }
}
