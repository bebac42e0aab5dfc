//! Messages of a thread.

use serde::{Deserialize, Serialize};

use crate::assessment::Danger;
use crate::delivery::Delivery;
use crate::ids::{MessageId, OrganizationId, ProviderId, Seq, ThreadNo};
use crate::media::{Media, MediaState};
use crate::template::TemplateUse;
use crate::text::MessageText;
use crate::time::Timestamp;
use crate::wamid::Wamid;
use crate::window::Window;

/// Who wrote a message. How a role is called on the wire is each surface's affair (contract A-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    /// The patient.
    Patient,
    /// A doctor.
    Doctor {
        /// Which one.
        provider_id: ProviderId,
    },
    /// A member of the human staff.
    Staff {
        /// Which one.
        provider_id: ProviderId,
    },
    /// The AI assistant.
    Assistant,
    /// The product by itself: check-ins, crisis texts, confirmations, reports.
    System,
}

impl Author {
    /// Whether the patient wrote it.
    #[must_use]
    pub fn is_patient(self) -> bool {
        matches!(self, Self::Patient)
    }

    /// Whether it answers the patient. What the product says by itself does not: whoever waits still waits.
    #[must_use]
    pub fn is_answer(self) -> bool {
        self.is_provider() || self == Self::Assistant
    }

    /// Whether a human of the organisation wrote it.
    #[must_use]
    pub fn is_provider(self) -> bool {
        matches!(self, Self::Doctor { .. } | Self::Staff { .. })
    }
}

/// Who may see a message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody in the thread.
    #[default]
    Everybody,
    /// Whoever answers the thread, and not the patient.
    Staff,
}

/// A message as it is kept. The row is the outbox too: while its delivery is undecided it is in the due index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The thread.
    pub thread: ThreadNo,
    /// The place in the thread.
    pub seq: Seq,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Who wrote it.
    pub author: Author,
    /// What it says; for media the caption.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<MessageText>,
    /// What comes with it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub media: Option<Media>,
    /// The template with which it opens or reopens a conversation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub template: Option<TemplateUse>,
    /// The template that carries its text when the window is closed at delivery (contract A-15).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fallback: Option<TemplateUse>,
    /// Whether nobody asked for it: a check-in. It does not go out once the patient wants none.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unasked: bool,
    /// Who may see it.
    #[serde(default)]
    pub audience: Audience,
    /// The dangers that it speaks of.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub dangers: Vec<Danger>,
    /// The delivery of an outbound message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub delivery: Option<Delivery>,
    /// WhatsApp's id of an inbound message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wamid: Option<Wamid>,
    /// When the patient sent it, by WhatsApp's time stamp; late when WhatsApp delivered late.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sent_at: Option<Timestamp>,
    /// Whether the sender's phone belongs to several patients, so that another of them may have written.
    #[serde(default)]
    pub shared_phone: bool,
    /// A tombstone: it keeps its place in the sequence and is shown to nobody.
    #[serde(default)]
    pub deleted: bool,
    /// When it was kept.
    pub created: Timestamp,
}

impl Message {
    /// Its public id.
    #[must_use]
    pub fn id(&self) -> MessageId {
        MessageId { thread: self.thread, seq: self.seq }
    }

    /// The template that carries it: its own, or outside the window the one that it falls back to.
    #[must_use]
    pub fn template_in(&self, window: Window) -> Option<&TemplateUse> {
        let fallback = self.fallback.as_ref().filter(|_| matches!(window, Window::Closed { .. }));
        self.template.as_ref().or(fallback)
    }

    /// Whether a worker still has to do something about it.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.delivery.as_ref().is_some_and(|delivery| !delivery.is_decided())
    }

    /// Whether its media is still to be fetched from WhatsApp.
    #[must_use]
    pub fn awaits_media(&self) -> bool {
        self.media.as_ref().is_some_and(|media| media.state == MediaState::Pending)
    }
}
