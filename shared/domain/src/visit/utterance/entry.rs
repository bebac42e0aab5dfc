//! What a client says of an utterance, parsed.

use crate::error::{Error, Result};
use crate::text::{is_blank, without_control_characters};
use crate::time::Timestamp;

use super::super::language::LanguageTag;
use super::super::reference::ItemId;
use super::{Confidence, MedicalTerm, Role, text};

const MOST_TERMS: usize = 200;
const LONGEST_TERM: usize = 200;

/// The fields of `POST /api/utterances`, as they came.
#[derive(Debug, Default)]
pub struct UtteranceFields<'a> {
    /// `role`.
    pub role: Option<&'a str>,
    /// `originalLanguage`.
    pub original_language: Option<&'a str>,
    /// `originalText`.
    pub original_text: Option<&'a str>,
    /// `translatedText`.
    pub translated_text: Option<&'a str>,
    /// `confidence`.
    pub confidence: Option<Confidence>,
    /// `medicalTerms`.
    pub terms: Vec<MedicalTerm>,
    /// `timestamp`.
    pub timestamp: Option<&'a str>,
    /// `itemId`.
    pub item: Option<&'a str>,
}

/// An utterance that is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct UtteranceEntry {
    /// Who spoke.
    pub role: Role,
    /// In which language.
    pub original_language: LanguageTag,
    /// What was said.
    pub original_text: String,
    /// What was interpreted.
    pub translated_text: Option<String>,
    /// How sure the client is.
    pub confidence: Option<Confidence>,
    /// The client's terms.
    pub terms: Vec<MedicalTerm>,
    /// When it was said.
    pub timestamp: Timestamp,
    /// The client's name of it.
    pub item: Option<ItemId>,
}

impl UtteranceEntry {
    /// Checks the fields.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn parse(fields: UtteranceFields<'_>) -> Result<Self> {
        let original = fields.original_text.ok_or_else(|| Error::required("originalText"))?;
        let translated = fields.translated_text.filter(|text| !is_blank(text));
        Ok(Self {
            role: Role::parse(fields.role)?,
            original_language: LanguageTag::parse("originalLanguage", fields.original_language)?,
            original_text: text("originalText", original)?,
            translated_text: translated.map(|translated| text("translatedText", translated)).transpose()?,
            confidence: fields.confidence.map(confidence).transpose()?,
            terms: terms(fields.terms)?,
            timestamp: timestamp(fields.timestamp)?,
            item: fields.item.map(|item| ItemId::parse("itemId", item)).transpose()?,
        })
    }

    /// Bytes of its texts.
    #[must_use]
    pub fn bytes(&self) -> u32 {
        let translated = self.translated_text.as_ref().map_or(0, String::len);
        u32::try_from(self.original_text.len().saturating_add(translated)).unwrap_or(u32::MAX)
    }
}

fn confidence(given: Confidence) -> Result<Confidence> {
    within("confidence.transcription", given.transcription)?;
    within("confidence.translation", given.translation)?;
    Ok(given)
}

fn within(field: &'static str, value: Option<f64>) -> Result<()> {
    match value {
        Some(value) if !(0.0..=1.0).contains(&value) => {
            Err(Error::invalid(field, format!("{field} must be from 0 to 1.")))
        }
        _ => Ok(()),
    }
}

fn terms(given: Vec<MedicalTerm>) -> Result<Vec<MedicalTerm>> {
    if given.len() > MOST_TERMS {
        return Err(Error::invalid("medicalTerms", format!("medicalTerms must have at most {MOST_TERMS} members.")));
    }
    for term in &given {
        for (field, text) in [("medicalTerms.term", &term.term), ("medicalTerms.category", &term.category)] {
            without_control_characters(field, text)?;
            if is_blank(text) || text.chars().count() > LONGEST_TERM {
                return Err(Error::invalid(field, format!("{field} must have 1 to {LONGEST_TERM} characters.")));
            }
        }
        within("medicalTerms.confidence", term.confidence)?;
    }
    Ok(given)
}

fn timestamp(raw: Option<&str>) -> Result<Timestamp> {
    let raw = raw.ok_or_else(|| Error::required("timestamp"))?;
    let wrong = || Error::invalid("timestamp", "timestamp must be of the form 2024-01-15T10:05:00.000Z, with a zone.");
    let parsed = Timestamp::parse(raw).ok_or_else(wrong)?;
    if parsed.millis() < 0 { Err(wrong()) } else { Ok(parsed) }
}
