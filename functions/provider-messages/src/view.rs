//! How document 000, first half, spells a thread and a message (PM-2.1, PM-2.1m).

use domain::message::{Audience, Message};
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use web::delivery::DeliveryView;

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
    /// Present with media: `ready`, `pending` while it is fetched from WhatsApp, `expired` when WhatsApp did not have it any
    /// more, `refused` when it was not what WhatsApp said or is of a type that is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_status: Option<&'static str>,
    /// The file's `unique_id`, with which `GET /ai-processing/files/{unique_id}/` gives an address to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    media_unique_id: Option<String>,
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
            media_status: media.map(|media| media.state.name()),
            media_unique_id: media.and_then(|media| media.upload).map(|upload| upload.to_string()),
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
