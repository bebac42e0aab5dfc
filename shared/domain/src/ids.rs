//! Identifiers. Inside the product an id is never a raw number or string.
//!
//! A thread has a random number in [2^20, 2^32); its messages are numbered 1, 2, 3 … without gaps. A message's public
//! integer is `thread_no * 2^20 + seq`: below 2^52, so exact in JSON, strictly increasing in its thread, and enough to
//! find the row with one read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use public::{PublicId, ThreadRef};

mod public;

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct NotAnId;

/// The largest integer that JavaScript reads exactly.
const MAX_EXACT: u64 = (1 << 53) - 1;

macro_rules! numeric_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(u64);

        impl $name {
            /// The id for a number from 1 to 2^53 - 1, the integers that JSON carries exactly.
            #[must_use]
            pub fn new(value: u64) -> Option<Self> {
                (1..=MAX_EXACT).contains(&value).then_some(Self(value))
            }

            /// The id that 31 of the given random bits name, from 2^31 up: no hand-made account number is that high.
            #[must_use]
            pub fn from_random(bits: u64) -> Self {
                Self((bits >> 33) | (1 << 31))
            }

            /// The number in JSON.
            #[must_use]
            pub fn get(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                decimal(text).and_then(Self::new).ok_or(NotAnId)
            }
        }
    };
}

/// A decimal number without sign, blanks or leading zeros, so that an id has one spelling.
fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if plain { text.parse().ok() } else { None }
}

numeric_id! {
    /// A clinic or practice: the tenant of documents 000 and 004.
    OrganizationId
}
numeric_id! {
    /// A doctor or a member of the human staff.
    ProviderId
}
numeric_id! {
    /// A patient, unique over all organisations.
    PatientId
}
numeric_id! {
    /// The user account behind a patient.
    UserId
}
numeric_id! {
    /// A patient's subscription.
    SubscriptionId
}
numeric_id! {
    /// A section of document 001: a group of therapists and their subjects.
    SectionId
}

/// The random number of a thread, and its integer id on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ThreadNo(u32);

impl ThreadNo {
    const LOWEST: u32 = 1 << 20;

    /// A thread number from 32 random bits; those below 2^20 are lifted.
    #[must_use]
    pub fn from_random(bits: u32) -> Self {
        Self(if bits < Self::LOWEST { bits | Self::LOWEST } else { bits })
    }

    /// The thread number, if the integer is one.
    #[must_use]
    pub fn new(value: u64) -> Option<Self> {
        u32::try_from(value).ok().filter(|no| *no >= Self::LOWEST).map(Self)
    }

    /// The number in JSON.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for ThreadNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of a message in its thread, from 1 without gaps; 0 stands before the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(u32);

impl Seq {
    /// Before the first message.
    pub const START: Self = Self(0);
    /// The last number a thread can give: 2^20 - 1 messages.
    pub const MAX: Self = Self((1 << 20) - 1);

    /// The sequence number, if it is below 2^20.
    #[must_use]
    pub fn new(value: u32) -> Option<Self> {
        (value <= Self::MAX.0).then_some(Self(value))
    }

    /// The number after this one; stays at [`Seq::MAX`], which `append` refuses to fill.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1)).min(Self::MAX)
    }

    /// The number `by` places before this one, at lowest [`Seq::START`].
    #[must_use]
    pub fn back(self, by: u32) -> Self {
        Self(self.0.saturating_sub(by))
    }

    /// The plain number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

macro_rules! numbered_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "u64", try_from = "u64")]
        pub struct $name {
            /// The thread.
            pub thread: ThreadNo,
            /// The place in the thread, never [`Seq::START`].
            pub seq: Seq,
        }

        impl $name {
            /// The public integer, `thread_no * 2^20 + seq`.
            #[must_use]
            pub fn get(self) -> u64 {
                (u64::from(self.thread.0) << 20) | u64::from(self.seq.0)
            }
            /// What the integer names.
            #[must_use]
            pub fn new(value: u64) -> Option<Self> {
                let thread = ThreadNo::new(value >> 20)?;
                let seq = u32::try_from(value & u64::from(Seq::MAX.0)).ok().and_then(Seq::new)?;
                (seq > Seq::START).then_some(Self { thread, seq })
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

        impl FromStr for $name {
            type Err = NotAnId;
            /// Reads the number with and without its prefix (contract A-1).
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let digits = text.strip_prefix($prefix).unwrap_or(text);
                decimal(digits).and_then(Self::new).ok_or(NotAnId)
            }
        }
    };
}

numbered_id! {
    /// A message: its thread and its place there.
    MessageId, "msg_"
}
numbered_id! {
    /// An alert: its thread and its number there.
    AlertId, "alert_"
}
numbered_id! {
    /// An observation: its thread and its number there.
    ObservationId, "obs_"
}
mod event;
mod upload;
mod visit;
pub use event::{EndpointId, EventId, StreamNo};
pub use upload::UploadId;
pub use visit::{ActionId, SessionId, SummaryId, UtteranceId, VisitNo};

numbered_id! {
    /// A subject's call for a therapist: its thread and its number there.
    TagId, "tag_"
}
numbered_id! {
    /// A therapist's private note: its thread and its number there.
    NoteId, "note_"
}

#[cfg(test)]
mod tests;
