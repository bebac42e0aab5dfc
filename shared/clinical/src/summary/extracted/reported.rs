//! The symptoms that a patient reports.

use serde::Serialize;

use super::super::compose;
use super::super::cue::Cue;
use super::super::line::{Line, Origin, Topic};
use super::super::stretch::Stretch;
use super::attribute::{self, Attributes};
use super::{Found, within};
use crate::span::Span;
use crate::symptom::{Severity, SymptomMention};
use crate::visit::{Evidence, Visit};

/// A symptom with what was told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportedSymptom {
    /// Its clinical name, in English and lower case: "chest pain".
    pub name: String,
    /// Its code in ICD-10-CM, when it has one.
    pub code: Option<&'static str>,
    /// For how long, as it was said: "3 days", "since yesterday".
    pub duration: Option<String>,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// How it is felt, how it goes on, what changes it, as it was said: "burning", "worse after meals".
    pub characteristics: Vec<String>,
    /// The rule by which it was recognised.
    pub rule: &'static str,
    /// The words that this rests on.
    pub sources: Vec<Evidence>,
}

/// A symptom while what is told of it is collected.
struct Collected {
    symptom: ReportedSymptom,
    sources: Vec<(usize, Span)>,
    /// The last turn that tells of it.
    turn: usize,
}

/// An attribute belongs to a symptom that was told at most so many turns before.
const FARTHEST: usize = 4;

/// The symptoms of the lines of a visit, each once.
pub(super) fn of(visit: &Visit<'_>, found: &[Found], lines: &[Line]) -> Vec<ReportedSymptom> {
    let mut collected: Vec<Collected> = Vec::new();
    let mut last: Option<usize> = None;
    for line in lines.iter().filter(|line| tells(line)) {
        let mut is_named = false;
        for (turn, span) in told(line) {
            let Some(marked) = found.get(turn) else { continue };
            let Some(text) = visit.turns().get(turn).map(|turn| &turn.text) else { continue };
            let Some(attributes) =
                Stretch::of(visit, (turn, span)).map(|stretch| attribute::read(&stretch, line.asked))
            else {
                continue;
            };
            let present = within(&marked.symptoms, span, |symptom| symptom.span).filter(|symptom| {
                let assertion = marked.context.of(&text.tokens_in(symptom.span));
                !(assertion.negated || assertion.other || assertion.hypothetical || assertion.historical)
            });
            for symptom in present {
                let place = collect(&mut collected, symptom, turn);
                last = Some(place);
                is_named = true;
                if let Some(known) = collected.get_mut(place) {
                    known.add(&attributes, turn);
                }
            }
        }
        if let Some(known) = last.and_then(|place| collected.get_mut(place)).filter(|_| !is_named) {
            known.follow(visit, line);
        }
    }
    let finished = |collected: Collected| ReportedSymptom {
        sources: compose::evidence(visit, &collected.sources),
        ..collected.symptom
    };
    collected.into_iter().map(finished).collect()
}

/// Whether a line tells of the patient's own present.
fn tells(line: &Line) -> bool {
    let is_said = !matches!(line.origin, Origin::Denied | Origin::Refused | Origin::Absent);
    let is_own = match line.origin {
        Origin::Stated => matches!(line.topic, Topic::Intro | Topic::History),
        _ => !matches!(line.topic, Topic::Family | Topic::Allergy | Topic::Noise | Topic::Past),
    };
    is_said && is_own && !line.tells(Cue::Family)
}

/// Where a line tells: of an answer with words of its own only these, of a yes to "this or that" nothing.
fn told(line: &Line) -> impl Iterator<Item = (usize, Span)> + '_ {
    let is_affirmed = line.origin == Origin::Affirmed || (line.origin == Origin::Answered && line.sources.len() > 1);
    let is_choice = line.text.contains(" or ") || line.text.contains(" o ");
    let skipped = if is_affirmed && !is_choice { 0 } else { line.sources.len().saturating_sub(1) };
    line.sources.iter().skip(skipped).copied()
}

/// The place of a symptom among those that are known.
fn collect(collected: &mut Vec<Collected>, mention: &SymptomMention, turn: usize) -> usize {
    if let Some(place) = collected.iter().position(|known| known.symptom.name == mention.name) {
        if let Some(known) = collected.get_mut(place) {
            known.sources.push((turn, mention.span));
            known.turn = turn;
        }
        return place;
    }
    let symptom = ReportedSymptom {
        name: mention.name.clone(),
        code: mention.code,
        duration: None,
        severity: None,
        characteristics: Vec::new(),
        rule: mention.recognised.rule(),
        sources: Vec::new(),
    };
    collected.push(Collected { symptom, sources: vec![(turn, mention.span)], turn });
    collected.len() - 1
}

impl Collected {
    /// Adds what a statement tells; what was told first stays.
    fn add(&mut self, attributes: &Attributes, turn: usize) {
        if let Some((duration, span)) = attributes.duration.as_ref().filter(|_| self.symptom.duration.is_none()) {
            self.symptom.duration = Some(duration.clone());
            self.sources.push((turn, *span));
        }
        if let Some((severity, span)) = attributes.severity.filter(|_| self.symptom.severity.is_none()) {
            self.symptom.severity = Some(severity);
            self.sources.push((turn, span));
        }
        for (characteristic, span) in &attributes.characteristics {
            if !self.symptom.characteristics.contains(characteristic) && self.symptom.characteristics.len() < MOST {
                self.symptom.characteristics.push(characteristic.clone());
                self.sources.push((turn, *span));
            }
        }
    }

    /// Adds what a line tells that names no symptom: "it has been three days", "Onset: three days ago".
    fn follow(&mut self, visit: &Visit<'_>, line: &Line) {
        let Some((turn, span)) = line.sources.last().copied() else { return };
        let Some(stretch) = Stretch::of(visit, (turn, span)) else { return };
        let is_near = line.turn.saturating_sub(self.turn) <= FARTHEST && line.topic == Topic::History;
        if is_near && line.origin != Origin::Stated {
            self.add(&attribute::read(&stretch, line.asked), turn);
        }
    }
}

/// A symptom has at most so many characteristics.
const MOST: usize = 8;
