//! FHIR R4 (4.0.1), as much of it as is issued here: written by hand, so that nothing can be built that is not allowed, and
//! serialised in the order of the specification. Nothing empty is written: FHIR knows no empty text and no empty list.

use serde::Serialize;
use utoipa::ToSchema;

mod bundle;
mod observation;
mod risk_assessment;

pub(crate) use bundle::{Bundle, Entry};
pub(crate) use observation::{Component, Observation, Observed, Quantity, Subject, Value};
pub(crate) use risk_assessment::{Prediction, RiskAssessment};

/// The kind of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FhirResourceType)]
pub(crate) enum ResourceType {
    RiskAssessment,
    Observation,
    Bundle,
}

/// How far a statement has come: the codes of `observation-status` that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = FhirStatus)]
pub(crate) enum Status {
    /// More is asked.
    Preliminary,
    /// It stands.
    Final,
}

/// A code of a code system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FhirCoding)]
pub(crate) struct Coding {
    #[schema(example = "http://terminology.hl7.org/CodeSystem/risk-probability")]
    pub(crate) system: &'static str,
    #[schema(example = "high")]
    pub(crate) code: &'static str,
    #[schema(example = "High Risk")]
    pub(crate) display: &'static str,
}

/// A concept by codes, or in words, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FhirCodeableConcept)]
pub(crate) struct CodeableConcept {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) coding: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

impl CodeableConcept {
    /// By one code.
    pub(crate) fn coded(system: &'static str, code: &'static str, display: &'static str) -> Self {
        Self { coding: vec![Coding { system, code, display }], text: None }
    }

    /// In words alone; nothing for no words.
    pub(crate) fn worded(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self { coding: Vec::new(), text: Some(text.trim().to_owned()) })
    }
}

/// A reference to another resource: `Patient/patient-123`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FhirReference)]
pub(crate) struct Reference {
    #[schema(example = "Patient/patient-123")]
    pub(crate) reference: String,
}

impl Reference {
    pub(crate) fn to_patient(patient: &str) -> Self {
        Self { reference: format!("Patient/{patient}") }
    }

    pub(crate) fn to_observation(observation: &str) -> Self {
        Self { reference: format!("Observation/{observation}") }
    }
}

/// A note in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FhirAnnotation)]
pub(crate) struct Annotation {
    pub(crate) text: String,
}
