//! The assistant that needs no model: it acknowledges, asks the next sensible question, repeats what was measured, gives
//! self-care advice that is safe for everybody and says when to seek help. It never diagnoses and never prescribes.
//!
//! It is deterministic: the same conversation gets the same reply, so that a reply can be explained and tested. It knows
//! topics (`topics`), and of each topic the questions that a nurse asks first. The advice follows the public patient
//! information of the NHS (nhs.uk, health A to Z, 2024) and the CDC, put into our own plain words.

use domain::assessment::Language;
use domain::observation::Measurement;
use domain::responder::ExpertiseLevel;

use crate::reading;
use crate::text::Text;

pub use wish::Wish;

use topic::{DANGEROUS, Found, Topic, find};

mod level;
mod topic;
mod topics;
mod usual;
mod wish;
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

/// What the assistant answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What is said to the patient.
    pub text: String,
    /// What the patient asked for that only the care team can give. The text says that the team is told: whoever sends it
    /// must tell them.
    pub wish: Option<Wish>,
}

/// Measurements that an answer repeats, those outside their limits first; the others are counted.
const MOST_REPEATED: usize = 6;

/// The assistant's answer to everything that the patient wrote since somebody last answered.
#[must_use]
pub fn reply(conversation: &Conversation<'_>) -> Reply {
    let words = wording::of(conversation.language);
    let level = conversation.expertise_level;
    let wish = unanswered(conversation).find_map(Wish::of);
    let mut parts = Vec::new();
    if is_first(conversation) {
        parts.push((words.hello)(conversation.first_name));
    }
    let impossible = impossible(conversation);
    let asks_again = impossible.is_some();
    parts.extend(readings(conversation));
    parts.extend(impossible);
    let has_measured = asks_again || parts.len() > usize::from(is_first(conversation));
    let latest = latest(conversation);
    let topic = topic_of(conversation, &latest);
    match topic.filter(|topic| wish.is_none() || topic.urgency >= DANGEROUS) {
        Some(topic) => parts.extend(about(conversation, topic)),
        None if wish.is_some() || asks_again => {}
        None if has_measured || !conversation.readings.is_empty() || !latest.denied.is_empty() => {
            parts.push(words.anything_else.at(level).to_owned());
        }
        None => parts.push(words.tell_more.at(level).to_owned()),
    }
    parts.extend(wish.map(|Wish::Human| words.wants_human.to_owned()));
    parts.extend(reminder(conversation));
    Reply { text: parts.join(" "), wish }
}

/// What the patient wrote since the last answer, newest first.
fn unanswered<'a>(conversation: &Conversation<'a>) -> impl Iterator<Item = &'a str> {
    let unanswered =
        conversation.said.iter().rev().take_while(|said| said.by != Speaker::Assistant && said.by != Speaker::Human);
    unanswered.filter(|said| said.by == Speaker::Patient).map(|said| said.text)
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
/// a question of ours may be short. What they say they do not have any more is over, except a danger that was asked about
/// just now.
fn topic_of(conversation: &Conversation<'_>, latest: &Found) -> Option<&'static Topic> {
    let goes_on = |topic: &&Topic| {
        !topic.is_passing && (!latest.denies(topic) || (topic.urgency >= DANGEROUS && was_asked(conversation, topic)))
    };
    let mut earlier = conversation.said.iter().rev().filter(|said| said.by == Speaker::Patient).take(RECENT);
    latest.topic.or_else(|| earlier.find_map(|said| find(said.text).topic.filter(goes_on)))
}

/// Whether the assistant's last words were a question about a topic.
fn was_asked(conversation: &Conversation<'_>, topic: &Topic) -> bool {
    let questions = topic.in_language(conversation.language).questions(conversation.expertise_level);
    let last = conversation.said.iter().rfind(|said| said.by == Speaker::Assistant);
    last.is_some_and(|last| questions.iter().any(|question| last.text.contains(question)))
}

/// What the patient wrote since the last answer, read for what it is about.
fn latest(conversation: &Conversation<'_>) -> Found {
    let mut written: Vec<&str> = unanswered(conversation).collect();
    written.reverse();
    find(&written.join("\n"))
}

/// Repeats what was measured, says what is usual for it, and what to do when it is outside its limits.
fn readings(conversation: &Conversation<'_>) -> Option<String> {
    let words = wording::of(conversation.language);
    let (language, level) = (conversation.language, conversation.expertise_level);
    let measured = || conversation.readings.iter().filter(|(told, _)| !matches!(told, Measurement::Answer { .. }));
    let (outside, within): (Vec<_>, Vec<_>) = measured().copied().partition(|(_, outside)| *outside);
    let mut told: Vec<String> =
        outside.into_iter().chain(within).map(|(told, _)| wording::measurement(told, language)).collect();
    if told.is_empty() {
        return None;
    }
    let more = told.len().saturating_sub(MOST_REPEATED);
    told.truncate(MOST_REPEATED);
    told.extend((more > 0).then(|| (words.more)(more)));
    let mut parts = vec![(words.noted)(&told.join(", "))];
    let mut add = |sentence: &str| {
        if !parts.iter().any(|part| part == sentence) {
            parts.push(sentence.to_owned());
        }
    };
    measured().filter_map(|(told, _)| usual::of(*told, language, level)).for_each(&mut add);
    if measured().any(|(_, outside)| *outside) {
        add(words.outside_limits);
        measured()
            .filter(|(_, outside)| *outside)
            .filter_map(|(told, _)| usual::again(*told, language))
            .for_each(&mut add);
        add(words.if_unwell.at(level));
    }
    Some(parts.join(" "))
}

/// What is said about a topic: an acknowledgement, then its first question that was not asked yet; when all were, what the
/// patient can do and when to seek help.
fn about(conversation: &Conversation<'_>, topic: &Topic) -> Vec<String> {
    let text = topic.in_language(conversation.language);
    let was_said = |sentence: &str| {
        conversation.said.iter().any(|said| said.by == Speaker::Assistant && said.text.contains(sentence))
    };
    let mut parts = Vec::new();
    if !text.acknowledgement.is_empty() && !was_said(text.acknowledgement) {
        parts.push(text.acknowledgement.to_owned());
    }
    let is_known = topic.asks_for.is_some_and(|kind| is_told(conversation, kind));
    let questions = text.questions(conversation.expertise_level).into_iter().skip(usize::from(is_known));
    match questions.into_iter().find(|question| !was_said(question)) {
        Some(question) => {
            parts.push(question.to_owned());
            if !text.seek_help.is_empty() && !was_said(text.seek_help) {
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

/// Whether the patient told a measurement of a kind already: it is not asked for again.
fn is_told(conversation: &Conversation<'_>, kind: reading::Kind) -> bool {
    let said = conversation.said.iter().filter(|said| said.by == Speaker::Patient);
    let mut read = said.flat_map(|said| reading::read(&Text::read(said.text), &[]));
    read.any(|reading| reading.kind == kind && reading.plausible)
        || conversation.readings.iter().any(|(told, _)| usual::is_of(*told, kind))
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
