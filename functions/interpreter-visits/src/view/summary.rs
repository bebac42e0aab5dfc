//! A summary as document 004 spells it (MI-sum, MI-end).

use std::collections::BTreeMap;

use domain::visit::evidence::{Evidence, Side};
use domain::visit::summary::content::Content;
use domain::visit::summary::{AfterVisit, Diagnosis, Extracted, Sourced, Summary, Symptom};
use serde::Serialize;
use utoipa::ToSchema;

/// The six texts; empty where nothing was said or wanted.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ContentView {
    #[schema(example = "Chest pain for 3 days")]
    chief_complaint: String,
    history_of_present_illness: String,
    assessment_and_plan: String,
    #[schema(example = json!(["Omeprazole 20mg daily"]))]
    medications_discussed: Vec<String>,
    #[schema(example = json!(["ECG"]))]
    tests_ordered: Vec<String>,
    follow_up_instructions: String,
}

impl ContentView {
    fn of(content: &Content) -> Self {
        Self {
            chief_complaint: content.chief_complaint.clone(),
            history_of_present_illness: content.history_of_present_illness.clone(),
            assessment_and_plan: content.assessment_and_plan.clone(),
            medications_discussed: content.medications_discussed.clone(),
            tests_ordered: content.tests_ordered.clone(),
            follow_up_instructions: content.follow_up_instructions.clone(),
        }
    }
}

/// The summary that comes with the end of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndSummaryView {
    #[schema(example = "summary_1099518967809")]
    id: String,
    content: ContentView,
}

impl EndSummaryView {
    pub(crate) fn of(summary: &Summary) -> Self {
        Self { id: summary.id.to_string(), content: ContentView::of(&summary.content) }
    }
}

/// What a form has fields for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ExtractedView {
    symptoms: Vec<SymptomView>,
    /// `bloodPressure`, `heartRate`, `temperature` and others.
    #[schema(example = json!({ "bloodPressure": "130/80", "heartRate": "78", "temperature": "98.6F" }))]
    vital_signs: BTreeMap<String, String>,
    diagnoses: Vec<DiagnosisView>,
    /// What was seen at the examination, sentence by sentence.
    examination: Vec<String>,
    /// Results of tests, sentence by sentence.
    results: Vec<String>,
}

/// A symptom that the patient has.
#[derive(Debug, Serialize, ToSchema)]
struct SymptomView {
    #[schema(example = "chest pain")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "3 days", nullable = false)]
    duration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "moderate", nullable = false)]
    severity: Option<String>,
    characteristics: Vec<String>,
}

impl SymptomView {
    fn of(symptom: &Symptom) -> Self {
        Self {
            name: symptom.name.clone(),
            duration: symptom.duration.clone(),
            severity: symptom.severity.clone(),
            characteristics: symptom.characteristics.clone(),
        }
    }
}

/// A diagnosis that was named.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DiagnosisView {
    #[schema(example = "Gastroesophageal reflux disease")]
    description: String,
    #[schema(example = "K21.0")]
    icd10_code: String,
    /// The code that took the place of a retired one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    icd10_successor: Option<String>,
    #[schema(example = 0.85)]
    confidence: f64,
}

impl DiagnosisView {
    fn of(diagnosis: &Diagnosis) -> Self {
        Self {
            description: diagnosis.description.clone(),
            icd10_code: diagnosis.icd10.clone(),
            icd10_successor: diagnosis.icd10_successor.clone(),
            confidence: diagnosis.confidence,
        }
    }
}

impl ExtractedView {
    fn of(extracted: &Extracted) -> Self {
        let vital_signs = extracted.vital_signs.iter().map(|sign| (sign.name.clone(), sign.value.clone()));
        Self {
            symptoms: extracted.symptoms.iter().map(SymptomView::of).collect(),
            vital_signs: vital_signs.collect(),
            diagnoses: extracted.diagnoses.iter().map(DiagnosisView::of).collect(),
            examination: extracted.examination.clone(),
            results: extracted.results.clone(),
        }
    }
}

/// A sentence with the words on which it rests.
#[derive(Debug, Serialize, ToSchema)]
struct SourcedView {
    text: String,
    evidence: Vec<EvidenceView>,
}

/// Where something was said.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EvidenceView {
    #[schema(example = "utt_1099518967809")]
    utterance_id: String,
    /// In which text of the utterance: `original` or `translation`.
    #[schema(example = "original")]
    text: &'static str,
    /// Pairs of the first byte and the one behind the last, in UTF-8.
    spans: Vec<(u32, u32)>,
}

impl EvidenceView {
    fn of(evidence: &Evidence) -> Self {
        let text = match evidence.side {
            Side::Original => "original",
            Side::Translation => "translation",
        };
        let spans = evidence.places.iter().map(|place| (place.start, place.end)).collect();
        Self { utterance_id: evidence.utterance.clone(), text, spans }
    }
}

impl SourcedView {
    fn of(sourced: &Sourced) -> Self {
        Self { text: sourced.text.clone(), evidence: sourced.evidence.iter().map(EvidenceView::of).collect() }
    }
}

/// What the patient takes home.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AfterVisitView {
    #[schema(example = "es")]
    language: String,
    text: String,
    /// Whether a part stayed in the clinician's words and must be translated by somebody.
    needs_translation: bool,
}

impl AfterVisitView {
    fn of(after_visit: &AfterVisit) -> Self {
        Self {
            language: after_visit.language.as_str().to_owned(),
            text: after_visit.text.clone(),
            needs_translation: after_visit.needs_translation,
        }
    }
}

/// A summary as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VisitSummaryView)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SummaryView {
    #[schema(example = "summary_1099518967809")]
    id: String,
    #[schema(example = "conv_1048583")]
    conversation_id: String,
    content: ContentView,
    extracted_data: ExtractedView,
    /// `automatic` or `manual`.
    #[schema(example = "automatic")]
    generated_by: &'static str,
    /// `careline-rules`, or the name of the model that wrote it.
    #[schema(example = "careline-rules")]
    model: String,
    /// `pending`, `approved` or `edited`.
    #[schema(example = "pending")]
    review_status: &'static str,
    #[schema(example = "2024-01-15T10:16:00.000Z")]
    generated_at: String,
    /// Moves with every change.
    #[schema(example = 1)]
    version: u32,
    #[schema(example = "2024-01-15T10:16:00.000Z")]
    updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "clinician_123", nullable = false)]
    reviewed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reviewed_at: Option<String>,
    /// Every sentence of the rules with the words on which it rests.
    sources: Vec<SourcedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    after_visit: Option<AfterVisitView>,
}

impl SummaryView {
    pub(crate) fn of(summary: &Summary) -> Self {
        Self {
            id: summary.id.to_string(),
            conversation_id: summary.id.visit.to_string(),
            content: ContentView::of(&summary.content),
            extracted_data: ExtractedView::of(&summary.extracted),
            generated_by: "automatic",
            model: summary.model.clone(),
            review_status: summary.review.name(),
            generated_at: summary.generated.rfc3339_millis(),
            version: summary.version,
            updated_at: summary.updated.rfc3339_millis(),
            reviewed_by: summary.reviewed.as_ref().map(|reviewed| reviewed.by.as_str().to_owned()),
            reviewed_at: summary.reviewed.as_ref().map(|reviewed| reviewed.at.rfc3339_millis()),
            sources: summary.sources.iter().map(SourcedView::of).collect(),
            after_visit: summary.after_visit.as_ref().map(AfterVisitView::of),
        }
    }
}
