//! What to ask next, and when enough was asked.

use serde::Serialize;

use crate::language::Language;
use crate::triage::chart::Chart;
use crate::triage::finding::Finding;
use crate::triage::level::Level;
use crate::triage::measure::Measure;
use crate::triage::protocol::TABLES;
use crate::triage::question::{Answer, Question};
use crate::triage::rule::Line;
use crate::triage::spoken::Spoken;
use crate::triage::{By, Case};

/// Whether the conversation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Completion {
    /// A question is open whose answer could change the level.
    Asking,
    /// The level stands unless the patient tells more.
    Decided,
}

impl Completion {
    /// The status of the conversation that document 003 reports.
    #[must_use]
    pub fn status(self) -> &'static str {
        match self {
            Self::Asking => "in_progress",
            Self::Decided => "completed",
        }
    }

    /// The status of the risk assessment in FHIR.
    #[must_use]
    pub fn risk_status(self) -> &'static str {
        match self {
            Self::Asking => "preliminary",
            Self::Decided => "final",
        }
    }
}

/// What comes next in the conversation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interview {
    pub(super) completion: Completion,
    pub(super) question: Option<Question>,
    pub(super) complaint: Option<Finding>,
    /// The patient's language is one that triage speaks.
    pub(super) understood: bool,
    pub(super) language: Option<Spoken>,
}

/// A question is not asked more often than this.
const MOST_TIMES: usize = 2;
/// After so many questions of ours, the level stands.
const MOST_QUESTIONS: usize = 5;
/// Who denies so many things on their own has told enough.
const ENOUGH_DENIED: usize = 3;
/// So many measured vital signs tell enough.
const ENOUGH_VITALS: f64 = 3.0;
/// A message of so many words in an unknown language is not just a short one.
const SHORT: usize = 3;
/// The protocol of requests that are no complaints.
const REQUEST: &str = "request";

/// The next step, at this level; whether the level follows from anything that was told.
pub(super) fn next(case: &Case<'_>, chart: &Chart, (level, is_founded): (Level, bool)) -> Interview {
    let complaint = complaint(chart);
    let language = language(chart);
    let understood = is_founded || !chart.is_foreign && (language.is_some() || chart.words <= SHORT);
    let asked = asked(case);
    let question = if is_founded { follow_up(chart, complaint, (level, &asked)) } else { first(&asked) };
    let completion = match question {
        Some(_) if !level.is_emergency() => Completion::Asking,
        _ => Completion::Decided,
    };
    Interview { completion, question, complaint, understood, language }
}

/// The language of the last message that has one.
pub(super) fn language(chart: &Chart) -> Option<Spoken> {
    let last = chart.languages.iter().rev().find(|language| **language != Language::Unknown)?;
    Spoken::of(*last)
}

/// The complaint that was told first.
pub(super) fn complaint(chart: &Chart) -> Option<Finding> {
    let protocols = TABLES.protocols.iter().filter(|protocol| protocol.id != REQUEST && !protocol.is_of_questions());
    let told =
        protocols.flat_map(|protocol| protocol.complaints.iter().copied()).filter(|finding| chart.is_present(*finding));
    told.min_by_key(|finding| chart.mentions(*finding).map(|mention| (mention.evidence.turn, mention.token)).next())
}

/// How often each question was asked.
fn asked(case: &Case<'_>) -> Vec<Question> {
    let ours = case.turns.iter().filter(|turn| turn.by == By::Assistant);
    ours.flat_map(|turn| Question::asked_in(turn.text)).collect()
}

fn may_ask(asked: &[Question], question: Question) -> bool {
    asked.iter().filter(|other| **other == question).count() < MOST_TIMES
}

/// When nothing was understood yet.
fn first(asked: &[Question]) -> Option<Question> {
    Question::named("open").filter(|open| may_ask(asked, *open))
}

/// The question whose answer could raise the level most; in an emergency only since when, and only once.
fn follow_up(chart: &Chart, complaint: Option<Finding>, (level, asked): (Level, &[Question])) -> Option<Question> {
    let complaint = complaint?;
    let since = Question::named("since").filter(|since| chart.timings.is_empty() && !asked.contains(since));
    if level.is_emergency() {
        return since.filter(|_| asked.is_empty());
    }
    if asked.len() >= MOST_QUESTIONS || told_enough(chart) {
        return None;
    }
    let danger = useful(chart, complaint, asked);
    let first_dangers = asked.iter().filter(|question| question.answer == Answer::YesNo).count() < 2;
    danger.filter(|_| first_dangers).or(since).or_else(|| missing(chart, complaint, asked)).or(danger)
}

fn told_enough(chart: &Chart) -> bool {
    let denied = chart.denied_unasked().take(ENOUGH_DENIED).count();
    denied >= ENOUGH_DENIED || chart.value(Measure::Vitals).is_some_and(|vitals| vitals >= ENOUGH_VITALS)
}

/// The question about the finding that alone is missing for the most urgent red flag.
fn useful(chart: &Chart, complaint: Finding, asked: &[Question]) -> Option<Question> {
    let mut flags: Vec<_> = TABLES.flags.iter().filter(|flag| flag.level.is_emergency()).collect();
    flags.sort_by_key(|flag| std::cmp::Reverse(flag.level));
    let missing = flags.into_iter().flat_map(|flag| &flag.lines).flat_map(|line| missing_of(line, chart, complaint));
    let questions = missing.filter_map(Question::about);
    let mut open = questions.filter(|question| may_ask(asked, *question) && !asked.ends_with(&[*question]));
    open.next()
}

/// The findings of which one would make a line about the complaint hold.
fn missing_of(line: &Line, chart: &Chart, complaint: Finding) -> Vec<Finding> {
    let mention = chart.mentions(complaint).next();
    let failing: Vec<_> = line.terms.iter().filter(|term| !term.holds(chart, mention)).collect();
    let about =
        line.terms.iter().any(|term| term.alternatives.iter().flatten().any(|atom| atom.finding() == Some(complaint)));
    let [term] = failing.as_slice() else { return Vec::new() };
    let single = term.alternatives.iter().filter_map(|atoms| match atoms.as_slice() {
        [atom] => atom.finding(),
        _ => None,
    });
    if !about || term.least > 1 { Vec::new() } else { single.filter(|finding| !chart.is_known(*finding)).collect() }
}

/// What every chart needs: the pain's strength, the age.
fn missing(chart: &Chart, complaint: Finding, asked: &[Question]) -> Option<Question> {
    let pain = complaint.id().ends_with("_pain") || complaint.id().ends_with("ache");
    let pain = Question::named("pain").filter(|_| pain && chart.value(Measure::Pain).is_none());
    let hot = Question::named("temperature");
    let hot = hot.filter(|_| complaint.id() == "fever" && chart.value(Measure::Temperature).is_none());
    let age = Question::named("age").filter(|_| chart.value(Measure::Age).is_none());
    [pain, hot, age].into_iter().flatten().find(|question| !asked.contains(question))
}
