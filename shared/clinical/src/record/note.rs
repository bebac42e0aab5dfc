//! The note of a visit, with the words on which each sentence rests.

use std::collections::BTreeMap;

use domain::visit::evidence::{Evidence, Side};
use domain::visit::language::Languages;
use domain::visit::summary::content::Content;
use domain::visit::summary::{AfterVisit, Diagnosis, Extracted, Note, Sourced, Symptom, VitalSign};
use domain::visit::utterance::{Role, Utterance};

use crate::action::{self, Detected};
use crate::after_visit;
use crate::language::Language;
use crate::reading::Kind;
use crate::summary::extracted::{self, NamedDiagnosis, ReportedSymptom};
use crate::summary::{self, Sentence, Summary, joined};
use crate::symptom::Severity;
use crate::visit::{self, PatientFacts, Visit};

/// Something that was said, in the clinician's language where there are words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The utterance, as documents name it.
    pub id: String,
    /// Who spoke; absent for a text of which nobody said who did.
    pub role: Option<Role>,
    /// Which text of the utterance this is.
    pub side: Side,
    /// The words.
    pub text: String,
}

impl Line {
    /// An utterance as the clinician understands it: the original where it is in their language, else the translation.
    #[must_use]
    pub fn of(utterance: &Utterance, languages: &Languages) -> Self {
        let is_own = utterance.original_language.is_same(&languages.primary);
        let translated = utterance.translated_text.as_ref().filter(|_| !is_own);
        let (side, text) =
            translated.map_or((Side::Original, &utterance.original_text), |text| (Side::Translation, text));
        Self { id: utterance.id.to_string(), role: Some(utterance.role), side, text: text.clone() }
    }

    /// What a client wrote down of a visit, as one text of which nobody said who says what.
    #[must_use]
    pub fn of_transcript(text: String) -> Self {
        Self { id: "final_transcript".to_owned(), role: None, side: Side::Original, text }
    }
}

/// Writes the note of a visit; empty when nothing was said.
#[must_use]
pub fn note(lines: &[Line], languages: &Languages) -> Note {
    let said: Vec<visit::Utterance<'_>> = lines.iter().map(said).collect();
    let visit = Visit::read(&said);
    let orders = action::detect(&visit, &PatientFacts::default());
    let written = summary::write(&visit, &orders);
    Note {
        content: content(&written),
        extracted: extracted(&written),
        sources: sources(&written, lines),
        after_visit: after_visit(&orders, languages),
    }
}

fn said(line: &Line) -> visit::Utterance<'_> {
    visit::Utterance { id: &line.id, speaker: line.role.map(super::speaker), text: &line.text }
}

fn content(written: &Summary) -> Content {
    let texts = |sentences: &[Sentence]| sentences.iter().map(|sentence| sentence.text.clone()).collect();
    Content {
        chief_complaint: written.chief_complaint.as_ref().map(|complaint| complaint.text.clone()).unwrap_or_default(),
        history_of_present_illness: written.history_text(),
        assessment_and_plan: written.plan_text(),
        medications_discussed: texts(&written.medications),
        tests_ordered: texts(&written.tests),
        follow_up_instructions: joined(&written.follow_up),
    }
}

fn extracted(written: &Summary) -> Extracted {
    let texts = |sentences: &[Sentence]| sentences.iter().map(|sentence| sentence.text.clone()).collect();
    let found = &written.extracted;
    Extracted {
        symptoms: found.symptoms.iter().map(symptom).collect(),
        vital_signs: found.vital_signs.iter().filter_map(vital_sign).collect(),
        diagnoses: found.diagnoses.iter().map(diagnosis).collect(),
        examination: texts(&written.examination),
        results: texts(&written.results),
    }
}

fn symptom(found: &ReportedSymptom) -> Symptom {
    let severity = found.severity.map(|severity| match severity {
        Severity::Mild => "mild",
        Severity::Moderate => "moderate",
        Severity::Severe => "severe",
    });
    Symptom {
        name: found.name.clone(),
        duration: found.duration.clone(),
        severity: severity.map(ToOwned::to_owned),
        characteristics: found.characteristics.clone(),
    }
}

fn vital_sign(found: &extracted::VitalSign) -> Option<VitalSign> {
    let name = match found.kind {
        Kind::BloodPressure => "bloodPressure",
        Kind::Pulse => "heartRate",
        Kind::Temperature => "temperature",
        Kind::RespiratoryRate => "respiratoryRate",
        Kind::OxygenSaturation => "oxygenSaturation",
        Kind::Weight => "weight",
        Kind::Glucose => "glucose",
        Kind::Pain => "painScore",
        Kind::YesNo => return None,
    };
    Some(VitalSign { name: name.to_owned(), value: found.text.clone() })
}

fn diagnosis(found: &NamedDiagnosis) -> Diagnosis {
    Diagnosis {
        description: found.description.clone(),
        icd10: found.code.to_owned(),
        icd10_successor: found.successor.map(ToOwned::to_owned),
        confidence: found.confidence(),
    }
}

fn sources(written: &Summary, lines: &[Line]) -> Vec<Sourced> {
    let sides: BTreeMap<&str, Side> = lines.iter().map(|line| (line.id.as_str(), line.side)).collect();
    let side = |id: &str| sides.get(id).copied().unwrap_or(Side::Original);
    let evidence = |evidence: &visit::Evidence| Evidence {
        utterance: evidence.utterance.clone(),
        side: side(&evidence.utterance),
        places: super::places(&evidence.spans),
    };
    let sourced = |sentence: &Sentence| Sourced {
        text: sentence.text.clone(),
        evidence: sentence.sources.iter().take(domain::visit::evidence::MOST_PLACES).map(evidence).collect(),
    };
    written.sentences().map(sourced).collect()
}

/// The orders as the patient reads them; nothing when there are none.
fn after_visit(orders: &[Detected], languages: &Languages) -> Option<AfterVisit> {
    let read = match super::language(&languages.secondary) {
        Language::Spanish => Language::Spanish,
        Language::English | Language::French | Language::Unknown => Language::English,
    };
    let spoken = super::language(&languages.primary);
    let items = after_visit::items(orders, after_visit::Languages { spoken, read });
    let is_foreign = !matches!(super::language(&languages.secondary), Language::English | Language::Spanish);
    (!items.is_empty()).then(|| AfterVisit {
        language: languages.secondary.clone(),
        text: after_visit::text(&items, read),
        needs_translation: is_foreign || items.iter().any(|item| item.is_quoted),
    })
}
