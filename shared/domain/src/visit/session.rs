//! A realtime session (MI-session): a short credential with which a browser is heard, and the id under which a visit begins.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::clinician::ClinicianId;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, SessionId, VisitNo};
use crate::time::Timestamp;

pub mod config;

/// How long the credential is good.
pub const TOKEN_LASTS: Duration = Duration::from_mins(1);
/// How long a provider keeps a session open, and so a visit can begin in it.
const PROVIDER_LASTS: Duration = Duration::from_mins(60);
/// The text for a session that is not there.
pub const NOT_FOUND: &str = "Session not found";

/// Who gave the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issuer {
    /// This machine; it leads nowhere.
    Local,
    /// OpenAI, or a server that speaks its protocol.
    OpenAi,
}

impl Issuer {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::OpenAi => "openai",
        }
    }
}

/// A session as it is kept. The credential is not: whoever had it has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// For whom it was made.
    pub clinician: ClinicianId,
    /// Who gave the credential.
    pub issuer: Issuer,
    /// When it was made.
    pub created: Timestamp,
    /// Until when the credential is good.
    pub expires_at: Timestamp,
    /// The visit that began in it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub visit: Option<VisitNo>,
    /// When it was ended.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended: Option<Timestamp>,
    /// Counts the changes.
    pub version: u32,
}

impl Session {
    /// This session, with the visit that begins in it: one, and in time.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody else's session; [`Error::Conflict`] for one that was used, ended or is over.
    pub fn used(&self, visit: VisitNo, by: &ClinicianId, now: Timestamp) -> Result<Self> {
        if self.clinician != *by {
            return Err(Error::Forbidden);
        }
        if self.visit.is_some() {
            return Err(Error::Conflict("The session was already used for a conversation."));
        }
        let until = match self.issuer {
            Issuer::Local => self.expires_at,
            Issuer::OpenAi => self.created.plus(PROVIDER_LASTS),
        };
        if self.ended.is_some() || now > until {
            return Err(Error::Conflict("The session is over; create another."));
        }
        Ok(Self { visit: Some(visit), version: self.version.saturating_add(1), ..self.clone() })
    }

    /// This session, ended; nothing when it has ended already.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for somebody else's session.
    pub fn ended(&self, by: &ClinicianId, now: Timestamp) -> Result<Option<Self>> {
        if self.clinician != *by {
            return Err(Error::Forbidden);
        }
        let ended = Self { ended: Some(now), version: self.version.saturating_add(1), ..self.clone() };
        Ok(self.ended.is_none().then_some(ended))
    }
}
