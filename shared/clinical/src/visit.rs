//! A visit as the engines read it: who said what, and what is known of the patient beforehand.

use serde::{Deserialize, Serialize};

use crate::span::Span;
use crate::statement::{self, Statement};
use crate::text::Text;

/// Who speaks (document 004, `POST /api/utterances`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// A doctor, nurse or another professional.
    Clinician,
    /// The patient.
    Patient,
    /// The interpreter or another machine that speaks for the product.
    Assistant,
    /// Somebody who comes with the patient.
    Family,
}

/// One turn of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utterance<'a> {
    /// Its id in the conversation: evidence refers to it.
    pub id: &'a str,
    /// Who speaks; `None` for a text of which nobody said who wrote it.
    pub speaker: Option<Speaker>,
    /// What was said, in the speaker's own words.
    pub text: &'a str,
}

/// What is known of the patient before a word is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PatientFacts<'a> {
    /// The list of allergies, each entry as a chart has it: "Penicillin (hives)".
    pub allergies: &'a [&'a str],
    /// What the patient takes, each entry as a chart has it: "warfarin 5 mg daily".
    pub medications: &'a [&'a str],
    /// Whole years.
    pub age: Option<u16>,
}

/// One turn that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Its id in the conversation.
    pub id: &'a str,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// What was said.
    pub text: Text<'a>,
    /// What was said in one breath each.
    pub statements: Vec<Statement>,
}

/// A conversation that was read, so that every engine looks at the same statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit<'a> {
    turns: Vec<Turn<'a>>,
}

impl<'a> Visit<'a> {
    /// Reads a conversation; a single text is a conversation of one turn.
    #[must_use]
    pub fn read(utterances: &[Utterance<'a>]) -> Self {
        let turn = |utterance: &Utterance<'a>| {
            let text = Text::read(utterance.text);
            let statements = statement::split(&text);
            Turn { id: utterance.id, speaker: utterance.speaker, text, statements }
        };
        Self { turns: utterances.iter().map(turn).collect() }
    }

    /// Its turns, in order.
    #[must_use]
    pub fn turns(&self) -> &[Turn<'a>] {
        &self.turns
    }
}

/// Where in a conversation something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The id of the utterance.
    pub utterance: String,
    /// The words in it, in order.
    pub spans: Vec<Span>,
}
