//! Clinicians of interpreter visits (document 004).

use serde::{Deserialize, Serialize};

/// A clinician, as the `sub` of their token names them: `clinician_123`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClinicianId(String);

impl ClinicianId {
    /// The clinician behind an account.
    #[must_use]
    pub fn of_account(subject: &str) -> Self {
        Self(subject.to_owned())
    }

    /// The name on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
