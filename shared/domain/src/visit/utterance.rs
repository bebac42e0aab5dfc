//! What somebody said in a visit, and how it was interpreted (MI-utt).

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{OrganizationId, Seq, UtteranceId, VisitNo};
use crate::text::{is_blank, without_control_characters};
use crate::time::Timestamp;

use super::alert::VisitAlert;
use super::language::LanguageTag;
use super::reference::ItemId;
use super::{MOST_TEXT, MOST_UTTERANCES, Visit};

mod entry;

pub use entry::{UtteranceEntry, UtteranceFields};

/// Characters of one text of an utterance: minutes of speech without a pause.
pub const TEXT_LIMIT: usize = 20_000;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A doctor, nurse or another professional.
    Clinician,
    /// The patient.
    Patient,
    /// The interpreter or another machine that speaks for the product.
    Assistant,
    /// Somebody who comes with the patient.
    Family,
}

impl Role {
    const ALL: [Self; 4] = [Self::Clinician, Self::Patient, Self::Assistant, Self::Family];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clinician => "clinician",
            Self::Patient => "patient",
            Self::Assistant => "assistant",
            Self::Family => "family",
        }
    }

    fn parse(raw: Option<&str>) -> Result<Self> {
        let raw = raw.ok_or_else(|| Error::required("role"))?;
        let found = Self::ALL.into_iter().find(|role| role.name() == raw);
        found.ok_or_else(|| Error::invalid("role", "role must be one of clinician, patient, assistant, family."))
    }
}

/// How sure the client is of what it heard and how it interpreted that, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Confidence {
    /// Of what was heard.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub transcription: Option<f64>,
    /// Of the interpretation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub translation: Option<f64>,
}

/// A medical term of an utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MedicalTerm {
    /// The term, as it was said.
    pub term: String,
    /// What kind of term it is: `symptom`, `medication`.
    pub category: String,
    /// From 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<f64>,
}

/// Something that original and translation say differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mismatch {
    /// The rule that found it: `guard.number`.
    pub rule: String,
    /// Why somebody should look, in a sentence.
    pub reason: String,
}

/// An utterance as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Its visit and its number there.
    pub id: UtteranceId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The client's name of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<ItemId>,
    /// Who spoke.
    pub role: Role,
    /// In which language.
    pub original_language: LanguageTag,
    /// What was said, byte by byte as it came.
    pub original_text: String,
    /// What was interpreted, byte by byte as it came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub translated_text: Option<String>,
    /// How sure the client is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<Confidence>,
    /// The medical terms: the client's, or those that were found when it sent none.
    pub terms: Vec<MedicalTerm>,
    /// What did not survive the translation; somebody must look when there is something.
    pub mismatches: Vec<Mismatch>,
    /// When it was said, by the client's clock.
    pub timestamp: Timestamp,
    /// When it was kept.
    pub created: Timestamp,
}

/// What the engines make of an utterance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// The medical terms in it.
    pub terms: Vec<MedicalTerm>,
    /// What did not survive the translation.
    pub mismatches: Vec<Mismatch>,
    /// The sentence for whoever must look, when it speaks of danger.
    pub danger: Option<String>,
}

/// An utterance with what it changes of its visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The visit with it.
    pub visit: Visit,
    /// The utterance.
    pub utterance: Utterance,
    /// The alert that it raises.
    pub alert: Option<VisitAlert>,
}

/// Adds an utterance to a visit that was read.
///
/// # Errors
/// [`super::ENDED`] when the visit has ended; [`Error::Conflict`] when it is full.
pub fn add(visit: &Visit, entry: &UtteranceEntry, heard: Heard, now: Timestamp) -> Result<Added> {
    visit.goes_on()?;
    let terms = if entry.terms.is_empty() { heard.terms } else { entry.terms.clone() };
    let mut added = visit.changed();
    added.utterances = visit.utterances.next();
    added.text_bytes = visit.text_bytes.saturating_add(entry.bytes());
    added.terms = visit.terms.saturating_add(u32::try_from(terms.len()).unwrap_or(u32::MAX));
    if added.utterances.get() > MOST_UTTERANCES || added.text_bytes > MOST_TEXT {
        return Err(Error::Conflict("The conversation is full; end it and start another."));
    }
    let id = UtteranceId { visit: visit.visit, seq: added.utterances };
    let alert = heard.danger.map(|text| VisitAlert::raise(&mut added, (id, text), now));
    let utterance = Utterance {
        id,
        organization_id: visit.organization_id,
        item: entry.item.clone(),
        role: entry.role,
        original_language: entry.original_language.clone(),
        original_text: entry.original_text.clone(),
        translated_text: entry.translated_text.clone(),
        confidence: entry.confidence,
        terms,
        mismatches: heard.mismatches,
        timestamp: entry.timestamp,
        created: now,
    };
    Ok(Added { visit: added, utterance, alert })
}

impl Utterance {
    /// Whether an entry with the same item says the same: it is the same request again, and nothing new.
    #[must_use]
    pub fn is_of(&self, entry: &UtteranceEntry) -> bool {
        self.role == entry.role
            && self.original_text == entry.original_text
            && self.translated_text == entry.translated_text
            && self.timestamp == entry.timestamp
    }

    /// Whether somebody must look at the translation.
    #[must_use]
    pub fn needs_review(&self) -> bool {
        !self.mismatches.is_empty()
    }
}

/// The utterances that can be seen without a gap after a number: those behind a gap are not shown yet.
#[must_use]
pub fn contiguous(after: Seq, queried: Vec<Utterance>) -> Vec<Utterance> {
    let mut expected = after;
    let seen = queried.into_iter().take_while(|utterance| {
        expected = expected.next();
        utterance.id.seq == expected
    });
    seen.collect()
}

/// Utterances in the order in which they were said, as far as their client's clock tells; equal moments in the order in which
/// they came.
pub fn chronological(utterances: &mut [Utterance]) {
    utterances.sort_by_key(|utterance| (utterance.timestamp, utterance.id.seq));
}

/// A text of an utterance, as it came.
fn text(field: &'static str, raw: &str) -> Result<String> {
    if raw.chars().nth(TEXT_LIMIT).is_some() {
        return Err(Error::invalid(field, format!("{field} must have at most {TEXT_LIMIT} characters.")));
    }
    without_control_characters(field, raw)?;
    if is_blank(raw) {
        return Err(Error::invalid(field, format!("{field} must say something.")));
    }
    Ok(raw.to_owned())
}

/// The visit that a body names. What is no id of ours names nothing.
///
/// # Errors
/// [`Error::Invalid`] when it is missing; [`Error::Missing`] when it names nothing.
pub fn visit_of(raw: Option<&str>) -> Result<VisitNo> {
    let raw = raw.map(str::trim).filter(|raw| !raw.is_empty());
    let raw = raw.ok_or_else(|| Error::invalid("conversationId", "Conversation ID is required"))?;
    raw.parse().map_err(|_| Error::Missing(super::NOT_FOUND))
}
