//! A topic of the assistant, and finding the one that a message is about.

use std::sync::LazyLock;

use domain::assessment::Language;
use domain::responder::ExpertiseLevel;

use super::topics;
use crate::context::Context;
use crate::phrase::Table;
use crate::reading::Kind;
use crate::text::Text as Written;

static TABLE: LazyLock<Table<Label>> =
    LazyLock::new(|| Table::parse(&[include_str!("../../data/assistant/topic.txt")], Label::of));

/// Something that patients write about.
#[derive(Debug)]
pub(super) struct Topic {
    /// The rule of `data/assistant/topic.txt` that has its words.
    pub(super) rule: &'static str,
    /// The more urgent topic wins when a message speaks of several.
    pub(super) urgency: u8,
    /// Whether it is over once it was answered: thanks, a greeting.
    pub(super) is_passing: bool,
    /// The measurement that its first question asks for.
    pub(super) asks_for: Option<Kind>,
    pub(super) english: Text,
    pub(super) spanish: Text,
}

/// What is said about a topic in a language.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) acknowledgement: &'static str,
    /// The one question for those who need few and everyday words; empty when `questions` serve everybody.
    pub(super) plain: &'static str,
    /// The first question for those who understand medical terms; empty when `questions` serve everybody.
    pub(super) clinical: &'static str,
    /// What a nurse asks first, in order.
    pub(super) questions: &'static [&'static str],
    /// What is safe for everybody to do.
    pub(super) self_care: &'static str,
    /// When to seek help, and where.
    pub(super) seek_help: &'static str,
}

/// Topics from here on are dangerous by themselves: what is said about them is never left out.
pub(super) const DANGEROUS: u8 = 8;

impl Topic {
    pub(super) fn in_language(&self, language: Language) -> &Text {
        match language {
            Language::English => &self.english,
            Language::Spanish => &self.spanish,
        }
    }
}

impl Text {
    /// The questions in the order in which they are asked: one in everyday words, all in plain words, or all with the first
    /// in medical terms.
    pub(super) fn questions(&self, level: ExpertiseLevel) -> Vec<&'static str> {
        match level {
            ExpertiseLevel::Low if !self.plain.is_empty() => vec![self.plain],
            ExpertiseLevel::High if !self.clinical.is_empty() => {
                std::iter::once(self.clinical).chain(self.questions.iter().copied().skip(1)).collect()
            }
            ExpertiseLevel::Low | ExpertiseLevel::Medium | ExpertiseLevel::High => self.questions.to_vec(),
        }
    }
}

/// The topic of a phrase.
#[derive(Debug, Clone, Copy)]
struct Label {
    topic: &'static Topic,
    /// It is a complaint: one that the writer denies is not spoken of.
    is_complaint: bool,
}

impl Label {
    fn of(rule: &str) -> Option<Self> {
        let (kind, name) = rule.split_once('.')?;
        let is_complaint = match kind {
            "complaint" => true,
            "matter" => false,
            _ => return None,
        };
        topics::all().find(|topic| topic.rule == name).map(|topic| Self { topic, is_complaint })
    }
}

/// What a text is about.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The most urgent topic, and of equal ones the one named last.
    pub(super) topic: Option<&'static Topic>,
    /// The complaints that the writer says they do not have.
    pub(super) denied: Vec<&'static str>,
}

impl Found {
    pub(super) fn denies(&self, topic: &Topic) -> bool {
        self.denied.contains(&topic.rule)
    }
}

/// What a text is about, and what its writer denies.
pub(super) fn find(written: &str) -> Found {
    let text = Written::read(written);
    let phrases = TABLE.matches(&text);
    if phrases.is_empty() {
        return Found::default();
    }
    let context = Context::read(&text);
    let (denied, meant): (Vec<_>, Vec<_>) =
        phrases.iter().partition(|found| found.label.is_complaint && context.of(&found.tokens).negated);
    let most = meant.into_iter().max_by_key(|found| (found.label.topic.urgency, found.tokens.start));
    Found {
        topic: most.map(|found| found.label.topic),
        denied: denied.into_iter().map(|found| found.label.topic.rule).collect(),
    }
}

#[cfg(test)]
mod tests;
