//! Members of a section (document 001). Made for one section at a time, so that whoever has one has been checked against
//! the section of the request.

use domain::account::Account;
use domain::caller::Role;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, SectionId, UserId};

use super::Identity;

/// A subject, in one of their sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    identity: Identity,
    user_id: UserId,
    section: SectionId,
    organization_id: OrganizationId,
}

/// A therapist, in one of their sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Therapist {
    identity: Identity,
    user_id: UserId,
    section: SectionId,
    organization_id: OrganizationId,
}

impl Subject {
    /// Whether the token is that of a subject of the section.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role or another section.
    pub fn admits(identity: &Identity, section: SectionId) -> Result<()> {
        member(identity, Role::Subject, section).map(|_| ())
    }

    /// The caller, if the token is that of a subject of the section, which is an organisation's.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role, another section or another organisation.
    pub fn new(identity: Identity, section: SectionId, owner: OrganizationId) -> Result<Self> {
        let user_id = member(&identity, Role::Subject, section)?;
        identity.may_be_of(owner)?;
        Ok(Self { identity, user_id, section, organization_id: owner })
    }

    /// The tenant.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.organization_id
    }

    /// The user.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user_id
    }

    /// The section.
    #[must_use]
    pub fn section(&self) -> SectionId {
        self.section
    }

    /// As whom the subject is treated.
    #[must_use]
    pub fn account(&self) -> Account {
        Account::User { user_id: self.user_id }
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

impl Therapist {
    /// Whether the token is that of a therapist of the section.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role or another section.
    pub fn admits(identity: &Identity, section: SectionId) -> Result<()> {
        member(identity, Role::Therapist, section).map(|_| ())
    }

    /// The caller, if the token is that of a therapist of the section, which is an organisation's.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role, another section or another organisation.
    pub fn new(identity: Identity, section: SectionId, owner: OrganizationId) -> Result<Self> {
        let user_id = member(&identity, Role::Therapist, section)?;
        identity.may_be_of(owner)?;
        Ok(Self { identity, user_id, section, organization_id: owner })
    }

    /// The tenant.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.organization_id
    }

    /// The user.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user_id
    }

    /// The section.
    #[must_use]
    pub fn section(&self) -> SectionId {
        self.section
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// A subject in all of their sections, to read their own record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memberships {
    identity: Identity,
}

impl Memberships {
    /// The caller, if the token is that of a subject.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role, or when the token lacks the user.
    pub fn new(identity: Identity) -> Result<Self> {
        let is_subject = identity.role == Role::Subject && identity.user_id.is_some();
        is_subject.then_some(Self { identity }).ok_or(Error::Forbidden)
    }

    /// The sections.
    #[must_use]
    pub fn sections(&self) -> &[SectionId] {
        &self.identity.section_ids
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

fn member(identity: &Identity, role: Role, section: SectionId) -> Result<UserId> {
    let is_member = identity.role == role && identity.section_ids.contains(&section);
    identity.user_id.filter(|_| is_member).ok_or(Error::Forbidden)
}
