//! The languages in which triage answers.

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// A language in which triage answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spoken {
    /// English, and whatever is not known to be Spanish.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Spoken {
    /// The language to answer in.
    pub(super) fn of(language: Language) -> Option<Self> {
        match language {
            Language::English => Some(Self::English),
            Language::Spanish => Some(Self::Spanish),
            Language::French | Language::Unknown => None,
        }
    }

    /// One of two wordings.
    pub(super) fn pick<T>(self, english: T, spanish: T) -> T {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }
}
