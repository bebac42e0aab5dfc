//! Triage: how soon somebody must be seen, and why.
//!
//! Deterministic, and without a model. What the patient's turns say becomes a chart of findings and measures; rules over the
//! chart decide. Red flags (`data/triage/flag.txt`) hold whatever the complaint is, protocols (`protocol.txt`) give a complaint
//! its level when no flag says more, and the highest level counts. Every conclusion names its rule, the rule's version and the
//! words it rests on. Sources of knowledge stand in the tables, by group.
//!
//! It errs to the safe side: what is uncertain counts as present, a message that is not understood is to be seen within a day,
//! and a level does not fall in a thread without a stated reason. It gives no diagnosis.

mod advice;
mod age;
mod assessment;
mod change;
mod chart;
mod condition;
mod danger;
mod evidence;
mod finding;
mod foreign;
mod interview;
mod level;
mod measure;
mod misuse;
mod news;
mod observation;
mod patient;
mod phrase;
mod pills;
mod protocol;
mod quantity;
mod question;
mod reply;
mod rule;
mod spoken;
mod statement;
mod timing;
mod told;
mod vital;

use serde::Serialize;

pub use self::assessment::Assessment;
pub use self::change::{Change, Reason};
pub use self::evidence::Evidence;
pub use self::finding::{Finding, FindingKind};
pub use self::interview::Completion;
pub use self::level::{Level, Risk};
pub use self::misuse::{Misuse, Refusal};
pub use self::observation::SymptomObservation;
pub use self::patient::PatientFacts;
pub use self::question::{Answer, Question};
pub use self::rule::{Conclusion, RuleName};
pub use self::spoken::Spoken;
pub use self::statement::Statement;
pub use self::timing::Timing;
pub use self::vital::{Interpretation, Loinc, VitalKind, VitalSign};

use crate::danger as danger_engine;
use crate::triage::chart::Chart;
use crate::triage::protocol::TABLES;
use crate::triage::told::Told;

/// Who wrote a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The patient, or who writes for the patient.
    Patient,
    /// The product.
    Assistant,
}

/// One turn of the conversation.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    /// Who wrote it.
    pub by: By,
    /// As written.
    pub text: &'a str,
    /// What the danger engine found in it; empty for turns of the assistant.
    pub dangers: &'a [danger_engine::Finding],
}

/// A conversation so far.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Its turns, the oldest first.
    pub turns: &'a [Turn<'a>],
    /// What the record says of the patient.
    pub known: PatientFacts,
    /// Conditions and medicines of the record, as text.
    pub record: &'a str,
    /// The level after the turn before; `None` at the beginning. A level does not fall without a stated reason.
    pub previous: Option<Level>,
}

/// Assesses a conversation. Time is linear in its length.
#[must_use]
pub fn assess(case: &Case<'_>) -> Assessment {
    let told = read(case.turns);
    let chart = chart_of(case, &told);
    let conclusions = conclude(case, &chart);
    let estimate = conclusions.first().map(|conclusion| conclusion.level);
    let change = change::of(case, &told, &conclusions);
    let level = change.as_ref().map(|change| change.to).or(estimate).or(case.previous).unwrap_or(Level::WithinADay);
    let interview = interview::next(case, &chart, (level, estimate.is_some()));
    let language = interview.language.unwrap_or_default();
    let carrying: Vec<&Conclusion> =
        conclusions.iter().filter(|conclusion| Some(conclusion.level) == estimate).collect();
    let rationale = carrying.iter().map(|conclusion| reply::reason(conclusion, language)).collect();
    let red_flags: Vec<Conclusion> =
        conclusions.iter().filter(|conclusion| conclusion.level.is_emergency()).cloned().collect();
    let crisis = red_flags.iter().any(|flag| flag.crisis);
    // Danger to the patient is never refused, whatever else is asked (contract A-28).
    let refusal = misuse::refuse(case.turns, level).filter(|_| !crisis);
    let answer = reply::Answer {
        level,
        conclusions: &carrying,
        chart: &chart,
        interview: &interview,
        refusal: refusal.as_ref(),
        crisis,
    };
    Assessment {
        level,
        risk: level.risk(),
        outcome: level::outcome(level, language),
        completion: interview.completion,
        complaint: interview.complaint,
        reply: answer.text(),
        instruction: answer.instruction(language),
        findings: chart.statements.clone(),
        symptoms: observation::symptoms(&chart, language),
        vital_signs: vital::signs(&chart),
        since: chart.since(interview.complaint.and_then(|complaint| chart.mentions(complaint).next())),
        red_flags,
        crisis,
        rationale,
        change,
        question: interview.question,
        language,
        understood: interview.understood,
        refusal,
        conclusions,
    }
}

/// What each of the patient's turns says. A turn may answer what the turn before it asked.
fn read(turns: &[Turn<'_>]) -> Vec<Told> {
    let mut asked: Option<Question> = None;
    let mut told = Vec::new();
    for (number, turn) in turns.iter().enumerate() {
        match turn.by {
            By::Assistant => asked = Question::asked_in(turn.text).last(),
            By::Patient => told.push(told::read(number, turn.text, asked.take())),
        }
    }
    told
}

fn chart_of(case: &Case<'_>, told: &[Told]) -> Chart {
    let record = (!case.record.is_empty()).then(|| told::read(0, case.record, None));
    Chart::of(told, &case.known, record.as_ref())
}

/// The rules that hold, the most urgent first; of equal ones red flags before protocols.
fn conclude(case: &Case<'_>, chart: &Chart) -> Vec<Conclusion> {
    let mut conclusions: Vec<Conclusion> = TABLES.flags.iter().filter_map(|flag| flag.conclude(chart)).collect();
    conclusions.extend(danger::conclude(case.turns, chart));
    conclusions.extend(condition::conclude(chart));
    let (questions, protocols): (Vec<_>, Vec<_>) =
        TABLES.protocols.iter().partition(|protocol| protocol.is_of_questions());
    conclusions.extend(protocols.iter().filter_map(|protocol| protocol.conclude(chart)));
    if conclusions.is_empty() {
        conclusions.extend(questions.iter().filter_map(|protocol| protocol.conclude(chart)));
    }
    conclusions.sort_by_key(|conclusion| std::cmp::Reverse(conclusion.level));
    conclusions
}

#[cfg(test)]
mod tests;
