//! How document 001 spells messages and tags to a subject and to a therapist (TX-msg, TX-tag).

use domain::assessment::{Danger, DangerCategory};
use domain::error::Error;
use domain::ids::{ThreadNo, UserId};
use domain::message::{Audience, Author, Message};
use domain::tag::Tag;
use domain::thread::Thread;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Messages in an answer when the caller does not say.
pub const PAGE: u32 = 100;
/// Tags that are looked up for the messages of an answer.
pub const MOST_TAGS: u32 = 500;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// The subject.
    Subject,
    /// A therapist.
    Therapist(UserId),
}

/// A message, labelled for whoever reads it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TherapyMessageView)]
pub struct MessageView {
    #[schema(example = 458)]
    id: u64,
    /// `user` for the subject, `assistant` for whoever answers, `system`.
    #[schema(example = "user")]
    role: &'static str,
    content: String,
    /// `subject`, `therapist`, `ai` or `system`.
    #[schema(example = "subject")]
    sender_type: &'static str,
    sender_id: Option<u64>,
    #[schema(example = "John Doe")]
    sender_name: Option<String>,
    /// Who wrote it, as the reader calls them.
    #[schema(example = "You")]
    label: String,
    #[schema(example = "2026-01-16T14:31:00+00:00")]
    timestamp: String,
    tags: Vec<TagView>,
    /// Always null: there are no attachments yet.
    #[schema(value_type = Option<Vec<Object>>)]
    attachments: Option<()>,
    /// Present where the message speaks of danger.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    blocked: bool,
}

/// A subject's call for a therapist.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TherapyTagView)]
pub struct TagView {
    id: u64,
    /// The therapist who is called.
    id_users: u64,
    tag_reason: Option<String>,
    /// `normal`, `urgent` or `emergency`.
    #[schema(example = "urgent")]
    urgency: &'static str,
    acknowledged: bool,
    acknowledged_at: Option<String>,
    created_at: String,
    tagged_name: String,
}

impl TagView {
    fn of(tag: &Tag) -> Self {
        Self {
            id: tag.id.get(),
            id_users: tag.therapist.get(),
            tag_reason: tag.reason.clone(),
            urgency: tag.urgency.name(),
            acknowledged: tag.acknowledged.is_some(),
            acknowledged_at: tag.acknowledged.map(Timestamp::rfc3339_offset),
            created_at: tag.created.rfc3339_offset(),
            tagged_name: tag.therapist_name.clone(),
        }
    }
}

/// Who sent a message.
struct Sender {
    kind: &'static str,
    id: Option<u64>,
    name: Option<String>,
    label: String,
}

impl Sender {
    fn of(author: Author, thread: &Thread, viewer: Viewer) -> Self {
        let by_product = |kind, label: &str| Self { kind, id: None, name: None, label: label.to_owned() };
        let by_human = |kind, id, name: String, is_viewer| {
            let label = if is_viewer { "You".to_owned() } else { name.clone() };
            Self { kind, id: Some(id), name: Some(name), label }
        };
        match author {
            Author::Patient => {
                let is_viewer = viewer == Viewer::Subject;
                by_human("subject", thread.user_id.get(), thread.patient_name.clone(), is_viewer)
            }
            Author::Therapist { user_id } => {
                let known = thread.care.therapists.iter().find(|therapist| therapist.user_id == user_id);
                let name = known.map_or_else(|| "Therapist".to_owned(), |therapist| therapist.name.clone());
                by_human("therapist", user_id.get(), name, viewer == Viewer::Therapist(user_id))
            }
            Author::Doctor { provider_id } | Author::Staff { provider_id } => {
                by_human("therapist", provider_id.get(), "Care team".to_owned(), false)
            }
            Author::Assistant => by_product("ai", "AI Assistant"),
            Author::App | Author::System => by_product("system", "System"),
        }
    }

    fn role(&self) -> &'static str {
        match self.kind {
            "subject" => "user",
            "system" => "system",
            _ => "assistant",
        }
    }
}

impl MessageView {
    /// A message of a thread with those of the thread's tags that it carries.
    #[must_use]
    pub fn of(message: &Message, thread: &Thread, (tags, viewer): (&[Tag], Viewer)) -> Self {
        let sender = Sender::of(message.author, thread, viewer);
        let own = tags.iter().rev().filter(|tag| tag.message == message.id());
        Self {
            id: message.id().get(),
            role: sender.role(),
            content: message.text.as_ref().map_or_else(String::new, |text| text.as_str().to_owned()),
            sender_type: sender.kind,
            sender_id: sender.id,
            sender_name: sender.name,
            label: sender.label,
            timestamp: message.created.rfc3339_offset(),
            tags: own.map(TagView::of).collect(),
            attachments: None,
            blocked: !message.dangers.is_empty(),
        }
    }

    /// The messages of a thread that its members may see; tombstones and what is for staff alone are left out.
    #[must_use]
    pub fn all(messages: &[Message], thread: &Thread, (tags, viewer): (&[Tag], Viewer)) -> Vec<Self> {
        let seen = messages.iter().filter(|message| !message.deleted && message.audience == Audience::Everybody);
        seen.map(|message| Self::of(message, thread, (tags, viewer))).collect()
    }
}

/// The conversation that a request names.
///
/// # Errors
/// The documented text when it is no conversation's number.
pub fn conversation(raw: u64) -> Result<ThreadNo, Error> {
    ThreadNo::new(raw).ok_or(Error::Missing(NO_CONVERSATION))
}

/// The conversation that a query names.
///
/// # Errors
/// The documented text when it is no conversation's number.
pub fn conversation_in(raw: &str) -> Result<ThreadNo, Error> {
    raw.parse().ok().and_then(ThreadNo::new).ok_or(Error::Missing(NO_CONVERSATION))
}

/// The documented text for a conversation that is not there.
pub const NO_CONVERSATION: &str = "Conversation not found";
/// The documented text for a conversation that is not named.
pub const NO_CONVERSATION_ID: Error = Error::Documented("Conversation ID is required");

/// The words by which dangers were found, each once.
#[must_use]
pub fn keywords(dangers: &[Danger]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in dangers.iter().flat_map(|danger| &danger.words) {
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
    words
}

/// Whether dangers are emergencies of the body alone.
#[must_use]
pub fn is_medical(dangers: &[Danger]) -> bool {
    dangers.iter().all(|danger| danger.category == DangerCategory::Medical)
}
