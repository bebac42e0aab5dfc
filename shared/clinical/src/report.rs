//! The daily report of a thread: what the patient said, what was measured and how it changed, the risk, what is to be done.

use domain::message::Message;
use domain::observation::{Measurement, Observation};
use domain::report::Report;
use domain::time::Timestamp;

use crate::brief::{Sources, risk};
use crate::sentence::shortened;

const QUOTE: usize = 280;
const MOST: usize = 20;

/// The report of what happened since `since`, written at `now`.
#[must_use]
pub fn daily(sources: Sources<'_>, since: Timestamp, now: Timestamp) -> Report {
    let is_new = |created: Timestamp| created > since && created <= now;
    let said = sources.messages.iter().filter(|message| message.author.is_patient() && is_new(message.created));
    let said: Vec<String> = said.filter_map(|message| quoted(message, sources)).collect();
    let skipped = said.len().saturating_sub(MOST);
    Report {
        thread: sources.thread.thread,
        date: sources.zone.date(now),
        said: said.into_iter().skip(skipped).collect(),
        readings: readings(sources.observations, is_new),
        risk: risk(sources.thread, sources.alerts),
        open_tasks: open_tasks(sources),
        created: now,
    }
}

fn quoted(message: &Message, sources: Sources<'_>) -> Option<String> {
    let clock = sources.zone.clock(message.created);
    let time = clock.split(' ').nth(1).unwrap_or_default();
    let text = match (&message.text, &message.media) {
        (Some(text), _) => shortened(text.as_str(), QUOTE),
        (None, Some(media)) => format!("[{}]", media.kind.display()),
        (None, None) => return None,
    };
    (!message.deleted).then(|| format!("{time} {text}"))
}

/// Every kind that was measured today: the last value, and how it changed from the one before.
fn readings(observations: &[Observation], is_new: impl Fn(Timestamp) -> bool) -> Vec<String> {
    let mut kinds: Vec<&'static str> = Vec::new();
    for observation in observations.iter().filter(|observation| is_new(observation.created)) {
        let kind = observation.measurement.name();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.into_iter().filter_map(|kind| trend(observations, kind)).collect()
}

fn trend(observations: &[Observation], kind: &str) -> Option<String> {
    let mut same = observations.iter().rev().filter(|observation| observation.measurement.name() == kind);
    let last = same.next()?;
    let outside = if last.severity.is_some() { ", outside the limits" } else { "" };
    let text = last.measurement.text();
    let before = same.next().map(|before| before.measurement);
    let change = match (last.measurement.leading_value(), before.and_then(Measurement::leading_value)) {
        (Some(now), Some(then)) if now > then => "up from",
        (Some(now), Some(then)) if now < then => "down from",
        (Some(_), Some(_)) => "unchanged from",
        _ => "",
    };
    Some(match before.filter(|_| !change.is_empty()) {
        Some(before) => format!("{text}{outside}, {change} {}", without_name(&text, &before.text())),
        None => format!("{text}{outside}"),
    })
}

/// A measurement's text without the name that another of its kind begins with.
fn without_name(text: &str, before: &str) -> String {
    let is_value = |word: &&str| !word.starts_with(|c: char| c.is_ascii_digit());
    let name = text.split(' ').take_while(is_value).map(|word| word.len() + 1).sum();
    before.get(name..).unwrap_or(before).to_owned()
}

fn open_tasks(sources: Sources<'_>) -> Vec<String> {
    let Some(task) = sources.thread.care.task.as_ref().filter(|task| task.completed_at.is_none()) else {
        return Vec::new();
    };
    let items = task.open_items().map(ToOwned::to_owned);
    std::iter::once(format!("{}: {}", task.title, task.objective)).chain(items).collect()
}

#[cfg(test)]
mod tests;
