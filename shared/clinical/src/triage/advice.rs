//! What to do at home and when to come, for a complaint.

use std::sync::LazyLock;

use crate::dictionary::rows;
use crate::hash::Map;
use crate::triage::spoken::Spoken;

static ADVICE: &str = include_str!("../../data/triage/advice.txt");

static BY_PROTOCOL: LazyLock<Map<&'static str, Advice>> =
    LazyLock::new(|| rows(ADVICE).filter_map(|(id, rest)| Some((id, Advice::of(rest)?))).collect());

/// Advice for one kind of complaint.
#[derive(Debug, Clone, Copy)]
pub(super) struct Advice {
    at_home: [&'static str; 2],
    come_for: [&'static str; 2],
}

impl Advice {
    fn of(row: &'static str) -> Option<Self> {
        let mut fields = row.split('|');
        Some(Self { at_home: [fields.next()?, fields.next()?], come_for: [fields.next()?, fields.next()?] })
    }

    /// The advice of a protocol.
    pub(super) fn for_protocol(id: &str) -> Option<Self> {
        BY_PROTOCOL.get(id).copied()
    }

    /// What to do at home.
    pub(super) fn at_home(self, language: Spoken) -> &'static str {
        let [english, spanish] = self.at_home;
        language.pick(english, spanish)
    }

    /// For which signs to seek help at once, as the end of a sentence.
    pub(super) fn come_for(self, language: Spoken) -> &'static str {
        let [english, spanish] = self.come_for;
        language.pick(english, spanish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::triage::protocol::TABLES;

    #[test]
    fn every_advice_is_complete_and_of_a_protocol() {
        assert_eq!(BY_PROTOCOL.len(), rows(ADVICE).count());
        for (id, advice) in BY_PROTOCOL.iter() {
            assert!(TABLES.protocols.iter().any(|protocol| protocol.id == *id), "{id}");
            for language in [Spoken::English, Spoken::Spanish] {
                assert!(advice.at_home(language).ends_with('.') && !advice.come_for(language).ends_with('.'), "{id}");
            }
        }
    }
}
