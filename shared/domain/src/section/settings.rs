//! What a therapist changes about a section (contract I-5), checked.

use super::{Mode, Section, TagReason};
use crate::error::{Error, Result};
use crate::tag::Urgency;
use crate::text::{MessageText, one_line};

const MOST_REASONS: usize = 20;
const MOST_TERMS: usize = 100;
/// The longest reason or term, in characters.
const LONGEST: usize = 100;
const LONGEST_MESSAGE: usize = 2_000;
/// Faster polling than this costs more than it shows; slower is not a chat any more.
const POLL_MS: std::ops::RangeInclusive<u32> = 1_000..=60_000;
/// A day.
const MOST_MINUTES: u32 = 1_440;

/// The fields of the request as they came; what is left out stays as it is.
#[derive(Debug, Clone, Default)]
pub struct SettingsFields {
    /// `ai_hybrid` or `human_only`.
    pub mode: Option<String>,
    /// Whether subjects can call a therapist.
    pub tagging_enabled: Option<bool>,
    /// The reasons for it.
    pub tag_reasons: Option<Vec<ReasonFields>>,
    /// Further words that are a danger.
    pub danger_terms: Option<Vec<String>>,
    /// What a subject in danger is told; blank for our own text.
    pub blocked_message: Option<String>,
    /// Whether the words are shown that a danger was found by.
    pub show_keywords: Option<bool>,
    /// How often clients look for news.
    pub poll_interval_ms: Option<u32>,
    /// Minutes until an unread alert goes to the next therapist; 0 is never.
    pub escalation_minutes: Option<u32>,
}

/// A reason as it came.
#[derive(Debug, Clone, Default)]
pub struct ReasonFields {
    /// What requests name it by.
    pub key: String,
    /// What people read; the key when it is left out.
    pub label: Option<String>,
    /// How soon a therapist is wanted.
    pub urgency: Option<String>,
}

impl Section {
    /// This section as a therapist wants it.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn with(&self, fields: SettingsFields) -> Result<Self> {
        let mut section = self.clone();
        section.mode = fields.mode.as_deref().map(mode).transpose()?.unwrap_or(section.mode);
        section.tagging_enabled = fields.tagging_enabled.unwrap_or(section.tagging_enabled);
        section.tag_reasons = fields.tag_reasons.map(reasons).transpose()?.unwrap_or(section.tag_reasons);
        section.danger_terms = fields.danger_terms.map(terms).transpose()?.unwrap_or(section.danger_terms);
        if let Some(message) = fields.blocked_message {
            section.blocked_message = MessageText::parse("blocked_message", &message, LONGEST_MESSAGE)?;
        }
        section.show_keywords = fields.show_keywords.unwrap_or(section.show_keywords);
        section.poll_interval_ms =
            fields.poll_interval_ms.map(poll_interval).transpose()?.unwrap_or(section.poll_interval_ms);
        section.escalation_minutes =
            fields.escalation_minutes.map(minutes).transpose()?.unwrap_or(section.escalation_minutes);
        section.version = section.version.saturating_add(1);
        Ok(section)
    }
}

fn mode(name: &str) -> Result<Mode> {
    match name.trim() {
        "ai_hybrid" => Ok(Mode::AiHybrid),
        "human_only" => Ok(Mode::HumanOnly),
        _ => Err(Error::invalid("mode", "mode must be one of ai_hybrid, human_only.")),
    }
}

fn poll_interval(ms: u32) -> Result<u32> {
    let (least, most) = (POLL_MS.start(), POLL_MS.end());
    let fits = POLL_MS.contains(&ms).then_some(ms);
    fits.ok_or_else(|| {
        Error::invalid("poll_interval_ms", format!("poll_interval_ms must be a whole number from {least} to {most}."))
    })
}

fn minutes(minutes: u32) -> Result<u32> {
    (minutes <= MOST_MINUTES).then_some(minutes).ok_or_else(|| {
        let text = format!("escalation_minutes must be a whole number from 0 to {MOST_MINUTES}.");
        Error::invalid("escalation_minutes", text)
    })
}

fn reasons(given: Vec<ReasonFields>) -> Result<Vec<TagReason>> {
    let mut reasons: Vec<TagReason> = Vec::new();
    for fields in given {
        let key = line("tag_reasons", &fields.key)?;
        let label = line("tag_reasons", fields.label.as_deref().unwrap_or(&fields.key))?;
        if reasons.iter().any(|known| known.key == key) {
            return Err(Error::invalid("tag_reasons", "tag_reasons must have each key once."));
        }
        reasons.push(TagReason { key, label, urgency: urgency(fields.urgency.as_deref())? });
    }
    at_most("tag_reasons", reasons, MOST_REASONS)
}

fn urgency(name: Option<&str>) -> Result<Urgency> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else { return Ok(Urgency::Normal) };
    let known = Urgency::parse(name);
    known.ok_or_else(|| Error::invalid("tag_reasons", "urgency must be one of normal, urgent, emergency."))
}

fn terms(given: Vec<String>) -> Result<Vec<String>> {
    let mut terms: Vec<String> = Vec::new();
    for raw in given {
        let term = line("danger_terms", &raw)?;
        if !term.chars().any(char::is_alphanumeric) {
            return Err(Error::invalid("danger_terms", "danger_terms must be words."));
        }
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    at_most("danger_terms", terms, MOST_TERMS)
}

/// A text on one line, 1 to 100 characters.
fn line(field: &'static str, raw: &str) -> Result<String> {
    let line = one_line(raw);
    let fits = (1..=LONGEST).contains(&line.chars().count());
    fits.then_some(line)
        .ok_or_else(|| Error::invalid(field, format!("{field} must have 1 to {LONGEST} characters each.")))
}

fn at_most<T>(field: &'static str, entries: Vec<T>, most: usize) -> Result<Vec<T>> {
    let fits = entries.len() <= most;
    fits.then_some(entries).ok_or_else(|| Error::invalid(field, format!("{field} must have at most {most} entries.")))
}
