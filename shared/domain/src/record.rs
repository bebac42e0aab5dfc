//! Changing and deleting what stands in a record (document 002, A-41): earlier texts and places are kept.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::alert::AlertDraft;
use crate::append::{Change, Draft};
use crate::assessment::{Assessment, Danger};
use crate::care::Care;
use crate::ids::MessageId;
use crate::inbound::heard;
use crate::message::Message;
use crate::text::MessageText;
use crate::time::Timestamp;

/// An earlier text of a message, as it was until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierText {
    /// The message.
    pub message: MessageId,
    /// What it said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<MessageText>,
    /// The dangers with which the message was flagged then.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub dangers: Vec<Danger>,
    /// When it was changed or deleted.
    pub until: Timestamp,
}

impl EarlierText {
    /// The writer's own words in this text on which a danger rests; a message stays flagged with those of still earlier texts.
    #[must_use]
    pub fn detected_words(&self) -> Vec<&str> {
        let text = self.text.as_ref().map_or("", MessageText::as_str);
        let mut words: Vec<&str> = Vec::new();
        for word in self.dangers.iter().flat_map(|danger| &danger.words) {
            if text.contains(word.as_str()) && !words.contains(&word.as_str()) {
                words.push(word);
            }
        }
        words
    }
}

/// A message with another text, and what that changes: what a patient writes into an earlier message counts as what they
/// write. What was measured is not measured again, and alarms all the same. No change takes a danger away that the message
/// was flagged with.
#[must_use]
pub fn changed(
    care: &Care,
    (read, text): (&Message, &MessageText),
    assessment: &Assessment,
    now: Timestamp,
) -> (Message, Change) {
    let message = Message {
        text: Some(text.clone()),
        dangers: united(&read.dangers, &assessment.dangers),
        edits: read.edits.saturating_add(1),
        edited: Some(now),
        ..read.clone()
    };
    let heard = heard(care, Draft::text(read.author, text.clone()), assessment, (None, now));
    let about = |alert: AlertDraft| AlertDraft { about: Some(read.seq), ..alert };
    let alerts = heard.alerts.into_iter().map(about).collect();
    if assessment.dangers.is_empty() {
        // Nothing was said anew, so that whoever answers and what was asked stay as they are.
        return (message, Change { alerts, ..Change::default() });
    }
    // The message itself is there already; what is said because of it is new.
    let drafts = heard.drafts.into_iter().skip(1).collect();
    (message, Change { drafts, alerts, readings: Vec::new(), ..heard })
}

/// The dangers of a text with those that the message was flagged with before. Of one rule those of the newer text stand, so that
/// changes without end do not grow the message without end; the earlier words stand beside the earlier texts.
fn united(before: &[Danger], now: &[Danger]) -> Vec<Danger> {
    let is_again = |danger: &Danger| now.iter().any(|new| (new.category, &new.rule) == (danger.category, &danger.rule));
    let mut dangers: Vec<Danger> =
        now.iter().chain(before.iter().filter(|danger| !is_again(danger))).cloned().collect();
    dangers.sort_by_key(|danger| Reverse(danger.severity));
    dangers
}

/// The tombstone of a message: it keeps its place and its dangers, and nothing that it said.
#[must_use]
pub fn deleted(read: &Message, now: Timestamp) -> Message {
    Message { text: None, deleted: true, edits: read.edits.saturating_add(1), edited: Some(now), ..read.clone() }
}

#[cfg(test)]
mod tests;
