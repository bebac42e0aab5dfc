//! An action as document 004 spells it (MI-detect, MI-act-get).

use domain::time::Timestamp;
use domain::visit::action::{Action, Validation};
use domain::visit::order::Order;
use domain::webhook::attempt::{Execution, ExecutionStatus};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::details::DetailsView;

/// A stretch of the text that was looked at, in bytes of UTF-8.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceView {
    start: u32,
    end: u32,
}

/// An action as it was detected.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DetectedActionView {
    #[schema(example = "action_1099518967809")]
    id: String,
    /// `prescription`, `diagnostic_test`, `lab_order`, `referral`, `follow_up`, `vaccination` or `procedure`.
    #[serde(rename = "type")]
    #[schema(example = "prescription")]
    kind: &'static str,
    /// The share of such findings that were orders when they were read one by one.
    #[schema(example = 0.95)]
    confidence: f64,
    details: DetailsView,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(example = json!(["Patient has penicillin allergy"]), required = false)]
    warnings: Vec<String>,
    /// Where systems take such orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://webhook.site/medication-order", nullable = false)]
    suggested_webhook: Option<String>,
    /// `routine`, `urgent` or `stat`.
    #[schema(example = "routine")]
    category: &'static str,
    /// What it is for, when that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<String>,
    /// The words on which it rests.
    evidence: Vec<PlaceView>,
}

impl DetectedActionView {
    pub(crate) fn of(action: &Action) -> Self {
        let Order { kind, urgency, confidence, details, reason, warnings, evidence, .. } = &action.order;
        Self {
            id: action.id.to_string(),
            kind: kind.name(),
            confidence: *confidence,
            details: DetailsView::of(details),
            warnings: warnings.iter().map(|warning| warning.text.clone()).collect(),
            suggested_webhook: action.target.clone(),
            category: urgency.name(),
            reason: reason.clone(),
            evidence: evidence.iter().map(|place| PlaceView { start: place.start, end: place.end }).collect(),
        }
    }
}

/// An action as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ActionView {
    #[schema(example = "action_1099518967809")]
    id: String,
    #[schema(example = "conv_1048583")]
    conversation_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "utt_1099518967809", nullable = false)]
    utterance_id: Option<String>,
    #[serde(rename = "type")]
    #[schema(example = "prescription")]
    kind: &'static str,
    /// `routine`, `urgent` or `stat`.
    #[schema(example = "routine")]
    category: &'static str,
    details: DetailsView,
    #[schema(example = 0.95)]
    confidence: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reason: Option<String>,
    /// Whether a clinician approved it.
    validated: bool,
    /// Whether a clinician rejected it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    rejected: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "clinician_123", nullable = false)]
    validated_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2024-01-15T10:10:00.000Z", nullable = false)]
    validated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    webhook: Option<ActionWebhookView>,
    #[schema(example = "2024-01-15T10:08:00.000Z")]
    detected_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2024-01-15T10:11:00.000Z", nullable = false)]
    executed_at: Option<String>,
}

/// What came of the execution of an action.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ActionWebhookView {
    #[schema(example = "https://webhook.site/medication-order")]
    url: String,
    /// `pending`, `sent`, `failed` or `acknowledged`.
    #[schema(example = "sent")]
    status: &'static str,
    attempts: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2024-01-15T10:11:00.000Z", nullable = false)]
    last_attempt: Option<String>,
    /// What the target answered last, when that was JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, nullable = false)]
    response: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    error: Option<&'static str>,
}

impl ActionWebhookView {
    /// Where an action goes, and how far it has come; nothing for one that has no target or was rejected.
    fn of(action: &Action, execution: Option<&Execution>) -> Option<Self> {
        let is_rejected = action.validation.as_ref().is_some_and(|validation| !validation.approved);
        let url = action.target.clone().filter(|_| !is_rejected)?;
        let (status, error) = match execution.map(|execution| execution.status) {
            Some(ExecutionStatus::Sent) => ("sent", None),
            Some(ExecutionStatus::Failed) => ("failed", Some("The target did not take it.")),
            Some(ExecutionStatus::Retrying) => ("pending", Some("The target has not taken it yet.")),
            None if action.is_approved() && action.execution.is_none() => {
                ("pending", Some("No webhook endpoint is registered at this address."))
            }
            None => ("pending", None),
        };
        let response = execution.and_then(|execution| execution.response.clone());
        Some(Self {
            url,
            status,
            attempts: execution.map_or(0, |execution| execution.attempts),
            last_attempt: execution.and_then(|execution| execution.last_attempt).map(Timestamp::rfc3339_millis),
            response: response.and_then(|response| RawValue::from_string(response).ok()),
            error,
        })
    }
}

impl ActionView {
    pub(crate) fn of(action: &Action, execution: Option<&Execution>) -> Self {
        let validation = action.validation.as_ref();
        let sent = execution.filter(|execution| execution.status == ExecutionStatus::Sent);
        let of = |part: fn(&Validation) -> String| validation.map(part);
        Self {
            id: action.id.to_string(),
            conversation_id: action.id.visit.to_string(),
            utterance_id: action.heard_in.as_ref().map(domain::visit::action::HeardIn::name),
            kind: action.order.kind.name(),
            category: action.order.urgency.name(),
            details: DetailsView::of(&action.order.details),
            confidence: action.order.confidence,
            warnings: action.order.warnings.iter().map(|warning| warning.text.clone()).collect(),
            reason: action.order.reason.clone(),
            validated: action.is_approved(),
            rejected: validation.is_some_and(|validation| !validation.approved),
            validated_by: of(|validation| validation.by.as_str().to_owned()),
            validated_at: of(|validation| validation.at.rfc3339_millis()),
            note: validation.and_then(|validation| validation.note.clone()),
            webhook: ActionWebhookView::of(action, execution),
            detected_at: action.detected.rfc3339_millis(),
            executed_at: sent.and_then(|execution| execution.last_attempt).map(Timestamp::rfc3339_millis),
        }
    }
}

/// The action as webhooks tell of it (MI-wh1).
#[derive(Debug, Serialize)]
pub(crate) struct ToldAction {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    details: DetailsView,
    confidence: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

impl ToldAction {
    pub(crate) fn of(action: &Action) -> Self {
        Self {
            id: action.id.to_string(),
            kind: action.order.kind.name(),
            details: DetailsView::of(&action.order.details),
            confidence: action.order.confidence,
            warnings: action.order.warnings.iter().map(|warning| warning.text.clone()).collect(),
        }
    }
}
