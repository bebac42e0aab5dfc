//! The daily report of a thread: what the patient said, what was measured and how it changed, the risk, what is to be done.

use domain::message::Message;
use domain::report::Report;
use domain::time::Timestamp;

use crate::brief::{Sources, risk};
use crate::sentence::shortened;

mod trend;

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
        said: earlier(skipped).into_iter().chain(said.into_iter().skip(skipped)).collect(),
        readings: trend::trends(sources, is_new),
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

/// The line that stands for the messages that are not shown.
fn earlier(skipped: usize) -> Option<String> {
    match skipped {
        0 => None,
        1 => Some("and 1 earlier message".to_owned()),
        _ => Some(format!("and {skipped} earlier messages")),
    }
}

fn open_tasks(sources: Sources<'_>) -> Vec<String> {
    let Some(task) = sources.thread.care.task.as_ref().filter(|task| task.completed_at.is_none()) else {
        return Vec::new();
    };
    let items = task.open_items().map(|item| item.text.clone());
    std::iter::once(format!("{}: {}", task.title, task.objective)).chain(items).collect()
}

#[cfg(test)]
mod tests;
