//! The assistant that needs no model: it acknowledges, asks the next sensible question, repeats what was measured, gives
//! self-care advice that is safe for everybody and says when to seek help. It never diagnoses and never prescribes.
//!
//! It is deterministic: the same conversation gets the same reply, so that a reply can be explained and tested. It knows
//! topics (`topics`), and of each topic the questions that a nurse asks first. The advice follows the public patient
//! information of the NHS (nhs.uk, health A to Z, 2024) and the CDC, put into our own plain words.

use domain::assessment::Language;
use domain::observation::Measurement;
use domain::responder::ExpertiseLevel;
use domain::text::name_key;

use crate::reading;
use crate::text::Text;

use topic::{Topic, find};

mod topic;
mod topics;
mod wording;

/// What the assistant knows when it answers.
#[derive(Debug, Clone, Default)]
pub struct Conversation<'a> {
    /// What was said, oldest first.
    pub said: Vec<Said<'a>>,
    /// The language of the answer.
    pub language: Language,
    /// How much medicine the answer may presume.
    pub expertise_level: ExpertiseLevel,
    /// The patient's first name.
    pub first_name: &'a str,
    /// What the patient measured since the last answer, and whether it is outside its limits.
    pub readings: Vec<(Measurement, bool)>,
    /// What is still to be done for the task.
    pub open_items: Vec<&'a str>,
}

/// Something that was said.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// By whom.
    pub by: Speaker,
    /// What.
    pub text: &'a str,
}

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The patient.
    Patient,
    /// The assistant.
    Assistant,
    /// A doctor or a member of the staff.
    Human,
    /// The product by itself.
    System,
}

/// Messages of the patient that may still be what the conversation is about.
const RECENT: usize = 8;

/// The assistant's answer to everything that the patient wrote since somebody last answered.
#[must_use]
pub fn reply(conversation: &Conversation<'_>) -> String {
    let words = wording::of(conversation.language);
    let latest = latest(conversation);
    let mut parts = Vec::new();
    if is_first(conversation) {
        parts.push((words.hello)(conversation.first_name));
    }
    let impossible = impossible(conversation);
    let asks_again = impossible.is_some();
    parts.extend(readings(conversation));
    parts.extend(impossible);
    match topic_of(conversation, &latest) {
        None if asks_again => {}
        Some(topic) => parts.extend(about(conversation, topic)),
        None if parts.len() > 1 || !conversation.readings.is_empty() => parts.push(words.anything_else.to_owned()),
        None => parts.push(words.tell_more.to_owned()),
    }
    parts.extend(reminder(conversation));
    parts.join(" ")
}

/// What the patient wrote since the last answer, newest first.
fn unanswered<'a>(conversation: &Conversation<'a>) -> impl Iterator<Item = &'a str> {
    let unanswered =
        conversation.said.iter().rev().take_while(|said| said.by != Speaker::Assistant && said.by != Speaker::Human);
    unanswered.filter(|said| said.by == Speaker::Patient).map(|said| said.text)
}

/// The patient's words since the last answer, folded for matching.
fn latest(conversation: &Conversation<'_>) -> String {
    let mut texts: Vec<String> = unanswered(conversation).map(name_key).collect();
    texts.reverse();
    texts.join(" ")
}

/// Asks again for a measurement that no living person has.
fn impossible(conversation: &Conversation<'_>) -> Option<String> {
    let words = wording::of(conversation.language);
    unanswered(conversation).find_map(|written| {
        let readings = reading::read(&Text::read(written), &[]);
        let found = readings.into_iter().find(|reading| !reading.plausible)?;
        Some((words.impossible)(found.span.of(written)))
    })
}

fn is_first(conversation: &Conversation<'_>) -> bool {
    !conversation.said.iter().any(|said| said.by == Speaker::Assistant)
}

/// What the conversation is about: what the patient wrote last, or else what they wrote before, as long as the answer to
/// a question of ours may be short.
fn topic_of(conversation: &Conversation<'_>, latest: &str) -> Option<&'static Topic> {
    find(latest).or_else(|| {
        let earlier = conversation.said.iter().rev().filter(|said| said.by == Speaker::Patient).take(RECENT);
        earlier.map(|said| name_key(said.text)).find_map(|text| find(&text).filter(|topic| !topic.is_passing))
    })
}

fn readings(conversation: &Conversation<'_>) -> Option<String> {
    let words = wording::of(conversation.language);
    let measured: Vec<String> = conversation
        .readings
        .iter()
        .filter(|(measurement, _)| !matches!(measurement, Measurement::Answer { .. }))
        .map(|(measurement, _)| wording::measurement(*measurement, conversation.language))
        .collect();
    if measured.is_empty() {
        return None;
    }
    let is_outside = conversation.readings.iter().any(|(_, outside)| *outside);
    let noted = (words.noted)(&measured.join(", "));
    let then = if is_outside { words.outside_limits } else { words.within_limits };
    Some(format!("{noted} {then}"))
}

/// What is said about a topic: an acknowledgement, then its first question that was not asked yet; when all were, what the
/// patient can do and when to seek help.
fn about(conversation: &Conversation<'_>, topic: &Topic) -> Vec<String> {
    let text = topic.in_language(conversation.language);
    let was_said = |sentence: &str| {
        conversation.said.iter().any(|said| said.by == Speaker::Assistant && said.text.contains(sentence))
    };
    let mut parts = Vec::new();
    if !was_said(text.acknowledgement) {
        parts.push(text.acknowledgement.to_owned());
    }
    let most = if conversation.expertise_level == ExpertiseLevel::Low { 2 } else { text.questions.len() };
    match text.questions.iter().take(most).find(|question| !was_said(question)) {
        Some(question) => {
            parts.push((*question).to_owned());
            if !was_said(text.seek_help) && !text.seek_help.is_empty() {
                parts.push(text.seek_help.to_owned());
            }
        }
        None => {
            parts.extend(
                [text.self_care, text.seek_help].iter().filter(|part| !part.is_empty()).map(|part| (*part).to_owned()),
            );
            parts.push(wording::of(conversation.language).team_reads.to_owned());
        }
    }
    parts
}

/// What is still to be done, said once.
fn reminder(conversation: &Conversation<'_>) -> Option<String> {
    let item = conversation.open_items.first()?;
    let words = wording::of(conversation.language);
    let reminder = (words.reminder)(item);
    let was_said =
        conversation.said.iter().any(|said| said.by == Speaker::Assistant && said.text.contains(reminder.as_str()));
    (!was_said).then_some(reminder)
}

#[cfg(test)]
mod tests;
