//! A topic of the assistant, and finding the one that a message is about.

use domain::assessment::Language;

use super::topics;

/// Something that patients write about.
#[derive(Debug)]
pub(super) struct Topic {
    /// Words that speak of it, in both languages, without case and accents; several words must follow one another.
    pub(super) words: &'static [&'static str],
    /// The more urgent topic wins when a message speaks of several.
    pub(super) urgency: u8,
    /// Whether it is over once it was answered: thanks, a greeting.
    pub(super) is_passing: bool,
    pub(super) english: Text,
    pub(super) spanish: Text,
}

/// What is said about a topic in a language.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) acknowledgement: &'static str,
    /// What a nurse asks first, in order.
    pub(super) questions: &'static [&'static str],
    /// What is safe for everybody to do.
    pub(super) self_care: &'static str,
    /// When to seek help, and where.
    pub(super) seek_help: &'static str,
}

impl Topic {
    pub(super) fn in_language(&self, language: Language) -> &Text {
        match language {
            Language::English => &self.english,
            Language::Spanish => &self.spanish,
        }
    }

    /// The place behind the last of its words in a folded text; later words say more about what is meant now.
    fn speaks(&self, padded: &str) -> Option<usize> {
        self.words.iter().filter_map(|word| padded.rfind(&format!(" {word} "))).max()
    }
}

/// The topic of a folded text: the most urgent, and of equal ones the one named last.
pub(super) fn find(folded: &str) -> Option<&'static Topic> {
    let padded = format!(" {folded} ");
    let named = topics::all().filter_map(|topic| Some((topic.urgency, topic.speaks(&padded)?, topic)));
    named.max_by_key(|(urgency, place, _)| (*urgency, *place)).map(|(.., topic)| topic)
}
