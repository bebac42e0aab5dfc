//! Symptom assessment (document 003): how soon a patient must be seen, what a turn says and what is kept of it.

use serde::{Deserialize, Serialize};

use crate::alert::{AlertDraft, AlertKind, Severity};
use crate::append::{Change, Draft};
use crate::assessment::Assessment;
use crate::care::Care;
use crate::error::{Error, Result};
use crate::inbound::heard;
use crate::message::Author;
use crate::responder::Responder;
use crate::text::MessageText;
use crate::thread::Thread;
use crate::time::Timestamp;

mod ids;
mod level;
mod turn;

pub use ids::{ResourceId, SessionId, ThreadId};
pub use level::{Level, Risk};
pub use turn::Turn;

/// The longest message, in Unicode scalar values after trimming (contract A-33).
pub const MESSAGE_LIMIT: usize = 1_000;
/// So many turns a thread has at most (TR-lim).
pub const TURN_LIMIT: u32 = 50;

/// How far the assessment of a thread has come. A thread that has this is one of document 003.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triage {
    /// The level after the last turn; a level does not fall without a stated reason.
    pub level: Level,
    /// How many turns there were.
    pub turns: u32,
}

/// What a patient writes in one turn.
///
/// # Errors
/// [`Error::Invalid`] when there is nothing in it, for control characters, and above [`MESSAGE_LIMIT`].
pub fn message(raw: Option<&str>) -> Result<MessageText> {
    let text = MessageText::parse("message", raw.unwrap_or_default(), MESSAGE_LIMIT)?;
    text.ok_or_else(|| Error::required("message"))
}

/// A thread that was named and is not there, or is another patient's: the two cannot be told apart (contract A-32).
#[must_use]
pub fn unknown_thread() -> Error {
    Error::invalid("threadId", "Unknown threadId")
}

/// The care of a thread that begins.
#[must_use]
pub fn begun() -> Care {
    Care { responder: Responder::Assistant, ..Care::default() }
}

/// What a turn said on both sides.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What the patient wrote.
    pub text: &'a MessageText,
    /// What the engines of every channel make of it.
    pub assessment: &'a Assessment,
    /// What the patient is answered.
    pub reply: &'a MessageText,
    /// How soon they must be seen, as the whole conversation has it.
    pub level: Level,
}

/// How many turns a thread has had, when it may have another.
///
/// # Errors
/// [`Error::Invalid`] after [`TURN_LIMIT`] turns.
pub fn turns_before(care: &Care) -> Result<u32> {
    let turns = care.triage.map_or(0, |triage| triage.turns);
    let text = || format!("This thread has had its {TURN_LIMIT} turns. Leave threadId out to begin a new one.");
    if turns < TURN_LIMIT { Ok(turns) } else { Err(Error::invalid("threadId", text())) }
}

/// What a turn changes about its thread, in one transaction: both messages, the level, and whom it alarms. A danger alarms in
/// every turn that speaks of it, another emergency when the level rises to it.
///
/// # Errors
/// As [`turns_before`].
pub fn told(read: &Thread, told: Told<'_>, now: Timestamp) -> Result<Change> {
    let turns = turns_before(&read.care)?;
    let before = read.care.triage;
    let draft = Draft::text(Author::Patient, told.text.clone());
    let mut change = heard(&read.care, draft, told.assessment, (Some(told.reply.clone()), now));
    // What a patient in danger is told is the reply itself.
    change.drafts.truncate(1);
    change.drafts.push(Draft::text(Author::Assistant, told.reply.clone()));
    let has_risen = told.level.is_emergency() && before.is_none_or(|triage| !triage.level.is_emergency());
    let is_told = change.alerts.iter().any(|alert| alert.kind == AlertKind::DangerDetected);
    change.alerts.extend((has_risen && !is_told).then(|| emergency(told.level)));
    let triage = Some(Triage { level: told.level, turns: turns.saturating_add(1) });
    change.care = change.care.map(|care| Care { triage, ..care });
    Ok(change)
}

fn emergency(level: Level) -> AlertDraft {
    let text = match level {
        Level::EmergencyNow => "The symptom assessment asks for immediate medical attention.",
        _ => "The symptom assessment asks for an emergency department today.",
    };
    AlertDraft::of(AlertKind::DangerDetected, Severity::Emergency, text)
}

#[cfg(test)]
mod tests;
