//! Symptoms in the words of patients: a table of phrases, each rule with the clinical name of its symptom.

use std::sync::LazyLock;

use crate::phrase::{Match, Table};
use crate::text::Text;

pub(super) static TABLE: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    Table::parse(&[include_str!("../../data/symptom/wording.txt")], |rule| rule.split_once(' ').map(|(_, name)| name))
});

/// The phrases in a text, each labelled with the name of its symptom.
pub(super) fn find(text: &Text<'_>) -> Vec<Match<&'static str>> {
    TABLE.matches(text)
}
