//! How document 002 spells conversations and messages (CM-shape).

use domain::message::{Audience, Message};
use domain::thread::Thread;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnConversationView)]
pub(crate) struct ConversationView {
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8")]
    unique_id: String,
    title: Option<String>,
    #[schema(example = "2023-01-01T12:00:00Z")]
    date_created: String,
    last_updated: String,
}

impl ConversationView {
    pub(crate) fn of(thread: &Thread) -> Self {
        Self {
            unique_id: thread.public_id.to_string(),
            title: thread.title.clone(),
            date_created: thread.created.rfc3339_seconds(),
            last_updated: thread.updated.rfc3339_seconds(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnMessageView)]
pub(crate) struct MessageView {
    #[schema(example = "msg_5497558138881")]
    unique_id: String,
    #[schema(example = "8f03b95b-2b7b-893d-9d13-5cf7d7d92ad8")]
    conversation_id: String,
    /// `user` for the patient, `assistant` for whoever answers.
    #[schema(example = "user")]
    message_type: &'static str,
    content: String,
    #[schema(example = "2023-01-01T12:00:00Z")]
    date_created: String,
    last_updated: String,
}

impl MessageView {
    pub(crate) fn of(message: &Message, thread: &Thread) -> Self {
        Self {
            unique_id: format!("msg_{}", message.id().get()),
            conversation_id: thread.public_id.to_string(),
            message_type: if message.author.is_patient() { "user" } else { "assistant" },
            content: message.text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned()),
            date_created: message.created.rfc3339_seconds(),
            last_updated: message.edited.unwrap_or(message.created).rfc3339_seconds(),
        }
    }
}

/// Whether a message is there for the patient: neither deleted nor for staff alone.
pub(crate) fn is_shown(message: &Message) -> bool {
    !message.deleted && message.audience == Audience::Everybody
}
