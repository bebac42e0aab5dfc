//! Conditions that a message names: some must be seen at once, whatever else is told.

use std::sync::LazyLock;

use crate::dictionary::rows;
use crate::triage::chart::Chart;
use crate::triage::level::{self, Level};
use crate::triage::rule::{Conclusion, RuleName};

static CONDITION: &str = include_str!("../../data/triage/condition.txt");

static LEVELS: LazyLock<Vec<(&'static str, Level)>> =
    LazyLock::new(|| rows(CONDITION).filter_map(|(code, level)| Some((code, level::named(level)?))).collect());

const VERSION: &str = "1";
const TEXTS: [&str; 2] = ["a condition that was named", "una enfermedad que se nombró"];

/// One conclusion for each such condition.
pub(super) fn conclude(chart: &Chart) -> Vec<Conclusion> {
    let named = chart.conditions.iter().filter_map(|(code, evidence)| {
        let level = level_of(code)?;
        let rule = RuleName { table: "condition.named", line: None };
        Some(Conclusion {
            rule,
            version: VERSION,
            level,
            findings: Vec::new(),
            evidence: vec![*evidence],
            crisis: false,
            texts: TEXTS,
        })
    });
    named.collect()
}

/// The level of the longest beginning of a code that is listed.
fn level_of(code: &str) -> Option<Level> {
    let listed = LEVELS.iter().filter(|(beginning, _)| code.starts_with(beginning));
    listed.max_by_key(|(beginning, _)| beginning.len()).map(|(_, level)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_level_and_the_longest_counts() {
        assert_eq!(LEVELS.len(), rows(CONDITION).count());
        assert!(LEVELS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(level_of("I63.9"), Some(Level::EmergencyNow));
        assert_eq!(level_of("J45.901"), Some(Level::WithinADay));
        assert_eq!(level_of("J45.909"), None);
    }
}
