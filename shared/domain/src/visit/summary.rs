//! The summary of a visit (MI-sum): what was written of it, by whom, and what became of that since.

use serde::{Deserialize, Serialize};

use crate::clinician::ClinicianId;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, SummaryId};
use crate::time::Timestamp;

use super::Visit;
use super::evidence::Evidence;
use super::language::LanguageTag;

pub mod content;
pub mod section;

use content::{Content, ContentWish};
use section::Sections;

/// The text for a summary that is not there.
pub const NOT_FOUND: &str = "Summary not found";
/// What has written a summary when no model has.
pub const RULES: &str = "careline-rules";

/// What became of a summary (document 004).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// Nobody has looked at it.
    Pending,
    /// A clinician vouches for it.
    Approved,
    /// A clinician changed it.
    Edited,
}

impl ReviewStatus {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Edited => "edited",
        }
    }
}

/// A symptom that the patient has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symptom {
    /// `chest pain`.
    pub name: String,
    /// `3 days`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration: Option<String>,
    /// `moderate`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub severity: Option<String>,
    /// `worse after meals`.
    pub characteristics: Vec<String>,
}

/// A vital sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VitalSign {
    /// As the document names it: `bloodPressure`.
    pub name: String,
    /// `130/80`.
    pub value: String,
}

/// A diagnosis that was named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// What one calls it.
    pub description: String,
    /// Its code in ICD-10-CM.
    pub icd10: String,
    /// The code that took the place of a retired one (contract A-44).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub icd10_successor: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
}

/// What a form has fields for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    /// Symptoms.
    pub symptoms: Vec<Symptom>,
    /// Vital signs.
    pub vital_signs: Vec<VitalSign>,
    /// Diagnoses.
    pub diagnoses: Vec<Diagnosis>,
    /// What was seen at the examination, sentence by sentence.
    pub examination: Vec<String>,
    /// Results of tests, sentence by sentence.
    pub results: Vec<String>,
}

/// A sentence of the summary with the words on which it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced {
    /// The sentence.
    pub text: String,
    /// The words.
    pub evidence: Vec<Evidence>,
}

/// What the patient takes home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterVisit {
    /// In which language.
    pub language: LanguageTag,
    /// The text.
    pub text: String,
    /// Whether a part of it stayed in the clinician's words, and somebody must translate it.
    pub needs_translation: bool,
}

/// What the engines write of a visit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Note {
    /// The six texts.
    pub content: Content,
    /// What a form has fields for.
    pub extracted: Extracted,
    /// Every sentence with its words.
    pub sources: Vec<Sourced>,
    /// What the patient takes home.
    pub after_visit: Option<AfterVisit>,
}

/// Who looked at a summary last, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// Who.
    pub by: ClinicianId,
    /// When.
    pub at: Timestamp,
}

/// A summary as it is kept. Every revision is kept, too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Its visit and its number there.
    pub id: SummaryId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Counts the changes, from 1.
    pub version: u32,
    /// The six texts.
    pub content: Content,
    /// What a form has fields for.
    pub extracted: Extracted,
    /// Every sentence of the engines with its words.
    pub sources: Vec<Sourced>,
    /// What the patient takes home.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after_visit: Option<AfterVisit>,
    /// What wrote it: the rules, or a model's name.
    pub model: String,
    /// Which parts were wanted.
    pub sections: Sections,
    /// What became of it.
    pub review: ReviewStatus,
    /// Who looked at it last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewed: Option<Reviewed>,
    /// When it was first written.
    pub generated: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
}

impl Summary {
    /// The next summary of a visit, and the visit with it.
    #[must_use]
    pub fn write(visit: &Visit, note: Note, sections: Sections, now: Timestamp) -> (Visit, Self) {
        let mut written = visit.changed();
        written.summaries = visit.summaries.next();
        let id = SummaryId { visit: visit.visit, seq: written.summaries };
        let summary = Self {
            id,
            organization_id: visit.organization_id,
            version: 1,
            content: note.content.only(&sections),
            extracted: note.extracted,
            sources: note.sources,
            after_visit: note.after_visit,
            model: RULES.to_owned(),
            sections,
            review: ReviewStatus::Pending,
            reviewed: None,
            generated: now,
            updated: now,
        };
        (written, summary)
    }

    fn changed(&self, now: Timestamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: now, ..self.clone() }
    }

    /// This summary as a clinician changed it; nothing when it says so already.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it is no longer the version that the clinician saw.
    pub fn edited(&self, wish: &ContentWish, by: ClinicianId, now: Timestamp) -> Result<Option<Self>> {
        if wish.version.is_some_and(|seen| seen != self.version) {
            return Err(Error::Conflict("The summary has changed since it was read; read it again."));
        }
        let content = wish.applied(&self.content);
        if content == self.content {
            return Ok(None);
        }
        let reviewed = Some(Reviewed { by, at: now });
        Ok(Some(Self { content, review: ReviewStatus::Edited, reviewed, ..self.changed(now) }))
    }

    /// This summary, approved; nothing when it is already.
    #[must_use]
    pub fn approved(&self, by: ClinicianId, now: Timestamp) -> Option<Self> {
        let reviewed = Some(Reviewed { by, at: now });
        let approved = Self { review: ReviewStatus::Approved, reviewed, ..self.changed(now) };
        (self.review != ReviewStatus::Approved).then_some(approved)
    }

    /// This summary as a model wrote it; nothing when a clinician has looked at it meanwhile, or a model has written already.
    #[must_use]
    pub fn rewritten(&self, content: Content, model: &str, now: Timestamp) -> Option<Self> {
        let is_ours = self.review == ReviewStatus::Pending && self.model == RULES;
        let content = content.only(&self.sections);
        is_ours.then(|| Self { content, model: model.to_owned(), ..self.changed(now) })
    }
}
