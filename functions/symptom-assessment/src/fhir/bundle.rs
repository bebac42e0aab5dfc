//! `Bundle`: a collection of the resources of a thread.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{Observation, ResourceType, RiskAssessment};

/// A collection.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FhirBundle)]
pub(crate) struct Bundle {
    pub(crate) resource_type: ResourceType,
    #[schema(example = "thread-4294967295")]
    pub(crate) id: String,
    #[schema(example = "collection")]
    pub(crate) r#type: &'static str,
    /// When the thread last changed.
    pub(crate) timestamp: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) entry: Vec<Entry>,
}

/// A resource, as it was issued.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FhirBundleEntry)]
pub(crate) struct Entry {
    /// A name that is unique in the bundle, in which its references are resolved; nothing is found there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) full_url: Option<String>,
    #[schema(value_type = AnyResource)]
    pub(crate) resource: Box<RawValue>,
}

/// Any of the resources that a thread has, for the OpenAPI document.
#[derive(Debug, ToSchema)]
#[schema(as = FhirResource)]
#[expect(dead_code, reason = "resources are kept and sent as they were issued")]
pub(crate) enum AnyResource {
    #[schema(value_type = RiskAssessment)]
    RiskAssessment(RiskAssessment),
    #[schema(value_type = Observation)]
    Observation(Observation),
}
