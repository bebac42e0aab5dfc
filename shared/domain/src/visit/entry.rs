//! What a client says when a visit begins (MI-conv).

use crate::clinician::ClinicianId;
use crate::error::{Error, Result};
use crate::ids::OrganizationId;

use super::language::{LanguageTag, Languages};
use super::metadata::Metadata;
use super::reference::SessionRef;

/// The fields of `POST /api/conversations`, as they came.
#[derive(Debug, Default)]
pub struct VisitFields<'a> {
    /// `sessionId`.
    pub session_id: Option<&'a str>,
    /// `metadata`.
    pub metadata: Metadata,
    /// `language`, its two members.
    pub language: Option<(Option<&'a str>, Option<&'a str>)>,
}

/// A visit that is to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitEntry {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who starts it.
    pub by: ClinicianId,
    /// The realtime session.
    pub session: SessionRef,
    /// What the client knows of it.
    pub metadata: Metadata,
    /// The languages.
    pub language: Languages,
}

impl VisitEntry {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn parse(fields: VisitFields<'_>, (by, organization_id): (ClinicianId, OrganizationId)) -> Result<Self> {
        let session = SessionRef::parse(fields.session_id)?;
        let (primary, secondary) = fields.language.ok_or_else(|| Error::required("language"))?;
        let language = Languages {
            primary: LanguageTag::parse("language.primary", primary)?,
            secondary: LanguageTag::parse("language.secondary", secondary)?,
        };
        Ok(Self { organization_id, by, session, metadata: fields.metadata.checked()?, language })
    }
}
