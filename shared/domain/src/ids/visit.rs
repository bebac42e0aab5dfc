//! Identifiers of interpreter visits (document 004). A visit has a random number in [2^20, 2^32), apart from those of threads;
//! what hangs on it is numbered there, and named `visit * 2^20 + number` behind the document's prefix (contract A-7).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{NotAnId, Seq, decimal};

/// The number of a visit, `conv_<number>` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitNo(u32);

impl VisitNo {
    const LOWEST: u32 = 1 << 20;
    /// Visits keep their utterances where threads keep their messages, behind every number that a thread can have.
    const BEHIND_THREADS: u64 = 1 << 32;

    /// A visit number from 32 random bits; those below 2^20 are lifted.
    #[must_use]
    pub fn from_random(bits: u32) -> Self {
        Self(if bits < Self::LOWEST { bits | Self::LOWEST } else { bits })
    }

    /// The visit number, if the integer is one.
    #[must_use]
    pub fn new(value: u64) -> Option<Self> {
        u32::try_from(value).ok().filter(|no| *no >= Self::LOWEST).map(Self)
    }

    /// The plain number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }

    /// The partition of its utterances, which no thread has.
    #[must_use]
    pub fn partition(self) -> u64 {
        Self::BEHIND_THREADS + u64::from(self.0)
    }
}

impl fmt::Display for VisitNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "conv_{}", self.0)
    }
}

impl FromStr for VisitNo {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        text.strip_prefix("conv_").and_then(decimal).and_then(Self::new).ok_or(NotAnId)
    }
}

macro_rules! visit_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "u64", try_from = "u64")]
        pub struct $name {
            /// The visit.
            pub visit: VisitNo,
            /// The number in the visit, never [`Seq::START`].
            pub seq: Seq,
        }

        impl $name {
            /// The integer behind the prefix, `visit * 2^20 + number`.
            #[must_use]
            pub fn get(self) -> u64 {
                (u64::from(self.visit.0) << 20) | u64::from(self.seq.get())
            }

            /// What the integer names.
            #[must_use]
            pub fn new(value: u64) -> Option<Self> {
                let visit = VisitNo::new(value >> 20)?;
                let seq = u32::try_from(value & u64::from(Seq::MAX.get())).ok().and_then(Seq::new)?;
                (seq > Seq::START).then_some(Self { visit, seq })
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> Self {
                id.get()
            }
        }

        impl TryFrom<u64> for $name {
            type Error = NotAnId;
            fn try_from(value: u64) -> Result<Self, NotAnId> {
                Self::new(value).ok_or(NotAnId)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{}"), self.get())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix($prefix).and_then(decimal).and_then(Self::new).ok_or(NotAnId)
            }
        }
    };
}

visit_id! {
    /// An utterance: its visit and its place there.
    UtteranceId, "utt_"
}
visit_id! {
    /// An action: its visit and its number there.
    ActionId, "action_"
}
visit_id! {
    /// A summary: its visit and its number there.
    SummaryId, "summary_"
}

/// A realtime session, `sess_` and what its provider named it: 1 to 64 letters, digits, `_` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(String);

impl SessionId {
    const PREFIX: &str = "sess_";
    const LONGEST: usize = 64;

    /// The id that random hexadecimal digits name.
    #[must_use]
    pub fn from_hex(hex: &str) -> Self {
        Self(format!("{}{hex}", Self::PREFIX))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SessionId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let name = text.strip_prefix(Self::PREFIX).ok_or(NotAnId)?;
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        let fits = (1..=Self::LONGEST).contains(&name.len()) && is_plain;
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling() {
        let visit = VisitNo::from_random(7);
        assert_eq!(visit.to_string(), "conv_1048583");
        assert_eq!("conv_1048583".parse(), Ok(visit));
        for text in ["1048583", "conv_01048583", "conv_7", "conv_+1048583", "conv_789abc...", "CONV_1048583", "conv_"] {
            assert_eq!(text.parse::<VisitNo>(), Err(NotAnId), "{text}");
        }
        let id = UtteranceId { visit, seq: Seq::new(7).unwrap() };
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(format!("utt_{}", id.get() - 7).parse::<UtteranceId>(), Err(NotAnId), "nothing has number zero");
        assert_eq!(format!("action_{}", id.get()).parse::<UtteranceId>(), Err(NotAnId));
        assert!(id.get() < 1 << 53, "exact in JSON");
    }

    #[test]
    fn no_thread_has_the_partition_of_a_visit() {
        assert!(VisitNo::from_random(u32::MAX).partition() > u64::from(u32::MAX));
        assert!(VisitNo::from_random(0).partition() > u64::from(u32::MAX));
    }

    #[test]
    fn a_session_is_what_its_provider_named_it() {
        assert!("sess_def456".parse::<SessionId>().is_ok());
        for text in ["sess_", "def456", "sess_a b", "sess_def456...", "sess_a#b"] {
            assert!(text.parse::<SessionId>().is_err(), "{text}");
        }
        assert!(format!("sess_{}", "a".repeat(65)).parse::<SessionId>().is_err());
    }
}
