//! Accounts of patients: how a token names whoever is treated, and the patient behind it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{OrganizationId, PatientId, SectionId, ThreadNo, UserId};

/// The longest `patient_id` of a token, in bytes.
const LONGEST_NAME: usize = 128;

/// Who is treated, as a token names them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Account {
    /// A subject of document 001, by `user_id`.
    User {
        /// The user.
        user_id: UserId,
    },
    /// A patient of document 002, by `patient_id`, in the organisation that the token names.
    Patient {
        /// The claim as text.
        name: AccountName,
    },
    /// A patient of document 002 whose token names no organisation. Their `patient_id` says nothing about the patients of any:
    /// they are nobody whom a doctor entered, and nobody whose token names one.
    Unaffiliated {
        /// The claim as text.
        name: AccountName,
    },
}

impl Account {
    /// The `patient_id` of the token; nothing for a subject.
    #[must_use]
    pub fn name(&self) -> Option<&AccountName> {
        match self {
            Self::Patient { name } | Self::Unaffiliated { name } => Some(name),
            Self::User { .. } => None,
        }
    }
}

impl fmt::Display for Account {
    /// The spelling in keys of the store.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User { user_id } => write!(f, "user#{user_id}"),
            Self::Patient { name } => write!(f, "patient#{}", name.as_str()),
            Self::Unaffiliated { name } => write!(f, "unaffiliated#{}", name.as_str()),
        }
    }
}

/// A `patient_id` that need not be a number of ours: 1 to 128 visible ASCII characters without `#`, which parts keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountName(String);

impl AccountName {
    /// The name, if it is one.
    #[must_use]
    pub fn parse(raw: &str) -> Option<Self> {
        let fits = (1..=LONGEST_NAME).contains(&raw.len());
        (fits && raw.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')).then(|| Self(raw.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The patient of ours whom the name numbers; nothing for the names of other systems.
    #[must_use]
    pub fn patient(&self) -> Option<PatientId> {
        self.0.parse().ok()
    }
}

/// An account as it is kept, in one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAccount {
    /// Who.
    pub account: Account,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The patient behind it.
    pub patient_id: PatientId,
    /// The conversation that a message without an id belongs to, in each section.
    #[serde(default)]
    pub current: Vec<Current>,
    /// Counts the changes of this row.
    pub version: u32,
}

/// The conversation that goes on in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// The section.
    pub section: SectionId,
    /// The conversation.
    pub thread: ThreadNo,
}

impl KnownAccount {
    /// An account with no conversation yet.
    #[must_use]
    pub fn new(account: Account, organization_id: OrganizationId, patient_id: PatientId) -> Self {
        Self { account, organization_id, patient_id, current: Vec::new(), version: 1 }
    }

    /// The conversation that goes on in a section.
    #[must_use]
    pub fn current(&self, section: SectionId) -> Option<ThreadNo> {
        self.current.iter().find(|current| current.section == section).map(|current| current.thread)
    }

    /// This account with a conversation that goes on from now on.
    #[must_use]
    pub fn with_current(&self, current: Current) -> Self {
        let others = self.current.iter().copied().filter(|other| other.section != current.section);
        Self { current: others.chain([current]).collect(), version: self.version.saturating_add(1), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_spell_another_key() {
        for name in ["patient-123", "123", "a.b_c@d"] {
            assert_eq!(AccountName::parse(name).unwrap().as_str(), name);
        }
        for name in ["", "a b", "a#b", "a\n", "ü", &"x".repeat(129)] {
            assert_eq!(AccountName::parse(name), None, "{name}");
        }
        assert_eq!(AccountName::parse("123").unwrap().patient(), PatientId::new(123));
        assert_eq!(AccountName::parse("0123").unwrap().patient(), None, "a number has one spelling");
    }

    #[test]
    fn one_conversation_goes_on_in_each_section() {
        let (one, other) = (SectionId::new(7).unwrap(), SectionId::new(8).unwrap());
        let thread = |bits| ThreadNo::from_random(bits);
        let account = Account::User { user_id: UserId::new(10).unwrap() };
        let known = KnownAccount::new(account, OrganizationId::new(21).unwrap(), PatientId::new(1).unwrap());
        let known = known.with_current(Current { section: one, thread: thread(1) });
        let known = known.with_current(Current { section: other, thread: thread(2) });
        let known = known.with_current(Current { section: one, thread: thread(3) });
        assert_eq!((known.current(one), known.current(other)), (Some(thread(3)), Some(thread(2))));
        assert_eq!((known.current.len(), known.version), (2, 4));
    }
}
