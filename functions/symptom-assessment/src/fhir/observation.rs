//! `Observation` (TR-obs): symptoms, and vital signs by their profile in FHIR R4.

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::{Annotation, CodeableConcept, Reference, ResourceType, Status};

/// The largest number that is written without a fraction.
const LARGEST_WHOLE: f64 = 1e9;

/// Something that was told or measured.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FhirObservation)]
pub(crate) struct Observation {
    resource_type: ResourceType,
    #[schema(example = "obs-4503599627370497-headache")]
    id: String,
    status: Status,
    category: [CodeableConcept; 1],
    code: CodeableConcept,
    /// The patient of the request.
    subject: Reference,
    /// The time of the request.
    effective_date_time: String,
    /// What was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "headache")]
    value_string: Option<String>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    value_quantity: Option<Quantity>,
    /// Whether it is there; of a measurement, whether it is normal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    interpretation: Vec<CodeableConcept>,
    /// The patient's own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    note: Vec<Annotation>,
    /// The parts of a blood pressure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    component: Vec<Component>,
}

/// Whose observation it is, and of when.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) patient: Reference,
    pub(crate) at: String,
}

/// What was observed.
#[derive(Debug, Clone)]
pub(crate) struct Observed {
    pub(crate) category: CodeableConcept,
    pub(crate) code: CodeableConcept,
    pub(crate) value: Value,
    pub(crate) interpretation: Option<CodeableConcept>,
    pub(crate) words: Vec<String>,
}

/// The one value of an observation; a panel has parts instead.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Quantity(Quantity),
    Parts(Vec<Component>),
}

impl Observation {
    pub(crate) fn of(id: &str, subject: Subject, observed: Observed) -> Self {
        let (value_string, value_quantity, component) = match observed.value {
            Value::Text(text) => (Some(text), None, Vec::new()),
            Value::Quantity(quantity) => (None, Some(quantity), Vec::new()),
            Value::Parts(parts) => (None, None, parts),
        };
        Self {
            resource_type: ResourceType::Observation,
            id: id.to_owned(),
            status: Status::Final,
            category: [observed.category],
            code: observed.code,
            subject: subject.patient,
            effective_date_time: subject.at,
            value_string,
            value_quantity,
            interpretation: observed.interpretation.into_iter().collect(),
            note: observed.words.into_iter().map(|text| Annotation { text }).collect(),
            component,
        }
    }
}

/// A part of a panel: measured, or unknown.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FhirComponent)]
pub(crate) struct Component {
    pub(crate) code: CodeableConcept,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data_absent_reason: Option<CodeableConcept>,
}

/// A number with its unit in UCUM.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FhirQuantity)]
pub(crate) struct Quantity {
    #[serde(serialize_with = "decimal")]
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) system: &'static str,
    pub(crate) code: &'static str,
}

impl Quantity {
    /// A number in a unit of UCUM.
    pub(crate) fn of(value: f64, (unit, code): (&'static str, &'static str)) -> Self {
        Self { value, unit, system: "http://unitsofmeasure.org", code }
    }
}

/// `150` and not `150.0`: the digits of a decimal say how exact it is.
fn decimal<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let is_whole = value.fract() == 0.0 && value.abs() < LARGEST_WHOLE;
    match format!("{value:.0}").parse::<i64>() {
        Ok(whole) if is_whole => serializer.serialize_i64(whole),
        _ => serializer.serialize_f64(*value),
    }
}
