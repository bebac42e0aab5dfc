//! `RiskAssessment` (TR-ra, A-30).

use serde::Serialize;
use utoipa::ToSchema;

use super::{CodeableConcept, Reference, ResourceType, Status};

/// What is to be expected, and how likely it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FhirRiskAssessment)]
pub(crate) struct RiskAssessment {
    pub(crate) resource_type: ResourceType,
    #[schema(example = "risk-4503599627370497")]
    pub(crate) id: String,
    pub(crate) status: Status,
    /// By what it was found: the rules, with their version.
    pub(crate) method: CodeableConcept,
    /// The patient of the request.
    pub(crate) subject: Reference,
    /// The time of the request.
    pub(crate) occurrence_date_time: String,
    /// The observations that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) basis: Vec<Reference>,
    pub(crate) prediction: [Prediction; 1],
    /// What the patient is to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mitigation: Option<String>,
}

/// The outcome, with the likelihood as the code system of risk probabilities has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FhirPrediction)]
pub(crate) struct Prediction {
    pub(crate) outcome: Option<CodeableConcept>,
    pub(crate) qualitative_risk: CodeableConcept,
    /// Why, with the names of the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rationale: Option<String>,
}
