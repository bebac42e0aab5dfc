//! How a thread is named outside: by its number, or by a UUID that carries it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{NotAnId, ThreadNo, decimal};

/// A thread's public UUID. It carries the thread number (RFC 9562, version 8), so that finding the thread costs one
/// read and no index; 90 random bits beside it keep it from being guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicId(Uuid);

impl PublicId {
    /// The public id of a thread, from its number and 128 random bits of which 90 are used.
    #[must_use]
    pub fn new(thread: ThreadNo, random: u128) -> Self {
        let number = u128::from(thread.0) << 96;
        let value = number | (random & (u128::MAX >> 32));
        Self(uuid::Builder::from_custom_bytes(value.to_be_bytes()).into_uuid())
    }

    /// The thread that this id claims to name; compare the stored public id before believing it.
    #[must_use]
    pub fn thread(self) -> Option<ThreadNo> {
        ThreadNo::new(u64::try_from(self.0.as_u128() >> 96).ok()?)
    }
}

impl fmt::Display for PublicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// How a request names a thread: by number or by public id (contract A-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadRef {
    /// By its integer id.
    No(ThreadNo),
    /// By its UUID.
    Public(PublicId),
}

impl ThreadRef {
    /// The number under which the thread would be stored; absent for a UUID that is not one of ours.
    #[must_use]
    pub fn thread(self) -> Option<ThreadNo> {
        match self {
            Self::No(no) => Some(no),
            Self::Public(id) => id.thread(),
        }
    }

    /// Whether the stored thread is the one that was named.
    #[must_use]
    pub fn names(self, no: ThreadNo, public_id: PublicId) -> bool {
        match self {
            Self::No(named) => named == no,
            Self::Public(named) => named == public_id,
        }
    }
}

impl FromStr for ThreadRef {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if let Some(number) = decimal(text) {
            return ThreadNo::new(number).map(Self::No).ok_or(NotAnId);
        }
        // Only the hyphenated spelling is a public id: braces, URNs and bare hex would give a thread many names.
        let uuid = Uuid::try_parse(text).map_err(|_| NotAnId)?;
        (text.len() == 36).then_some(Self::Public(PublicId(uuid))).ok_or(NotAnId)
    }
}
