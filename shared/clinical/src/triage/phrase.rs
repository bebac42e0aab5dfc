//! How and in which circumstances a symptom is told: the table of phrases of the findings that no other engine names.

use std::sync::LazyLock;

use crate::phrase::Table;
use crate::triage::finding::Finding;

pub(super) static TABLE: LazyLock<Table<Finding>> = LazyLock::new(|| {
    let sources = [include_str!("../../data/triage/phrase_en.txt"), include_str!("../../data/triage/phrase_es.txt")];
    Table::parse(&sources, Finding::named)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_phrase_of_a_known_finding() {
        assert_eq!(TABLE.mistakes(), []);
    }
}
