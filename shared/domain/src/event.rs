//! Events: what other systems are told by webhooks (document 004, "Webhook Payloads"; contract A-35, A-36, I-10).
//!
//! An event belongs to the stream of a conversation, whichever surface that has, and is numbered there from 1 without gaps, so that
//! whoever delivers notices one that is missing. It says ids only; what is told is kept beside it when it happens, so that every attempt
//! tells the same.

use serde::{Deserialize, Serialize};

use crate::ids::{EndpointId, EventId, OrganizationId, Seq, StreamNo};
use crate::time::Timestamp;

/// What happened, by the names that documents and clients know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// A medical action was detected. Told when it is detected; nobody has validated it.
    #[serde(rename = "medical.action.detected")]
    ActionDetected,
    /// A clinician validated a medical action. The event that goes to the action's own target is of this kind.
    #[serde(rename = "medical.action.validated")]
    ActionValidated,
    /// A conversation ended.
    #[serde(rename = "conversation.ended")]
    ConversationEnded,
    /// A summary has a new version.
    #[serde(rename = "summary.updated")]
    SummaryUpdated,
    /// An alert that nobody read went on to somebody else.
    #[serde(rename = "alert.escalated")]
    AlertEscalated,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::ActionDetected,
        Self::ActionValidated,
        Self::ConversationEnded,
        Self::SummaryUpdated,
        Self::AlertEscalated,
    ];

    /// Its name, as a webhook's `event` spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ActionDetected => "medical.action.detected",
            Self::ActionValidated => "medical.action.validated",
            Self::ConversationEnded => "conversation.ended",
            Self::SummaryUpdated => "summary.updated",
            Self::AlertEscalated => "alert.escalated",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What an event is about: the conversation itself, or what is numbered in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", content = "number", rename_all = "snake_case")]
pub enum Subject {
    /// The conversation.
    Conversation,
    /// A medical action of it.
    Action(Seq),
    /// A summary of it.
    Summary(Seq),
    /// An alert of it.
    Alert(Seq),
}

/// What happened, before it has its place in its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventDraft {
    /// What happened.
    pub kind: EventKind,
    /// What it is about.
    pub subject: Subject,
    /// The one endpoint that is told, whatever it subscribed to: an action is executed at its own target. Without it every
    /// endpoint of the organisation that subscribed to this kind is told.
    pub target: Option<EndpointId>,
}

impl EventDraft {
    /// What every subscriber is told.
    #[must_use]
    pub fn told(kind: EventKind, subject: Subject) -> Self {
        Self { kind, subject, target: None }
    }

    /// The execution of an action at its own target. The decision that a clinician validated it is the caller's.
    #[must_use]
    pub fn execution(action: Seq, target: EndpointId) -> Self {
        Self { kind: EventKind::ActionValidated, subject: Subject::Action(action), target: Some(target) }
    }
}

/// An event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its stream and its number there.
    pub id: EventId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// What happened.
    pub kind: EventKind,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
    /// The one endpoint that is told, if it is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub target: Option<EndpointId>,
    /// When it happened.
    pub at: Timestamp,
}

/// A stream as it was read: the next event follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// Which stream.
    pub no: StreamNo,
    /// The number of its last event; [`Seq::START`] before the first.
    pub last: Seq,
}

impl Stream {
    /// The id of the event that comes next.
    #[must_use]
    pub fn next_id(self) -> EventId {
        EventId { stream: self.no, seq: self.last.next() }
    }

    /// The event that comes next, and the stream with it.
    #[must_use]
    pub fn next(self, draft: EventDraft, at: Timestamp) -> (Event, Self) {
        let EventDraft { kind, subject, target } = draft;
        let id = EventId { stream: self.no, seq: self.last.next() };
        let event = Event { id, organization_id: self.organization_id, kind, subject, target, at };
        (event, Self { last: id.seq, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_spelt_as_documented_wherever_they_are_spelt() {
        for kind in EventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(EventKind::of_name(kind.name()), Some(kind));
        }
        assert_eq!(EventKind::of_name("Conversation.Ended"), None);
    }

    #[test]
    fn events_of_a_stream_are_numbered_without_gaps() {
        let no = StreamNo::from(crate::ids::VisitNo::from_random(7));
        let stream = Stream { organization_id: OrganizationId::new(21).unwrap(), no, last: Seq::START };
        let at = Timestamp::from_seconds(1);
        let (first, stream) = stream.next(EventDraft::told(EventKind::ConversationEnded, Subject::Conversation), at);
        let target = EndpointId::from_random(9);
        let (second, stream) = stream.next(EventDraft::execution(Seq::new(3).unwrap(), target), at);
        assert_eq!((first.id.seq.get(), second.id.seq.get(), stream.last.get()), (1, 2, 2));
        insta::assert_snapshot!(serde_json::to_string(&second).unwrap(), @r#"{"id":4504699146338306,"organization_id":21,"kind":"medical.action.validated","about":"action","number":3,"target":"00000000-0000-4000-8000-000000000009","at":1000}"#);
    }
}
