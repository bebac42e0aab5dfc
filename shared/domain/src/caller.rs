//! Who may call: the roles of a token and the parts that a caller can play. The caller types themselves are made in
//! `platform::identity`, by verifying a token and in no other way.

use serde::{Deserialize, Serialize};

/// The role that a token names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A doctor of an organisation.
    Doctor,
    /// Human staff of an organisation.
    HumanStaff,
    /// A therapist of sections.
    Therapist,
    /// A subject of a therapy section.
    Subject,
    /// A patient.
    Patient,
    /// A clinician of interpreter visits.
    Clinician,
    /// Another system of the operator.
    Service,
    /// An administrator.
    Admin,
}

/// The two roles that answer patients for an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderRole {
    /// A doctor.
    Doctor,
    /// Human staff.
    HumanStaff,
}
