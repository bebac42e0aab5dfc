//! How both halves of document 000 spell the delivery of a message.

use domain::delivery::{Delivery, Failure, Status};
use serde::Serialize;
use utoipa::ToSchema;

/// How far a message to a patient has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// `queued`, `sent`, `delivered`, `read` or `failed`; `in_app` for what the patient reads in an app.
    #[schema(example = "queued")]
    status: &'static str,
    /// WhatsApp's own code.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    /// Why it failed: `reengagement_required`, `undeliverable`, `opted_out`, `content_refused`, `template_unavailable`,
    /// `in_doubt`, `too_many_attempts` or `stopped`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl DeliveryView {
    /// What a message that was just kept looks like; a repeated request is answered the same.
    #[must_use]
    pub fn queued() -> Self {
        Self { status: "queued", error_code: None, reason: None }
    }

    /// What a message looks like that nothing carries out: it is there for whoever reads the conversation.
    #[must_use]
    pub fn in_app() -> Self {
        Self { status: "in_app", error_code: None, reason: None }
    }

    /// The delivery of a message.
    #[must_use]
    pub fn of(delivery: &Delivery) -> Self {
        let status = match delivery.status {
            Status::Queued | Status::Sending => "queued",
            Status::Sent => "sent",
            Status::Delivered => "delivered",
            Status::Read => "read",
            Status::Failed => "failed",
        };
        Self { status, error_code: delivery.error_code, reason: delivery.failure.map(reason) }
    }
}

fn reason(failure: Failure) -> &'static str {
    match failure {
        Failure::ReengagementRequired => "reengagement_required",
        Failure::Undeliverable => "undeliverable",
        Failure::OptedOut => "opted_out",
        Failure::ContentRefused => "content_refused",
        Failure::TemplateUnavailable => "template_unavailable",
        Failure::InDoubt => "in_doubt",
        Failure::TooManyAttempts => "too_many_attempts",
        Failure::Stopped => "stopped",
    }
}
