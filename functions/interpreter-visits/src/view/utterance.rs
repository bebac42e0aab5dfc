//! An utterance as document 004 spells it (MI-utt).

use domain::visit::alert::VisitAlert;
use domain::visit::utterance::{Confidence, MedicalTerm, Mismatch, Utterance};
use serde::Serialize;
use utoipa::ToSchema;

use super::conversation::VisitAlertView;

/// An utterance as it was kept.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UtteranceView {
    #[schema(example = "utt_1099518967809")]
    id: String,
    #[schema(example = "conv_1048583")]
    conversation_id: String,
    /// Its place in the conversation, from 1 without gaps.
    #[schema(example = 7)]
    sequence_number: u32,
    /// `clinician`, `patient`, `assistant` or `family`.
    #[schema(example = "clinician")]
    role: &'static str,
    #[schema(example = "en")]
    original_language: String,
    original_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    translated_text: Option<String>,
    #[schema(example = "2024-01-15T10:05:00.000Z")]
    timestamp: String,
    /// What the client calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    item_id: Option<String>,
    /// Present when original and translation differ in what must not be lost.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    needs_review: bool,
    /// Why somebody must look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    review_reasons: Vec<ReasonView>,
    /// What it raised.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    alerts: Vec<VisitAlertView>,
}

/// Why somebody must look at a translation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewReasonView)]
struct ReasonView {
    /// `guard.number`, `guard.unit`, `guard.negation`, `guard.laterality` or `guard.drug`.
    #[schema(example = "guard.number")]
    rule: String,
    message: String,
}

impl ReasonView {
    fn of(mismatch: &Mismatch) -> Self {
        Self { rule: mismatch.rule.clone(), message: mismatch.reason.clone() }
    }
}

impl UtteranceView {
    pub(crate) fn of(utterance: &Utterance, alert: Option<&VisitAlert>) -> Self {
        Self {
            id: utterance.id.to_string(),
            conversation_id: utterance.id.visit.to_string(),
            sequence_number: utterance.id.seq.get(),
            role: utterance.role.name(),
            original_language: utterance.original_language.as_str().to_owned(),
            original_text: utterance.original_text.clone(),
            translated_text: utterance.translated_text.clone(),
            timestamp: utterance.timestamp.rfc3339_millis(),
            item_id: utterance.item.as_ref().map(|item| item.as_str().to_owned()),
            needs_review: utterance.needs_review(),
            review_reasons: utterance.mismatches.iter().map(ReasonView::of).collect(),
            alerts: alert.map(VisitAlertView::of).into_iter().collect(),
        }
    }
}

/// An utterance in a list, with what its client said of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListedUtteranceView {
    #[serde(flatten)]
    utterance: UtteranceView,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    confidence: Option<ConfidenceView>,
    medical_terms: Vec<TermView>,
}

/// How sure the client was, from 0 to 1.
#[derive(Debug, Serialize, ToSchema)]
struct ConfidenceView {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    transcription: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    translation: Option<f64>,
}

impl ConfidenceView {
    fn of(confidence: Confidence) -> Self {
        Self { transcription: confidence.transcription, translation: confidence.translation }
    }
}

/// A medical term.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MedicalTermView)]
struct TermView {
    #[schema(example = "pain")]
    term: String,
    #[schema(example = "symptom")]
    category: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    confidence: Option<f64>,
}

impl TermView {
    fn of(term: &MedicalTerm) -> Self {
        Self { term: term.term.clone(), category: term.category.clone(), confidence: term.confidence }
    }
}

impl ListedUtteranceView {
    pub(crate) fn of(utterance: &Utterance) -> Self {
        Self {
            utterance: UtteranceView::of(utterance, None),
            confidence: utterance.confidence.map(ConfidenceView::of),
            medical_terms: utterance.terms.iter().map(TermView::of).collect(),
        }
    }
}
