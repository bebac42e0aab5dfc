//! Messages of a thread.

use serde::{Deserialize, Serialize};

use crate::delivery::Delivery;
use crate::ids::{MessageId, OrganizationId, ProviderId, Seq, ThreadNo};
use crate::media::Media;
use crate::template::TemplateUse;
use crate::text::MessageText;
use crate::time::Timestamp;
use crate::wamid::Wamid;

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
}

impl Author {
    /// Whether the patient wrote it.
    #[must_use]
    pub fn is_patient(self) -> bool {
        matches!(self, Self::Patient)
    }

    /// Whether a human of the organisation wrote it.
    #[must_use]
    pub fn is_provider(self) -> bool {
        matches!(self, Self::Doctor { .. } | Self::Staff { .. })
    }
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

    /// Whether a worker still has to do something about it.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.delivery.as_ref().is_some_and(|delivery| !delivery.is_decided())
    }
}
