//! Identifiers of events and of the endpoints that are told. Events are numbered in streams; every conversation has one, whichever
//! surface it is of.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{NotAnId, Seq, ThreadNo, VisitNo};

/// The stream of events of a conversation: a thread's own number, or for a visit a number behind every number that a
/// thread can have. Below 2^33.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StreamNo(u64);

impl StreamNo {
    /// The plain number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl From<ThreadNo> for StreamNo {
    fn from(thread: ThreadNo) -> Self {
        Self(u64::from(thread.get()))
    }
}

impl From<VisitNo> for StreamNo {
    fn from(visit: VisitNo) -> Self {
        Self(visit.partition())
    }
}

impl fmt::Display for StreamNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StreamNo {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        super::decimal(text).filter(|number| number >> 33 == 0).map(Self).ok_or(NotAnId)
    }
}

/// An event: its stream and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u64", try_from = "u64")]
pub struct EventId {
    /// The stream.
    pub stream: StreamNo,
    /// The number in the stream, never [`Seq::START`].
    pub seq: Seq,
}

impl EventId {
    /// `stream * 2^20 + number`: below 2^53, so exact in JSON.
    #[must_use]
    pub fn get(self) -> u64 {
        (self.stream.0 << 20) | u64::from(self.seq.get())
    }
}

impl From<EventId> for u64 {
    fn from(id: EventId) -> Self {
        id.get()
    }
}

impl TryFrom<u64> for EventId {
    type Error = NotAnId;
    fn try_from(value: u64) -> Result<Self, NotAnId> {
        let seq = u32::try_from(value & u64::from(Seq::MAX.get())).ok().and_then(Seq::new);
        let seq = seq.filter(|seq| *seq > Seq::START).ok_or(NotAnId)?;
        if value >> 53 == 0 { Ok(Self { stream: StreamNo(value >> 20), seq }) } else { Err(NotAnId) }
    }
}

/// As receivers read it, in the header `webhook-id`: the same in every attempt.
impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event_{}", self.get())
    }
}

impl FromStr for EventId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        text.strip_prefix("event_").and_then(super::decimal).ok_or(NotAnId)?.try_into()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_one_spelling_and_is_exact_in_json() {
        for stream in [StreamNo::from(ThreadNo::from_random(u32::MAX)), StreamNo::from(VisitNo::from_random(u32::MAX))]
        {
            let id = EventId { stream, seq: Seq::MAX };
            assert!(id.get() < 1 << 53);
            assert_eq!(EventId::try_from(id.get()), Ok(id));
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(stream.to_string().parse(), Ok(stream));
        }
        assert_eq!(EventId::try_from(1 << 53 | 1), Err(NotAnId));
        assert_eq!("event_1048576".parse::<EventId>(), Err(NotAnId), "nothing has number zero");
    }

    #[test]
    fn an_endpoint_has_one_spelling() {
        let id = EndpointId::from_random(u128::MAX);
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in [id.to_string().to_uppercase(), id.0.to_string(), format!("wh_{}", id.0), String::new()] {
            assert_eq!(text.parse::<EndpointId>(), Err(NotAnId), "{text}");
        }
    }
}
