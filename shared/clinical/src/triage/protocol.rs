//! The tables of rules: red flags, protocols of complaints, and conditions that are named.

use std::sync::LazyLock;

use crate::triage::chart::Chart;
use crate::triage::finding::Finding;
use crate::triage::level::{self, Level};
use crate::triage::rule::source::{Entry, Row, Source};
use crate::triage::rule::{Conclusion, Line, RuleName};

static FLAG: &str = include_str!("../../data/triage/flag.txt");
static PROTOCOL: &str = include_str!("../../data/triage/protocol.txt");

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// A red flag.
#[derive(Debug)]
pub(super) struct Flag {
    pub(super) id: &'static str,
    version: &'static str,
    pub(super) level: Level,
    texts: [&'static str; 2],
    pub(super) lines: Vec<Line>,
}

/// What level complaints have by themselves.
#[derive(Debug)]
pub(super) struct Protocol {
    pub(super) id: &'static str,
    version: &'static str,
    pub(super) complaints: Vec<Finding>,
    pub(super) rows: Vec<Row>,
}

/// All rules.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) flags: Vec<Flag>,
    pub(super) protocols: Vec<Protocol>,
    #[cfg(test)]
    pub(super) mistakes: Vec<&'static str>,
}

impl Tables {
    fn read() -> Self {
        let flags = Source::read(FLAG);
        let protocols = Source::read(PROTOCOL);
        #[cfg(test)]
        let mistakes = [flags.mistakes.clone(), protocols.mistakes.clone()].concat();
        Self {
            flags: flags.entries.into_iter().filter_map(Flag::of).collect(),
            protocols: protocols.entries.into_iter().filter_map(Protocol::of).collect(),
            #[cfg(test)]
            mistakes,
        }
    }
}

impl Flag {
    fn of(entry: Entry) -> Option<Self> {
        let [id, version, level] = entry.head.try_into().ok()?;
        let (english, spanish) = entry.text.split_once(" | ")?;
        let lines = entry.lines.into_iter().map(|row| row.line).collect();
        Some(Self { id, version, level: level::named(level)?, texts: [english, spanish], lines })
    }

    /// The conclusion, with what all lines that hold rest on.
    pub(super) fn conclude(&self, chart: &Chart) -> Option<Conclusion> {
        let mut holding = self.lines.iter().filter_map(|line| line.grounds(chart, None));
        let mut grounds = holding.next()?;
        holding.for_each(|more| grounds.add(more));
        let grounds = grounds.sorted();
        Some(Conclusion {
            rule: RuleName { table: self.id, line: None },
            version: self.version,
            level: self.level,
            findings: grounds.findings,
            evidence: grounds.evidence,
            crisis: self.id.starts_with("mind.suicide"),
            texts: self.texts,
        })
    }
}

impl Protocol {
    /// `[id version finding|finding]`; the first finding of its complaints that is there is what "hours" speaks of.
    fn of(entry: Entry) -> Option<Self> {
        let [id, version, complaints] = entry.head.try_into().ok()?;
        let complaints = complaints.split('|').map(Finding::named).collect::<Option<_>>()?;
        Some(Self { id, version, complaints, rows: entry.lines })
    }

    /// Whether it is for messages that only ask: it counts when nothing else does.
    pub(super) fn is_of_questions(&self) -> bool {
        self.id == "question"
    }

    /// The first of its complaints that the patient told.
    pub(super) fn complaint(&self, chart: &Chart) -> Option<Finding> {
        let told = self.complaints.iter().copied().filter(|finding| chart.is_present(*finding));
        told.min_by_key(|finding| chart.evidence_of(*finding).next())
    }

    /// The level of the complaint: that of the first line that holds.
    pub(super) fn conclude(&self, chart: &Chart) -> Option<Conclusion> {
        let complaint = self.complaint(chart)?;
        let (level, label, mut grounds) = self.rows.iter().find_map(|row| {
            let (level, label) = row.verdict?;
            Some((level, label, row.line.grounds(chart, Some(complaint))?))
        })?;
        grounds.findings.retain(|finding| *finding != complaint);
        grounds.findings.insert(0, complaint);
        grounds.evidence.extend(chart.evidence_of(complaint));
        let grounds = grounds.sorted();
        Some(Conclusion {
            rule: RuleName { table: self.id, line: Some(label) },
            version: self.version,
            level,
            findings: grounds.findings,
            evidence: grounds.evidence,
            crisis: false,
            texts: ["", ""],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_understood() {
        assert_eq!(TABLES.mistakes, Vec::<&str>::new());
        assert_eq!(FLAG.matches("\n[").count(), TABLES.flags.len());
        assert_eq!(PROTOCOL.matches("\n[").count(), TABLES.protocols.len());
    }

    #[test]
    fn rules_have_names_of_their_own_and_protocols_an_end() {
        let mut ids: Vec<&str> =
            TABLES.flags.iter().map(|flag| flag.id).chain(TABLES.protocols.iter().map(|p| p.id)).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for protocol in &TABLES.protocols {
            assert!(protocol.rows.last().is_some_and(|row| row.line.terms.is_empty()), "{}", protocol.id);
            let mut labels: Vec<_> = protocol.rows.iter().map(|row| row.verdict.map(|(_, label)| label)).collect();
            assert!(labels.iter().all(Option::is_some), "{}", protocol.id);
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), protocol.rows.len(), "{}", protocol.id);
            assert!(!protocol.complaints.is_empty(), "{}", protocol.id);
        }
        assert!(TABLES.flags.iter().all(|flag| !flag.lines.is_empty() && flag.id.contains('.')));
    }
}
