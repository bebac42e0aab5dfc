//! What a human reads who takes a thread over: five lines, all of them in the words of the thread.

use domain::alert::Alert;
use domain::message::{Audience, Message};
use domain::observation::Observation;
use domain::text::name_key;
use domain::thread::Thread;
use domain::zone::Zone;

use crate::sentence::{sentences, shortened};

/// The five lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Why the patient writes.
    pub reason: String,
    /// How worried somebody should be, and why.
    pub risk: String,
    /// What the patient asked and nobody answered.
    pub open_questions: String,
    /// What was measured last.
    pub last_readings: String,
    /// What the patient was promised.
    pub promised: String,
}

/// What a brief is made from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The thread.
    pub thread: &'a Thread,
    /// Its newest messages, in order.
    pub messages: &'a [Message],
    /// Its newest observations, in order.
    pub observations: &'a [Observation],
    /// Its newest alerts, newest first.
    pub alerts: &'a [Alert],
    /// Where times are told.
    pub zone: &'a Zone,
}

const LINE: usize = 300;
const QUOTE: usize = 160;
const NONE: &str = "None.";

/// Words that promise something, folded, in both languages.
const PROMISES: [&str; 16] = [
    "i will",
    "i ll",
    "we will",
    "we ll",
    "going to call",
    "call you",
    "let you know",
    "get back to you",
    "see you on",
    "le llamare",
    "le llamaremos",
    "te llamare",
    "le avisare",
    "le avisaremos",
    "vamos a",
    "le escribire",
];

/// The brief of a thread.
#[must_use]
pub fn brief(sources: Sources<'_>) -> Brief {
    Brief {
        reason: reason(sources),
        risk: risk(sources.thread, sources.alerts),
        open_questions: open_questions(sources.messages),
        last_readings: last_readings(sources.observations, sources.zone),
        promised: promised(sources.messages),
    }
}

fn texts(messages: &[Message]) -> impl DoubleEndedIterator<Item = (&Message, &str)> {
    let seen = messages.iter().filter(|message| !message.deleted && message.audience == Audience::Everybody);
    seen.filter_map(|message| Some((message, message.text.as_ref()?.as_str())))
}

/// The last thing that the patient said of more than a word or two.
fn reason(sources: Sources<'_>) -> String {
    let task = sources.thread.care.task.as_ref().map(|task| format!("Task: {}. ", task.title)).unwrap_or_default();
    let said = texts(sources.messages).rev().filter(|(message, _)| message.author.is_patient());
    let mut said = said.map(|(_, text)| text).peekable();
    let last = said.peek().copied();
    let telling = said.find(|text| text.split_whitespace().count() > 3).or(last);
    match telling {
        Some(text) => shortened(&format!("{task}The patient wrote: \"{}\"", shortened(text, QUOTE)), LINE),
        None => shortened(&format!("{task}The patient has not written yet."), LINE),
    }
}

/// How worried somebody should be, and the open alerts.
#[must_use]
pub fn risk(thread: &Thread, alerts: &[Alert]) -> String {
    let level = match thread.care.risk {
        domain::care::Risk::Low => "Low",
        domain::care::Risk::Medium => "Medium",
        domain::care::Risk::High => "High",
        domain::care::Risk::Critical => "Critical",
    };
    let open: Vec<&str> =
        alerts.iter().filter(|alert| alert.acknowledged.is_none()).map(|alert| alert.text.as_str()).collect();
    match open.as_slice() {
        [] => format!("{level}. No open alerts."),
        open => shortened(&format!("{level}. {}", open.join(" ")), LINE),
    }
}

fn open_questions(messages: &[Message]) -> String {
    let since = texts(messages).rev().take_while(|(message, _)| !message.author.is_provider());
    let mut questions: Vec<&str> = since
        .filter(|(message, _)| message.author.is_patient())
        .flat_map(|(_, text)| sentences(text).filter(|sentence| sentence.ends_with('?')))
        .take(3)
        .collect();
    questions.reverse();
    listed(&questions)
}

fn listed(parts: &[&str]) -> String {
    if parts.is_empty() { NONE.to_owned() } else { shortened(&parts.join(" "), LINE) }
}

fn last_readings(observations: &[Observation], zone: &Zone) -> String {
    let mut latest: Vec<&Observation> = Vec::new();
    for observation in observations.iter().rev() {
        let kind = observation.measurement.name();
        if latest.len() < 4 && !latest.iter().any(|known| known.measurement.name() == kind) {
            latest.push(observation);
        }
    }
    let parts: Vec<String> = latest
        .iter()
        .map(|observation| {
            let outside = if observation.severity.is_some() { ", outside the limits" } else { "" };
            format!("{} ({}{outside})", observation.measurement.text(), zone.clock(observation.created))
        })
        .collect();
    if parts.is_empty() { NONE.to_owned() } else { shortened(&format!("{}.", parts.join("; ")), LINE) }
}

fn promised(messages: &[Message]) -> String {
    let ours = texts(messages).rev().filter(|(message, _)| !message.author.is_patient());
    let mut promises: Vec<&str> =
        ours.flat_map(|(_, text)| sentences(text).filter(|line| promises(line))).take(2).collect();
    promises.reverse();
    listed(&promises)
}

fn promises(sentence: &str) -> bool {
    let folded = format!(" {} ", name_key(sentence));
    PROMISES.iter().any(|promise| folded.contains(&format!(" {promise} ")))
}

#[cfg(test)]
pub(crate) mod tests;
