//! Points in time, in milliseconds, as they are stored. How a document spells them is its surface's affair.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The point `millis` after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The point `seconds` after 1970-01-01T00:00:00Z, as WhatsApp and JWT count.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Reads RFC 3339 with a zone.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_millisecond()))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This point and a span later; stays at the end of time.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis_of(span)))
    }

    /// This point and a span earlier; stays at the start of time.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis_of(span)))
    }

    /// The span from `earlier` to here; zero when it is not earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// `2025-10-21T07:45:33Z`, the spelling of documents 000 and 002.
    #[must_use]
    pub fn rfc3339_seconds(self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// `2026-01-16T14:30:00+00:00`, the spelling of document 001.
    #[must_use]
    pub fn rfc3339_offset(self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
    }

    /// `2024-01-15T10:05:00.000Z`, the spelling of document 004.
    #[must_use]
    pub fn rfc3339_millis(self) -> String {
        let at = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }
}

fn millis_of(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339_seconds())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_seconds_with_z() {
        let at = Timestamp::parse("2025-10-21T09:45:33.999+02:00").unwrap();
        assert_eq!(at.rfc3339_seconds(), "2025-10-21T07:45:33Z");
        assert_eq!(at.rfc3339_offset(), "2025-10-21T07:45:33+00:00");
        assert_eq!(at.rfc3339_millis(), "2025-10-21T07:45:33.999Z");
        assert_eq!(Timestamp::from_seconds(1).rfc3339_millis(), "1970-01-01T00:00:01.000Z");
        assert_eq!(Timestamp::parse("2025-10-21T09:45:33"), None);
    }

    #[test]
    fn a_span_is_never_negative() {
        let early = Timestamp::from_seconds(1);
        assert_eq!(early.since(Timestamp::from_seconds(2)), Duration::ZERO);
        assert_eq!(Timestamp::from_seconds(3).since(early), Duration::from_secs(2));
    }
}
