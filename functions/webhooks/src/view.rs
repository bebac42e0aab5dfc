//! How endpoints and attempts are spelt, in the dialect of document 004.

use domain::event::EventKind;
use domain::time::Timestamp;
use domain::webhook::attempt::{AttemptRecord, Verdict};
use domain::webhook::endpoint::{Disabled, Endpoint};
use serde::Serialize;
use utoipa::ToSchema;

/// An endpoint. Its secret is not shown.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EndpointView {
    #[schema(example = "wh_0b6c6f2e3f5a4c0e9d0a6d1f2b3c4d5e")]
    id: String,
    #[schema(example = 21)]
    organization_id: u64,
    #[schema(example = "https://webhook.site/medication-order")]
    url: String,
    description: Option<String>,
    #[schema(example = json!(["medical.action.detected", "conversation.ended"]))]
    events: Vec<&'static str>,
    /// `enabled` or `disabled`.
    #[schema(example = "enabled")]
    status: &'static str,
    /// Why it is disabled: `by_owner`, `gone` (it answered 410) or `failing` (for 120 hours).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    disabled_reason: Option<&'static str>,
    /// Since when every attempt failed; null while it is well.
    failing_since: Option<String>,
    #[schema(example = "2024-01-15T10:00:00.000Z")]
    created_at: String,
    updated_at: String,
}

/// An endpoint with its secret: shown to who made it, once.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SecretView {
    #[serde(flatten)]
    endpoint: EndpointView,
    /// The key of all signatures, `whsec_` and base64. It is not shown again.
    #[schema(example = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    secret: String,
    /// Until when the secret before signs, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    previous_secret_expires_at: Option<String>,
}

/// An attempt to tell an endpoint of an event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttemptView {
    /// As the header `webhook-id` spells it.
    #[schema(example = "event_1099518967809")]
    event_id: String,
    #[schema(example = "conversation.ended")]
    event: &'static str,
    /// The how-manieth attempt.
    #[schema(example = 1)]
    attempt: u32,
    #[schema(example = "2024-01-15T10:15:00.000Z")]
    at: String,
    duration_ms: u64,
    /// `delivered`, `refused`, `gone`, `timed_out`, `unreachable` or `forbidden_address`.
    #[schema(example = "delivered")]
    result: &'static str,
    /// The status of the answer; null when there was none.
    #[schema(example = 200)]
    status_code: Option<u16>,
    /// When it is tried again; null when it is not.
    next_attempt_at: Option<String>,
}

impl EndpointView {
    pub(crate) fn of(endpoint: &Endpoint) -> Self {
        let disabled_reason = endpoint.disabled.map(|why| match why {
            Disabled::ByOwner => "by_owner",
            Disabled::Gone => "gone",
            Disabled::Failing => "failing",
        });
        Self {
            id: endpoint.id.to_string(),
            organization_id: endpoint.organization_id.get(),
            url: endpoint.url.as_str().to_owned(),
            description: endpoint.description.clone(),
            events: endpoint.events.iter().copied().map(EventKind::name).collect(),
            status: if endpoint.disabled.is_none() { "enabled" } else { "disabled" },
            disabled_reason,
            failing_since: endpoint.failing_since.map(Timestamp::rfc3339_millis),
            created_at: endpoint.created.rfc3339_millis(),
            updated_at: endpoint.updated.rfc3339_millis(),
        }
    }
}

impl SecretView {
    pub(crate) fn of(endpoint: &Endpoint) -> Self {
        let until = endpoint.retired.first().map(|retired| retired.until.rfc3339_millis());
        let secret = endpoint.secret.reveal().to_owned();
        Self { endpoint: EndpointView::of(endpoint), secret, previous_secret_expires_at: until }
    }
}

impl AttemptView {
    pub(crate) fn of(record: &AttemptRecord) -> Self {
        let result = match record.verdict {
            Verdict::Delivered => "delivered",
            Verdict::Refused => "refused",
            Verdict::Gone => "gone",
            Verdict::TimedOut => "timed_out",
            Verdict::Unreachable => "unreachable",
            Verdict::ForbiddenAddress => "forbidden_address",
        };
        Self {
            event_id: record.event_id.to_string(),
            event: record.kind.name(),
            attempt: record.attempt,
            at: record.at.rfc3339_millis(),
            duration_ms: record.duration_ms,
            result,
            status_code: record.status,
            next_attempt_at: record.next_at.map(Timestamp::rfc3339_millis),
        }
    }
}
