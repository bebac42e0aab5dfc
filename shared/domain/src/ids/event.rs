//! Identifiers of events and of the endpoints that are told.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{NotAnId, Seq, ThreadNo, decimal};

numbered_id! {
    /// An event: its thread and its number there.
    EventId, "event_"
}

/// A webhook endpoint's id, a random UUID; clients read and write it as `wh_` and 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndpointId(Uuid);

impl EndpointId {
    /// The id that 122 of the given random bits name.
    #[must_use]
    pub fn from_random(random: u128) -> Self {
        Self(uuid::Builder::from_random_bytes(random.to_be_bytes()).into_uuid())
    }
}

impl fmt::Display for EndpointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wh_{}", self.0.simple())
    }
}

impl FromStr for EndpointId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let uuid = text.strip_prefix("wh_").and_then(|digits| Uuid::try_parse(digits).ok()).map(Self);
        uuid.filter(|id| id.to_string() == text).ok_or(NotAnId)
    }
}
