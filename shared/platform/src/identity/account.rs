//! Patients who read their own record, and administrators who read everybody's.

use domain::account::Account;
use domain::audit::Actor;
use domain::caller::Role;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, PatientId};

use super::{CareTeam, Identity, Memberships};

/// A patient with an account of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientAccount {
    identity: Identity,
    account: Account,
    organization_id: OrganizationId,
}

impl PatientAccount {
    /// The caller, if the token is that of a patient. One that names no organisation writes to the operator's own, as somebody
    /// of whom nothing is known there.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role, or when the token lacks the patient.
    pub fn new(identity: Identity, otherwise: OrganizationId) -> Result<Self> {
        let name = identity.patient.clone().filter(|_| identity.role == Role::Patient).ok_or(Error::Forbidden)?;
        let (account, organization_id) = match identity.organization_id {
            Some(organization) => (Account::Patient { name }, organization),
            None => (Account::Unaffiliated { name }, otherwise),
        };
        Ok(Self { identity, account, organization_id })
    }

    /// As whom the patient is treated.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The patient of ours whom the account names by number; nobody where the token does not say of which organisation.
    #[must_use]
    pub fn number(&self) -> Option<PatientId> {
        match &self.account {
            Account::Patient { name } => name.patient(),
            Account::User { .. } | Account::Unaffiliated { .. } => None,
        }
    }

    /// The tenant.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.organization_id
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// An administrator; one whose token names an organisation is of that one only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    identity: Identity,
}

impl Administrator {
    /// The caller, if the token's role is `admin`.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role.
    pub fn new(identity: Identity) -> Result<Self> {
        if identity.role == Role::Admin { Ok(Self { identity }) } else { Err(Error::Forbidden) }
    }

    /// Whether the administrator may see what belongs to an organisation.
    ///
    /// # Errors
    /// [`Error::NotFound`] otherwise: across tenants there is no hint.
    pub fn may_see(&self, organization: OrganizationId) -> Result<()> {
        match self.identity.organization_id {
            Some(own) if own != organization => Err(Error::NotFound),
            _ => Ok(()),
        }
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

/// Whoever may read a conversation of document 002.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correspondent {
    /// The patient whose conversation it is.
    Patient(PatientAccount),
    /// Somebody who answers for the organisation.
    CareTeam(CareTeam),
    /// An administrator.
    Administrator(Administrator),
}

impl Correspondent {
    /// The caller, if the token's role is one of these.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role.
    pub fn new(identity: Identity, otherwise: OrganizationId) -> Result<Self> {
        match identity.role {
            Role::Patient => PatientAccount::new(identity, otherwise).map(Self::Patient),
            Role::Doctor | Role::HumanStaff => CareTeam::new(identity).map(Self::CareTeam),
            Role::Admin => Administrator::new(identity).map(Self::Administrator),
            Role::Therapist | Role::Subject | Role::Clinician | Role::Service => Err(Error::Forbidden),
        }
    }

    /// Who they are in the audit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Patient(_) => Actor::Patient,
            Self::CareTeam(caller) => Actor::Provider { provider_id: caller.provider() },
            Self::Administrator(administrator) => {
                Actor::Administrator { account: administrator.identity().subject().to_owned() }
            }
        }
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        match self {
            Self::Patient(patient) => patient.identity(),
            Self::CareTeam(caller) => caller.identity(),
            Self::Administrator(administrator) => administrator.identity(),
        }
    }
}

/// Whoever may read what was written down about a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordReader {
    /// The patient whose record it is.
    Own(PatientAccount),
    /// The subject whose record it is, in all of their sections.
    Subject(Memberships),
    /// An administrator.
    Administrator(Administrator),
}

impl RecordReader {
    /// The caller, if the token's role is one of these.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role.
    pub fn new(identity: Identity, otherwise: OrganizationId) -> Result<Self> {
        match identity.role {
            Role::Admin => Administrator::new(identity).map(Self::Administrator),
            Role::Subject => Memberships::new(identity).map(Self::Subject),
            _ => PatientAccount::new(identity, otherwise).map(Self::Own),
        }
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        match self {
            Self::Own(patient) => patient.identity(),
            Self::Subject(memberships) => memberships.identity(),
            Self::Administrator(administrator) => administrator.identity(),
        }
    }
}
