//! Who is calling: tokens in, callers out. The caller types have private fields and are made here alone, so a function
//! that takes one can only be reached by a verified token (or, for [`Machine`], by an invocation without a user).

use domain::account::AccountName;
use domain::caller::{ProviderRole, Role};
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, ProviderId, SectionId, UserId};
use domain::message::Author;

pub use account::{Administrator, Correspondent, PatientAccount, RecordReader};
pub use clinician::Clinician;
pub use keys::KeySource;
pub use reader::Reader;
pub use section::{Memberships, Subject, Therapist};
pub use token::Verifier;

mod account;
mod clinician;
mod keys;
mod reader;
mod section;
mod token;

/// What a verified token says. Made by [`Verifier`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    subject: String,
    role: Role,
    organization_id: Option<OrganizationId>,
    provider_id: Option<ProviderId>,
    user_id: Option<UserId>,
    patient: Option<AccountName>,
    section_ids: Vec<SectionId>,
}

impl Identity {
    /// The token's `sub`, stable per account: the scope of rate limits and idempotency keys.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The organisation that the token names, when it names one.
    #[must_use]
    pub fn organization(&self) -> Option<OrganizationId> {
        self.organization_id
    }

    /// Whether the token may speak for an organisation: it names that one, or none.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it names another.
    pub fn may_be_of(&self, organization: OrganizationId) -> Result<()> {
        let may = self.organization_id.is_none_or(|own| own == organization);
        may.then_some(()).ok_or(Error::Forbidden)
    }
}

/// A doctor or a member of the human staff, who sees the patients and threads of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareTeam {
    identity: Identity,
    role: ProviderRole,
    organization_id: OrganizationId,
    provider_id: ProviderId,
}

impl CareTeam {
    /// The caller, if the token's role and claims are those of a doctor or of staff.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role, or when the token lacks the organisation or the provider.
    pub fn new(identity: Identity) -> Result<Self> {
        let role = match identity.role {
            Role::Doctor => ProviderRole::Doctor,
            Role::HumanStaff => ProviderRole::HumanStaff,
            Role::Therapist | Role::Subject | Role::Patient | Role::Clinician | Role::Service | Role::Admin => {
                return Err(Error::Forbidden);
            }
        };
        let organization_id = identity.organization_id.ok_or(Error::Forbidden)?;
        let provider_id = identity.provider_id.ok_or(Error::Forbidden)?;
        Ok(Self { identity, role, organization_id, provider_id })
    }

    /// The tenant.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.organization_id
    }

    /// The caller's place in the directory.
    #[must_use]
    pub fn provider(&self) -> ProviderId {
        self.provider_id
    }

    /// Doctor or human staff.
    #[must_use]
    pub fn role(&self) -> ProviderRole {
        self.role
    }

    /// The author of what the caller writes.
    #[must_use]
    pub fn author(&self) -> Author {
        match self.role {
            ProviderRole::Doctor => Author::Doctor { provider_id: self.provider_id },
            ProviderRole::HumanStaff => Author::Staff { provider_id: self.provider_id },
        }
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// Another system of the operator, or an administrator: keeps the directory and the subscriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    identity: Identity,
}

impl Operator {
    /// The caller, if the token's role is `service` or `admin`.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role.
    pub fn new(identity: Identity) -> Result<Self> {
        match identity.role {
            Role::Service | Role::Admin => Ok(Self { identity }),
            Role::Doctor | Role::HumanStaff | Role::Therapist | Role::Subject | Role::Patient | Role::Clinician => {
                Err(Error::Forbidden)
            }
        }
    }

    /// Whether this caller may act for an organisation: a token that names one acts for that one only.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another organisation: across tenants there is no hint.
    pub fn acts_for(&self, organization: OrganizationId) -> Result<()> {
        match self.identity.organization_id {
            Some(own) if own != organization => Err(Error::NotFound),
            _ => Ok(()),
        }
    }

    /// The organisation for which this caller acts: the one that the request names in a field, or else the token's.
    ///
    /// # Errors
    /// [`Error::Invalid`] when neither names one; [`Error::NotFound`] as in [`Self::acts_for`].
    pub fn tenant(&self, named: Option<OrganizationId>, field: &'static str) -> Result<OrganizationId> {
        let tenant = named.or(self.identity.organization_id).ok_or_else(|| Error::required(field))?;
        self.acts_for(tenant).map(|()| tenant)
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// Code that runs without a user: a queue message, a schedule, or a webhook whose signature was verified.
#[derive(Debug, Clone, Copy)]
pub struct Machine(());

impl Machine {
    /// The caller of an invocation that has no user. Only the entry points of workers and the verified webhook make it.
    #[must_use]
    pub fn of_invocation() -> Self {
        Self(())
    }
}
