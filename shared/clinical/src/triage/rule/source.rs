//! Reading the tables of rules. Their form stands at the head of `data/triage/flag.txt` and `protocol.txt`.

use crate::hash::Map;
use crate::triage::finding::Finding;
use crate::triage::level::{self, Level};
use crate::triage::measure::Measure;
use crate::triage::rule::{Atom, Comparison, Line, Term};

/// A rule or a protocol as its table has it.
#[derive(Debug, Clone)]
pub(in crate::triage) struct Entry {
    /// What stands between its brackets, divided by spaces.
    pub(in crate::triage) head: Vec<&'static str>,
    /// What stands behind them.
    pub(in crate::triage) text: &'static str,
    pub(in crate::triage) lines: Vec<Row>,
}

/// A line.
#[derive(Debug, Clone)]
pub(in crate::triage) struct Row {
    /// In a protocol: the level and the label of the line.
    pub(in crate::triage) verdict: Option<(Level, &'static str)>,
    pub(in crate::triage) line: Line,
}

/// The entries of a table, and the lines that were not understood.
#[derive(Debug, Default)]
pub(in crate::triage) struct Source {
    groups: Map<&'static str, Vec<&'static str>>,
    pub(in crate::triage) entries: Vec<Entry>,
    pub(in crate::triage) mistakes: Vec<&'static str>,
}

impl Source {
    pub(in crate::triage) fn read(table: &'static str) -> Self {
        let mut source = Self::default();
        let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            if source.line(line).is_none() {
                source.mistakes.push(line);
            }
        }
        source
    }

    fn line(&mut self, line: &'static str) -> Option<()> {
        if let Some((name, members)) = line.split_once(" = ").filter(|(name, _)| name.starts_with('@')) {
            let members = members.split('|').map(str::trim).filter(|member| !member.is_empty());
            self.groups.entry(name).or_default().extend(members);
            return Some(());
        }
        if let Some((head, text)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let head = head.split_whitespace().collect();
            self.entries.push(Entry { head, text: text.trim(), lines: Vec::new() });
            return Some(());
        }
        let (verdict, terms) = match line.split_once(':').filter(|(verdict, _)| verdict.contains(' ')) {
            Some((verdict, terms)) => {
                let (level, label) = verdict.split_once(' ')?;
                (Some((level::named(level)?, label)), terms)
            }
            None => (None, line),
        };
        let terms = terms.split_whitespace().map(|term| self.term(term)).collect::<Option<Vec<_>>>()?;
        self.entries.last_mut()?.lines.push(Row { verdict, line: Line { terms } });
        Some(())
    }

    /// `2:a|b|c`, `a|b&c`, `a~b|c`.
    fn term(&self, term: &'static str) -> Option<Term> {
        let counted = term.split_once(':').and_then(|(least, rest)| Some((least.parse().ok()?, rest)));
        let (least, rest) = counted.unwrap_or((1, term));
        let (near, rest) = match rest.split_once('~') {
            Some((near, rest)) => (Some(self.findings(near)?), rest),
            None => (None, rest),
        };
        let mut alternatives = Vec::new();
        for alternative in rest.split('|') {
            if let Some(near) = &near {
                let others = self.findings(alternative)?;
                let pairs = near.iter().flat_map(|one| others.iter().map(|other| vec![Atom::Near(*one, *other)]));
                alternatives.extend(pairs);
            } else if alternative.starts_with('@') && !alternative.contains('&') {
                alternatives
                    .extend(self.findings(alternative)?.into_iter().map(|finding| vec![Atom::Present(finding)]));
            } else {
                let atoms = alternative.split('&').map(|atom| self.atoms(atom)).collect::<Option<Vec<_>>>()?;
                alternatives.push(atoms.concat());
            }
        }
        Some(Term { least, alternatives })
    }

    /// One condition; `!@group` is one for each member.
    fn atoms(&self, atom: &'static str) -> Option<Vec<Atom>> {
        let (negated, plain) = atom.strip_prefix('!').map_or((false, atom), |plain| (true, plain));
        if let Some((measure, comparison, limit)) = comparison(plain) {
            return Some(vec![if negated {
                Atom::NotCompare(measure, comparison, limit)
            } else {
                Atom::Compare(measure, comparison, limit)
            }]);
        }
        if let Some(denied) = plain.strip_prefix('-') {
            return Some(self.findings(denied)?.into_iter().map(Atom::Denied).collect());
        }
        let findings = self.findings(plain)?.into_iter();
        Some(if negated { findings.map(Atom::Absent).collect() } else { findings.map(Atom::Present).collect() })
    }

    /// A finding, or the members of a group.
    fn findings(&self, name: &'static str) -> Option<Vec<Finding>> {
        match self.groups.get(name) {
            Some(members) => {
                members.iter().map(|member| self.findings(member)).collect::<Option<Vec<_>>>().map(|all| all.concat())
            }
            None => Some(vec![Finding::named(name)?]),
        }
    }
}

/// `age>=65`
fn comparison(atom: &str) -> Option<(Measure, Comparison, f64)> {
    let signs =
        [(">=", Comparison::AtLeast), ("<=", Comparison::AtMost), (">", Comparison::Above), ("<", Comparison::Below)];
    signs.into_iter().find_map(|(sign, comparison)| {
        let (measure, limit) = atom.split_once(sign)?;
        Some((Measure::named(measure)?, comparison, limit.parse().ok()?))
    })
}
