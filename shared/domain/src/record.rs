//! Changing and deleting what stands in a record (document 002, A-41): earlier texts and places are kept.

use crate::alert::AlertDraft;
use crate::append::{Change, Draft};
use crate::assessment::Assessment;
use crate::care::Care;
use crate::inbound::heard;
use crate::message::Message;
use crate::text::MessageText;
use crate::time::Timestamp;

/// A message with another text, and what that changes: what a patient writes into an earlier message counts as what they
/// write. What was measured is not measured again.
#[must_use]
pub fn changed(
    care: &Care,
    (read, text): (&Message, &MessageText),
    assessment: &Assessment,
    now: Timestamp,
) -> (Message, Change) {
    let message = Message {
        text: Some(text.clone()),
        dangers: assessment.dangers.clone(),
        edits: read.edits.saturating_add(1),
        edited: Some(now),
        ..read.clone()
    };
    if assessment.dangers.is_empty() {
        return (message, Change::default());
    }
    let heard = heard(care, Draft::text(read.author, text.clone()), assessment, (None, now));
    // The message itself is there already; what is said because of it is new.
    let drafts = heard.drafts.into_iter().skip(1).collect();
    let about = |alert: AlertDraft| AlertDraft { about: Some(read.seq), ..alert };
    let alerts = heard.alerts.into_iter().map(about).collect();
    (message, Change { drafts, alerts, readings: Vec::new(), ..heard })
}

/// The tombstone of a message: it keeps its place, and nothing that it said.
#[must_use]
pub fn deleted(read: &Message, now: Timestamp) -> Message {
    Message {
        text: None,
        dangers: Vec::new(),
        deleted: true,
        edits: read.edits.saturating_add(1),
        edited: Some(now),
        ..read.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alert::Severity;
    use crate::append::append;
    use crate::assessment::{Danger, DangerCategory};
    use crate::message::Author;
    use crate::thread::tests::thread;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn text(text: &str) -> MessageText {
        MessageText::received(text).unwrap()
    }

    fn message() -> Message {
        let drafts = vec![Draft::text(Author::Patient, text("Hello"))];
        append(&thread(), Change { drafts, ..Change::default() }, at(200)).unwrap().messages.remove(0)
    }

    #[test]
    fn a_changed_message_counts_its_changes_and_keeps_its_place() {
        let read = message();
        let (changed, change) = changed(&Care::default(), (&read, &text("Hi")), &Assessment::default(), at(300));
        assert_eq!((changed.id(), changed.edits, changed.edited), (read.id(), 1, Some(at(300))));
        assert_eq!((changed.text, change), (Some(text("Hi")), Change::default()));
    }

    #[test]
    fn a_danger_written_into_an_earlier_message_alarms() {
        let severity = Severity::Emergency;
        let danger =
            Danger { category: DangerCategory::SelfHarm, severity, rule: "rule".into(), words: vec!["x".into()] };
        let assessment = Assessment { dangers: vec![danger], ..Assessment::default() };
        let read = message();
        let (message, change) = changed(&Care::default(), (&read, &text("x")), &assessment, at(300));
        assert_eq!((message.dangers.len(), change.alerts.len(), change.alerts[0].about), (1, 1, Some(read.seq)));
        assert!(change.drafts.iter().all(|draft| draft.author == Author::System), "the message is not written twice");
        let append = append(&thread(), change, at(300)).unwrap();
        assert_eq!(append.alerts[0].message, Some(read.id()));
    }

    #[test]
    fn a_tombstone_says_nothing() {
        let gone = deleted(&message(), at(300));
        assert_eq!((gone.text, gone.deleted, gone.edits, gone.edited), (None, true, 1, Some(at(300))));
    }
}
