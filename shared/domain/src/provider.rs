//! The provider directory: who answers patients, by the name that patients read.

use serde::{Deserialize, Serialize};

use crate::caller::ProviderRole;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, ProviderId};
use crate::phone::PhoneNumber;
use crate::text::{PersonName, one_line};

/// A provider as the directory keeps it (contract section 4, `PUT /providers/{provider_id}/`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// The provider's id, which its token names too.
    pub provider_id: ProviderId,
    /// The organisation for which it answers.
    pub organization_id: OrganizationId,
    /// Display name, for example "Dr. Smith".
    pub name: PersonName,
    /// Doctor or human staff.
    pub role: ProviderRole,
    /// Specialty as shown to patients.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub specialty: Option<String>,
    /// Phone number as shown to colleagues.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<PhoneNumber>,
}

/// A specialty on one line, at most 100 characters.
///
/// # Errors
/// [`Error::Invalid`] when it is longer.
pub fn specialty(raw: &str) -> Result<Option<String>> {
    let line = one_line(raw);
    if line.chars().count() > 100 {
        return Err(Error::invalid("specialty", "specialty must have at most 100 characters."));
    }
    Ok((!line.is_empty()).then_some(line))
}
