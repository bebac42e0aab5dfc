//! Patients who read their own record, and administrators who read everybody's.

use domain::account::Account;
use domain::caller::Role;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, PatientId};

use super::{CareTeam, Identity};

/// A patient with an account of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientAccount {
    identity: Identity,
    account: Account,
    organization_id: OrganizationId,
}

impl PatientAccount {
    /// The caller, if the token is that of a patient; one that names no organisation is of the operator's own.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for another role, or when the token lacks the patient.
    pub fn new(identity: Identity, otherwise: OrganizationId) -> Result<Self> {
        let account = match identity.role {
            Role::Patient => identity.patient.clone().map(|name| Account::Patient { name }),
            _ => None,
        };
        Self::of(identity, account, otherwise)
    }

    /// Whoever is treated, patient or subject, as the reader of their own record.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for everybody else.
    pub fn of_record(identity: Identity, otherwise: OrganizationId) -> Result<Self> {
        let account = match identity.role {
            Role::Patient => identity.patient.clone().map(|name| Account::Patient { name }),
            Role::Subject => identity.user_id.map(|user_id| Account::User { user_id }),
            _ => None,
        };
        Self::of(identity, account, otherwise)
    }

    fn of(identity: Identity, account: Option<Account>, otherwise: OrganizationId) -> Result<Self> {
        let account = account.ok_or(Error::Forbidden)?;
        let organization_id = identity.organization_id.unwrap_or(otherwise);
        Ok(Self { identity, account, organization_id })
    }

    /// As whom the patient is treated.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The patient of ours whom the account names by number.
    #[must_use]
    pub fn number(&self) -> Option<PatientId> {
        match &self.account {
            Account::Patient { name } => name.patient(),
            Account::User { .. } => None,
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
    /// Whose record it is.
    Own(PatientAccount),
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
            _ => PatientAccount::of_record(identity, otherwise).map(Self::Own),
        }
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        match self {
            Self::Own(patient) => patient.identity(),
            Self::Administrator(administrator) => administrator.identity(),
        }
    }
}
