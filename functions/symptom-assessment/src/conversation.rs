//! The conversation so far as triage reads it: what the patient said and what the bot answered, with the turn that is new.

use clinical::danger::{self, Finding};
use clinical::triage::{self, Assessment, By, Case, Evidence, Level, PatientFacts, Turn};
use domain::ids::MessageId;
use domain::message::{Audience, Author, Message};
use domain::text::MessageText;

/// A conversation. It ends with the new turn.
#[derive(Debug)]
pub(crate) struct Conversation {
    said: Vec<Said>,
}

#[derive(Debug)]
struct Said {
    by: By,
    text: String,
    dangers: Vec<Finding>,
    message: MessageId,
}

impl Said {
    fn of(by: By, text: &str, message: MessageId) -> Self {
        let dangers = match by {
            By::Patient => danger::scan(text),
            By::Assistant => Vec::new(),
        };
        Self { by, text: text.to_owned(), dangers, message }
    }
}

impl Conversation {
    /// The messages of a thread, in order, and what the patient says now. What others wrote is not triage's to judge.
    pub(crate) fn of(messages: &[Message], (new, id): (&MessageText, MessageId)) -> Self {
        let earlier = messages.iter().filter(|message| !message.deleted && message.audience == Audience::Everybody);
        let earlier = earlier.filter_map(|message| {
            let by = match message.author {
                Author::Patient => By::Patient,
                Author::Assistant => By::Assistant,
                _ => return None,
            };
            Some(Said::of(by, message.text.as_ref()?.as_str(), message.id()))
        });
        Self { said: earlier.chain([Said::of(By::Patient, new.as_str(), id)]).collect() }
    }

    /// What triage makes of it, with what the record says and the level of the turn before.
    pub(crate) fn assess(&self, record: &str, previous: Option<Level>) -> Assessment {
        let turns = self.said.iter().map(|said| Turn { by: said.by, text: &said.text, dangers: &said.dangers });
        let turns: Vec<Turn<'_>> = turns.collect();
        triage::assess(&Case { turns: &turns, known: PatientFacts::default(), record, previous })
    }

    /// What the bot said last.
    pub(crate) fn asked(&self) -> Option<&str> {
        self.said.iter().rev().find(|said| said.by == By::Assistant).map(|said| said.text.as_str())
    }

    /// What each side said, in order.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (By, &str)> {
        self.said.iter().map(|said| (said.by, said.text.as_str()))
    }

    /// The message in which something was said, and the words.
    pub(crate) fn quoted(&self, evidence: Evidence) -> Option<(MessageId, &str)> {
        let said = self.said.get(evidence.turn)?;
        Some((said.message, evidence.span.of(&said.text)))
    }

    /// Which turn of the patient something was said in, from 1.
    pub(crate) fn turn(&self, evidence: Evidence) -> usize {
        self.said.iter().take(evidence.turn.saturating_add(1)).filter(|said| said.by == By::Patient).count()
    }
}
