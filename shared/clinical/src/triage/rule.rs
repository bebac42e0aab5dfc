//! Rules: what must hold for a level, and what they rest on when they hold.

pub(super) mod source;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::hash::Set;
use crate::triage::chart::Chart;
use crate::triage::evidence::Evidence;
use crate::triage::finding::Finding;
use crate::triage::level::Level;
use crate::triage::measure::Measure;
use crate::triage::spoken::Spoken;
use crate::triage::statement::Statement;

/// A rule that held.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conclusion {
    /// The rule.
    pub rule: RuleName,
    /// Its version.
    pub version: &'static str,
    /// The level that it gives.
    pub level: Level,
    /// The findings that it rests on.
    pub findings: Vec<Finding>,
    /// The words that it rests on, in order.
    pub evidence: Vec<Evidence>,
    /// It is a danger of harming oneself.
    pub crisis: bool,
    /// What it is, in English and in Spanish.
    #[serde(skip)]
    pub(super) texts: [&'static str; 2],
}

impl Conclusion {
    /// What it is, for people: "chest pain with signs of a heart attack". Protocols have no text of their own.
    #[must_use]
    pub fn text(&self, language: Spoken) -> Option<&'static str> {
        let [english, spanish] = self.texts;
        Some(language.pick(english, spanish)).filter(|text| !text.is_empty())
    }
}

/// The name of a rule: "chest_pain.heart_attack", or with the line of a protocol "headache.severe".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleName {
    pub(super) table: &'static str,
    pub(super) line: Option<&'static str>,
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table)?;
        self.line.map_or(Ok(()), |line| write!(f, ".{line}"))
    }
}

impl Serialize for RuleName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One condition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Atom {
    /// It is there.
    Present(Finding),
    /// It is not said to be there.
    Absent(Finding),
    /// It is said not to be there.
    Denied(Finding),
    /// Both are there, in one sentence or in neighbouring ones.
    Near(Finding, Finding),
    /// A measure compares so.
    Compare(Measure, Comparison, f64),
    /// A measure is unknown, or does not compare so.
    NotCompare(Measure, Comparison, f64),
}

/// How a measure compares with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    AtLeast,
    AtMost,
    Above,
    Below,
}

/// Alternatives of which some must hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    pub(super) least: usize,
    /// Each holds when all its conditions do.
    pub(super) alternatives: Vec<Vec<Atom>>,
}

/// A line of a rule: all its terms must hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) terms: Vec<Term>,
}

/// What a line rests on.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    pub(super) findings: Vec<Finding>,
    pub(super) evidence: Vec<Evidence>,
}

impl Grounds {
    fn add_finding(&mut self, chart: &Chart, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
            self.evidence.extend(chart.evidence_of(finding));
        }
    }

    /// Adds what another line rests on.
    pub(super) fn add(&mut self, other: Self) {
        let new = other.findings.into_iter().filter(|finding| !self.findings.contains(finding)).collect::<Vec<_>>();
        self.findings.extend(new);
        self.evidence.extend(other.evidence);
    }

    /// In order, each once.
    pub(super) fn sorted(mut self) -> Self {
        self.evidence.sort_unstable();
        self.evidence.dedup();
        self
    }
}

impl Line {
    /// What the line rests on, when it holds. `about` is the complaint that "hours" speaks of.
    pub(super) fn grounds(&self, chart: &Chart, about: Option<Finding>) -> Option<Grounds> {
        // Most lines fail at their first finding: nothing is collected before all terms hold.
        let complaint = about.or_else(|| self.first_present(chart));
        let mention = complaint.and_then(|finding| chart.mentions(finding).next());
        if !self.terms.iter().all(|term| term.holds(chart, mention)) {
            return None;
        }
        let mut grounds = Grounds::default();
        for atom in self.terms.iter().flat_map(|term| term.holding(chart, mention)).flatten() {
            atom.collect(chart, mention, &mut grounds);
        }
        Some(grounds)
    }

    fn first_present(&self, chart: &Chart) -> Option<Finding> {
        let findings = self.terms.iter().flat_map(|term| term.alternatives.iter().flatten());
        findings.filter_map(|atom| atom.finding()).find(|finding| chart.is_present(*finding))
    }
}

impl Term {
    fn holding<'a>(&'a self, chart: &'a Chart, mention: Option<&'a Statement>) -> impl Iterator<Item = &'a Vec<Atom>> {
        self.alternatives.iter().filter(move |atoms| atoms.iter().all(|atom| atom.holds(chart, mention)))
    }

    pub(super) fn holds(&self, chart: &Chart, mention: Option<&Statement>) -> bool {
        self.holding(chart, mention).take(self.least).count() >= self.least
    }
}

impl Atom {
    /// The finding whose presence it wants.
    pub(super) fn finding(self) -> Option<Finding> {
        match self {
            Self::Present(finding) | Self::Near(finding, _) => Some(finding),
            _ => None,
        }
    }

    fn holds(self, chart: &Chart, mention: Option<&Statement>) -> bool {
        match self {
            Self::Present(finding) => chart.is_present(finding),
            Self::Absent(finding) => !chart.is_present(finding),
            Self::Denied(finding) => chart.is_denied(finding),
            Self::Near(one, other) => are_near(chart, one, other),
            Self::Compare(measure, comparison, limit) => compares(chart, mention, (measure, comparison, limit)),
            Self::NotCompare(measure, comparison, limit) => !compares(chart, mention, (measure, comparison, limit)),
        }
    }

    fn collect(self, chart: &Chart, mention: Option<&Statement>, grounds: &mut Grounds) {
        match self {
            Self::Present(finding) => grounds.add_finding(chart, finding),
            Self::Near(one, other) => {
                grounds.add_finding(chart, one);
                grounds.add_finding(chart, other);
            }
            Self::Compare(Measure::Hours, ..) => {
                grounds.evidence.extend(chart.since(mention).map(|timing| timing.evidence));
            }
            Self::Compare(measure, ..) => {
                grounds.evidence.extend(chart.measured(measure).and_then(|measured| measured.evidence));
            }
            Self::Absent(_) | Self::Denied(_) | Self::NotCompare(..) => {}
        }
    }
}

fn are_near(chart: &Chart, one: Finding, other: Finding) -> bool {
    let places: Set<(usize, usize)> =
        chart.mentions(other).map(|other| (other.evidence.turn, other.sentence)).collect();
    let near = |one: &Statement| {
        let sentences = one.sentence.saturating_sub(1)..=one.sentence + 1;
        sentences.into_iter().any(|sentence| places.contains(&(one.evidence.turn, sentence)))
    };
    chart.mentions(one).any(near)
}

fn compares(
    chart: &Chart,
    mention: Option<&Statement>,
    (measure, comparison, limit): (Measure, Comparison, f64),
) -> bool {
    let value = match measure {
        Measure::Hours => chart.since(mention).map(|timing| timing.hours),
        _ => chart.value(measure),
    };
    value.is_some_and(|value| match comparison {
        Comparison::AtLeast => value >= limit,
        Comparison::AtMost => value <= limit,
        Comparison::Above => value > limit,
        Comparison::Below => value < limit,
    })
}
