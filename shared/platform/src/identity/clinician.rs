//! A clinician of interpreter visits (document 004).

use domain::caller::Role;
use domain::clinician::ClinicianId;
use domain::error::{Error, Result};
use domain::ids::OrganizationId;

use super::Identity;

/// A clinician, who sees the visits of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinician {
    identity: Identity,
    organization_id: OrganizationId,
}

impl Clinician {
    /// The caller, if the token's role is `clinician` and names an organisation.
    ///
    /// # Errors
    /// [`Error::Forbidden`] otherwise.
    pub fn new(identity: Identity) -> Result<Self> {
        match (identity.role, identity.organization_id) {
            (Role::Clinician, Some(organization_id)) => Ok(Self { identity, organization_id }),
            _ => Err(Error::Forbidden),
        }
    }

    /// The tenant.
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        self.organization_id
    }

    /// Who it is: the `sub` of the token.
    #[must_use]
    pub fn id(&self) -> ClinicianId {
        ClinicianId::of_account(self.identity.subject())
    }

    /// The account.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Whether this caller may see what belongs to an organisation.
    ///
    /// # Errors
    /// [`Error::NotFound`] otherwise: across tenants there is no hint.
    pub fn may_see(&self, organization: OrganizationId) -> Result<()> {
        if self.organization_id == organization { Ok(()) } else { Err(Error::NotFound) }
    }
}
