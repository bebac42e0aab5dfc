//! How document 000, first half, spells a thread and a message (PM-2.1, PM-2.1m).

use domain::delivery::{Delivery, Failure, Status};
use domain::message::{Audience, Message};
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ThreadView {
    id: u32,
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8")]
    public_id: String,
    patient: u64,
    patient_name: String,
    messages: Vec<MessageView>,
    responder_provider_name: Option<String>,
    responder_provider_id: Option<u64>,
    #[schema(example = "2025-10-20T11:14:52Z")]
    created: String,
    #[schema(example = "2025-10-21T08:02:11Z")]
    updated: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageView {
    message_id: u64,
    /// `user` for the patient, `assistant` for whoever answers.
    role: &'static str,
    message_value: String,
    media_url: Option<String>,
    media_type: Option<&'static str>,
    #[schema(example = "2025-10-21T07:45:33Z")]
    created: String,
    from_doctor: bool,
    /// How far a message to the patient has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<DeliveryView>,
    /// When the patient sent it; differs from `created` when WhatsApp delivered late.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<String>,
    /// Present and true when several patients share the phone from which it came.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    shared_phone: bool,
    /// Present when the patient does not see it: `staff`.
    #[serde(skip_serializing_if = "Option::is_none")]
    visible_to: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryView {
    /// `queued`, `sent`, `delivered`, `read` or `failed`.
    #[schema(example = "queued")]
    status: &'static str,
    /// WhatsApp's own code.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<u32>,
    /// Why it failed: `reengagement_required`, `undeliverable`, `opted_out`, `content_refused`, `template_unavailable`,
    /// `in_doubt` or `too_many_attempts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl DeliveryView {
    /// What a message that was just kept looks like; a repeated request is answered the same.
    pub(crate) fn queued() -> Self {
        Self { status: "queued", error_code: None, reason: None }
    }

    fn of(delivery: &Delivery) -> Self {
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
    }
}

impl MessageView {
    fn of(message: &Message) -> Self {
        let media = message.media.as_ref();
        let late = message.sent_at.filter(|sent| sent.seconds() < message.created.seconds());
        Self {
            message_id: message.id().get(),
            role: if message.author.is_patient() { "user" } else { "assistant" },
            message_value: message.text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned()),
            media_url: media.and_then(|media| media.url.as_ref()).map(|url| url.as_str().to_owned()),
            media_type: media.map(|media| media.kind.name()),
            created: message.created.rfc3339_seconds(),
            from_doctor: message.author.is_provider(),
            delivery: message.delivery.as_ref().map(DeliveryView::of),
            sent_at: late.map(Timestamp::rfc3339_seconds),
            shared_phone: message.shared_phone,
            visible_to: (message.audience == Audience::Staff).then_some("staff"),
        }
    }
}

impl ThreadView {
    /// A thread with these of its messages; tombstones are not shown.
    pub(crate) fn of(thread: &Thread, messages: &[Message]) -> Self {
        let assigned = thread.care.assigned.as_ref();
        Self {
            id: thread.thread.get(),
            public_id: thread.public_id.to_string(),
            patient: thread.patient_id.get(),
            patient_name: thread.patient_name.clone(),
            messages: messages.iter().filter(|message| !message.deleted).map(MessageView::of).collect(),
            responder_provider_name: assigned.map(|assignee| assignee.name.clone()),
            responder_provider_id: assigned.map(|assignee| assignee.provider_id.get()),
            created: thread.created.rfc3339_seconds(),
            updated: thread.updated.rfc3339_seconds(),
        }
    }
}
