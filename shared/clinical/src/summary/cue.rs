//! What a statement of a visit is about.

use std::sync::LazyLock;

use crate::phrase::{Match, Table};
use crate::text::Text;

static TABLE: LazyLock<Table<Cue>> =
    LazyLock::new(|| Table::parse(&[include_str!("../../data/summary/cue.txt")], Cue::of));

/// What a phrase tells of its statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Cue {
    /// A greeting, a courtesy, talk about other things.
    Noise,
    /// Why the patient comes.
    Intro,
    /// The examination.
    Exam,
    /// A vital sign.
    Vital,
    /// The result of a test.
    Result,
    /// What the clinician thinks it is.
    Assess,
    /// What is to be done.
    Plan,
    /// Advice.
    Educate,
    /// How the complaint began and goes on.
    History,
    /// Earlier diseases and operations.
    Past,
    /// Drugs that are taken.
    Medication,
    /// Allergies.
    Allergy,
    /// Habits, work, home.
    Social,
    /// Diseases of relatives.
    Family,
    /// Periods and pregnancies.
    Female,
    /// Travel and contacts.
    Exposure,
    /// The patient agrees.
    Agree,
}

impl Cue {
    fn of(rule: &str) -> Option<Self> {
        Some(match rule.split('.').next()? {
            "noise" => Self::Noise,
            "intro" => Self::Intro,
            "exam" => Self::Exam,
            "vital" => Self::Vital,
            "result" => Self::Result,
            "assess" => Self::Assess,
            "plan" => Self::Plan,
            "educate" => Self::Educate,
            "history" => Self::History,
            "past" => Self::Past,
            "medication" => Self::Medication,
            "allergy" => Self::Allergy,
            "social" => Self::Social,
            "family" => Self::Family,
            "female" => Self::Female,
            "travel" => Self::Exposure,
            "agree" => Self::Agree,
            _ => return None,
        })
    }
}

/// Every cue of a text, in order.
pub(super) fn find(text: &Text<'_>) -> Vec<Match<Cue>> {
    TABLE.matches(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(TABLE.mistakes(), []);
    }
}
