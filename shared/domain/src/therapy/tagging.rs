//! A subject calls for a therapist (TC-tag).

use super::{
    Action, Actor, AlertDraft, AlertKind, Assessment, AuditDraft, Change, MessageText, NamedTherapist, Section, Seq,
    Tag, TagId, Thread, ThreadNo, Timestamp, Urgency, heard,
};
use crate::append::Draft;
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::message::Author;
use crate::text::one_line;

const LONGEST_REASON: usize = 200;

/// A checked request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRequest {
    /// Why, as the request named it.
    pub reason: Option<String>,
    /// How soon.
    pub urgency: Urgency,
    /// What the conversation says.
    pub text: MessageText,
    /// Whether the reason is the subject's own words, which must be searched for danger.
    pub is_own: bool,
}

impl TagRequest {
    /// Checks the fields: a reason that the section offers, or one in the subject's own words.
    ///
    /// # Errors
    /// [`Error::Documented`] when tagging is switched off; [`Error::Invalid`] for a reason that is too long.
    pub fn parse(section: &Section, reason: Option<&str>, urgency: Option<&str>) -> Result<Self> {
        if !section.tagging_enabled {
            return Err(Error::Documented("Tagging is disabled"));
        }
        let reason = reason.map(one_line).filter(|reason| !reason.is_empty());
        if reason.as_ref().is_some_and(|reason| reason.chars().count() > LONGEST_REASON) {
            return Err(Error::invalid("reason", format!("reason must have at most {LONGEST_REASON} characters.")));
        }
        let offered = section.tag_reasons.iter().find(|known| reason.as_deref() == Some(&known.key));
        let by_itself = offered.map(|known| known.urgency).unwrap_or_default();
        let said = match (&reason, offered) {
            (_, Some(known)) => format!(" #{}: {}", known.key, known.label),
            (Some(own), None) => format!(": {own}"),
            (None, None) => String::new(),
        };
        let text = MessageText::received(&format!("@therapist I would like to speak with my therapist{said}"));
        Ok(Self {
            is_own: reason.is_some() && offered.is_none(),
            // A name that nobody knows is no reason to turn a call for help away, or to make less of it.
            urgency: urgency.and_then(Urgency::parse).unwrap_or(by_itself),
            text: text.ok_or(Error::Internal)?,
            reason,
        })
    }
}

/// Who is called, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The request.
    pub request: &'a TagRequest,
    /// The therapist.
    pub therapist: &'a NamedTherapist,
    /// What the subject's own words say.
    pub assessment: &'a Assessment,
}

/// The tag, and what it changes: a message that everybody sees, an alert, the risk, and silence of the assistant.
#[must_use]
pub fn call(thread: &Thread, section: &Section, call: Call<'_>, now: Timestamp) -> (Tag, Change) {
    let Call { request, therapist, assessment } = call;
    let language = assessment.language.unwrap_or(thread.care.language);
    let own = section.blocked_text(language, assessment.is_medical());
    let draft = Draft::text(Author::Patient, request.text.clone());
    let mut change = heard(&thread.care, draft, assessment, (own, now));
    let tag = Tag {
        id: TagId { thread: thread.thread, seq: thread.care.tags.last.next() },
        message: message(thread.thread, thread.last_seq),
        therapist: therapist.user_id,
        therapist_name: therapist.name.clone(),
        reason: request.reason.clone(),
        urgency: request.urgency,
        created: now,
        acknowledged: None,
    };
    change.care = change.care.map(|mut care| {
        care.assistant = care.assistant.silenced();
        care.tags.last = tag.id.seq;
        care.tags.open = care.tags.open.saturating_add(1);
        care.risk = care.risk.max(request.urgency.least_risk());
        care
    });
    let text = format!("{} is asked for by {}.", therapist.name, thread.patient_name);
    change.alerts.push(AlertDraft::of(AlertKind::TagReceived, request.urgency.severity(), text));
    change.audit.push(AuditDraft { actor: Actor::Patient, action: Action::Tagged { tag: tag.id } });
    (tag, change)
}

/// The message that the next append gives a number to.
fn message(thread: ThreadNo, last: Seq) -> MessageId {
    MessageId { thread, seq: last.next() }
}
