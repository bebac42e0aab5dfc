//! The diagnoses of a visit.

use serde::Serialize;

use super::super::compose;
use super::super::line::{Line, Origin, Topic};
use super::{Found, within};
use crate::diagnosis::Diagnosis;
use crate::span::Span;
use crate::visit::{Evidence, Visit};

/// Who says so, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The clinician says that it is this.
    Assessed,
    /// The clinician thinks that it may be this.
    Suspected,
    /// It was known before, as the patient or the clinician tells.
    Known,
}

/// A diagnosis that was named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedDiagnosis {
    /// What one calls it: "Gastroesophageal reflux disease".
    pub description: String,
    /// Its code in ICD-10-CM.
    pub code: &'static str,
    /// The code that took its place, when it is no longer valid.
    pub successor: Option<&'static str>,
    /// Who says so.
    pub standing: Standing,
    /// The words that it rests on.
    pub sources: Vec<Evidence>,
}

impl NamedDiagnosis {
    /// From 0 to 1: how far the words say that the patient has it. The numbers are set, not measured.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        match self.standing {
            Standing::Assessed => 0.9,
            Standing::Known => 0.8,
            Standing::Suspected => 0.5,
        }
    }
}

/// A diagnosis while its mentions are collected.
struct Collected {
    diagnosis: Diagnosis,
    standing: Standing,
    sources: Vec<(usize, Span)>,
}

/// A form has room for so many.
const MOST: usize = 40;

/// The diagnoses of the lines of a visit, each code once: what was assessed, what is suspected, what was known.
pub(super) fn of(visit: &Visit<'_>, found: &[Found], lines: &[Line]) -> Vec<NamedDiagnosis> {
    let mut collected: Vec<Collected> = Vec::new();
    for line in lines {
        let Some(by_line) = standing(line) else { continue };
        for (turn, span) in line.sources.iter().copied() {
            let Some(marked) = found.get(turn) else { continue };
            let Some(text) = visit.turns().get(turn).map(|turn| &turn.text) else { continue };
            for mention in within(&marked.diagnoses, span, |mention| mention.span) {
                let assertion = marked.context.of(&text.tokens_in(mention.span));
                let is_symptom = mention.diagnosis.code.starts_with('R') && by_line != Standing::Assessed;
                if assertion.negated || assertion.other || assertion.hypothetical || is_symptom {
                    continue;
                }
                let is_open = assertion.uncertain && by_line == Standing::Assessed;
                let standing = if is_open { Standing::Suspected } else { by_line };
                collect(&mut collected, &mention.diagnosis, (standing, turn, mention.span));
            }
        }
    }
    collected.sort_by_key(|collected| collected.standing);
    collected.into_iter().map(|collected| named(visit, collected)).collect()
}

/// What a line may say of a diagnosis; nothing where it denies, plans for the case, or is about others.
fn standing(line: &Line) -> Option<Standing> {
    match (line.origin, line.topic) {
        (Origin::Denied | Origin::Refused | Origin::Absent, _) | (_, Topic::Family | Topic::Allergy | Topic::Noise) => {
            None
        }
        (Origin::Stated, Topic::Assessment | Topic::Result | Topic::Plan) => Some(Standing::Assessed),
        // A yes to "this or that" does not tell which.
        (Origin::Affirmed | Origin::Answered, _) if line.text.contains(" or ") => None,
        _ => Some(Standing::Known),
    }
}

fn collect(collected: &mut Vec<Collected>, diagnosis: &Diagnosis, (standing, turn, span): (Standing, usize, Span)) {
    let is_full = collected.len() >= MOST;
    match collected.iter_mut().find(|known| known.diagnosis.code == diagnosis.code) {
        Some(known) => {
            known.standing = known.standing.min(standing);
            known.sources.push((turn, span));
        }
        None if !is_full => {
            collected.push(Collected { diagnosis: diagnosis.clone(), standing, sources: vec![(turn, span)] });
        }
        None => {}
    }
}

fn named(visit: &Visit<'_>, collected: Collected) -> NamedDiagnosis {
    NamedDiagnosis {
        successor: collected.diagnosis.successor(),
        description: collected.diagnosis.description,
        code: collected.diagnosis.code,
        standing: collected.standing,
        sources: compose::evidence(visit, &collected.sources),
    }
}
