//! The tables of each language. A table is read when the first message in its language comes.

use std::sync::LazyLock;

use crate::{
    danger::{frame::Frame, rule::Rule},
    language::{self, Language},
    phrase::Table,
    text::Text,
};

/// What is known about danger in one language.
pub(super) struct Tables {
    /// What was expressed.
    pub(super) rules: Table<Rule>,
    /// What decides whether it is meant.
    pub(super) frames: Table<Frame>,
}

static ENGLISH: LazyLock<Tables> = LazyLock::new(|| {
    let rules = [
        include_str!("../../data/danger/death_en.txt"),
        include_str!("../../data/danger/self_harm_en.txt"),
        include_str!("../../data/danger/plan_en.txt"),
        include_str!("../../data/danger/distress_en.txt"),
        include_str!("../../data/danger/others_en.txt"),
        include_str!("../../data/danger/implied_en.txt"),
        include_str!("../../data/danger/medical_en.txt"),
    ];
    Tables::parse(&rules, &[include_str!("../../data/danger/frame_en.txt")])
});

static SPANISH: LazyLock<Tables> = LazyLock::new(|| {
    let rules = [
        include_str!("../../data/danger/self_harm_es.txt"),
        include_str!("../../data/danger/others_es.txt"),
        include_str!("../../data/danger/medical_es.txt"),
    ];
    Tables::parse(&rules, &[include_str!("../../data/danger/frame_es.txt")])
});

static FRENCH: LazyLock<Tables> = LazyLock::new(|| Tables::parse(&[include_str!("../../data/danger/french.txt")], &[]));

impl Tables {
    fn parse(rules: &[&'static str], frames: &[&'static str]) -> Self {
        Self { rules: Table::parse(rules, Rule::of), frames: Table::parse(frames, Frame::of) }
    }

    /// The tables of a language; those of English where it is unknown.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::English | Language::Unknown => &ENGLISH,
            Language::Spanish => &SPANISH,
            Language::French => &FRENCH,
        }
    }

    /// The tables of the languages that occur in a text.
    pub(super) fn for_text(text: &Text<'_>) -> Vec<&'static Self> {
        language::among(text.tokens()).into_iter().map(Self::of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_understood() {
        for language in [Language::English, Language::Spanish, Language::French] {
            let tables = Tables::of(language);
            assert_eq!(tables.rules.mistakes(), []);
            assert_eq!(tables.frames.mistakes(), []);
        }
    }
}
