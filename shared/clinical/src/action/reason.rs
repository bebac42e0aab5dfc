//! What an order is for.

use super::candidate::Subject;
use super::cue::{self, Cue};
use super::survey::Observed;
use crate::context::Context;
use crate::diagnosis::Diagnosis;
use crate::phrase::Match;
use crate::span::Span;
use crate::statement::Statement;
use crate::symptom;
use crate::text::Text;
use crate::visit::{Evidence, Speaker, Turn, Visit};

/// What an order is for, in the words of the visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// "diabetes", "to make sure that it is not broken".
    pub text: String,
    /// Where it was said.
    pub evidence: Evidence,
}

/// A condition or a complaint that is named in a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    turn: usize,
    statement: usize,
    utterance: String,
    text: String,
    span: Span,
    /// It stands in a heading of the plan: "for your second problem of your diabetes".
    is_heading: bool,
    by_patient: bool,
}

/// A problem further back, in turns, is not what an order is for, unless it is a heading.
const FARTHEST: usize = 6;
/// A purpose has at most so many words.
const LONGEST: usize = 18;
/// "for" stands at most so many words before what it is for.
const NEAR: usize = 4;

/// Every condition and complaint that a visit names and does not deny, in order.
pub(super) fn problems(visit: &Visit<'_>) -> Vec<Problem> {
    visit.turns().iter().enumerate().flat_map(|(number, turn)| in_turn(number, turn)).collect()
}

fn in_turn(number: usize, turn: &Turn<'_>) -> Vec<Problem> {
    let context = Context::read(&turn.text);
    let cues = cue::find(&turn.text);
    let problem = |span: Span| {
        let tokens = turn.text.tokens_in(span);
        let assertion = context.of(&tokens);
        let place = turn.statements.partition_point(|statement| statement.tokens.end <= tokens.start);
        let statement = turn.statements.get(place)?;
        let is_denied = assertion.negated || assertion.other;
        (!is_denied).then(|| Problem {
            turn: number,
            statement: place,
            utterance: turn.id.to_owned(),
            text: span.of(turn.text.written()).to_owned(),
            span,
            is_heading: is_heading(&turn.text, &cues, statement),
            by_patient: turn.speaker == Some(Speaker::Patient),
        })
    };
    mentions(&turn.text).into_iter().filter_map(problem).collect()
}

/// The conditions and complaints of a text; of two that overlap, the longer.
fn mentions(text: &Text<'_>) -> Vec<Span> {
    let diagnoses = Diagnosis::find(text).into_iter().map(|found| found.span);
    let symptoms = symptom::find(text).into_iter().map(|found| found.span);
    let mut spans: Vec<Span> = diagnoses.chain(symptoms).collect();
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    spans.retain(|span| {
        let is_free = span.start >= end;
        end = end.max(span.end);
        is_free
    });
    spans
}

/// Whether a statement names what the next orders are about.
fn is_heading(text: &Text<'_>, cues: &[Match<Cue>], statement: &Statement) -> bool {
    const FILLERS: [&str; 12] =
        ["okay", "alright", "all", "right", "so", "and", "now", "then", "uh", "um", "but", "well"];
    let run = text.tokens().get(statement.tokens.clone()).unwrap_or_default();
    let mut words = run.iter().map(|token| token.word.as_str()).skip_while(|word| FILLERS.contains(word));
    let begins = matches!(
        (words.next(), words.next()),
        (Some("for"), Some("your" | "the" | "his" | "her"))
            | (Some("in"), Some("terms" | "regards"))
            | (Some("as"), Some("far"))
            | (Some("regarding"), _)
            | (Some("para" | "por"), Some("su" | "la" | "el"))
    );
    let told = |cue: &Match<Cue>| cue.label == Cue::Phase && statement.tokens.contains(&cue.tokens.start);
    begins || cues.iter().any(told)
}

/// What an order is for: what follows "for" in its statement, the purpose that is told there, or the problem of the plan.
pub(super) fn of(observed: &Observed, turn: &Turn<'_>, problems: &[Problem]) -> Option<Reason> {
    let is_within = |span: Span| span.start < observed.candidate.span.end && observed.candidate.span.start < span.end;
    let own = problems_of(problems, observed);
    let statement = turn.statements.get(observed.statement)?;
    let named = own.iter().find(|problem| !is_within(problem.span) && follows_for(&turn.text, problem.span, statement));
    if let Some(named) = named {
        return Some(named.reason());
    }
    if let Some(purpose) = purpose(observed, turn, statement) {
        return Some(purpose);
    }
    // An appointment is for the whole visit.
    if matches!(observed.candidate.subject, Subject::FollowUp(_)) {
        return None;
    }
    let place = (observed.turn, observed.statement);
    let before = problems.partition_point(|problem| (problem.turn, problem.statement) <= place);
    let earlier = || problems.get(..before).unwrap_or_default().iter().rev();
    let is_own = |problem: &Problem| problem.turn == observed.turn && is_within(problem.span);
    let told = |problem: &&Problem| !problem.by_patient && !is_own(problem);
    let heading = earlier().find(|problem| problem.is_heading && told(problem));
    let near = earlier().find(|problem| problem.turn + FARTHEST >= observed.turn && told(problem));
    let heading = heading.filter(|heading| near.is_none_or(|near| heading.turn + FARTHEST >= near.turn));
    heading.or(near).map(Problem::reason)
}

/// The problems of the statement of an order.
fn problems_of<'a>(problems: &'a [Problem], observed: &Observed) -> &'a [Problem] {
    let place = (observed.turn, observed.statement);
    let start = problems.partition_point(|problem| (problem.turn, problem.statement) < place);
    let end = problems.partition_point(|problem| (problem.turn, problem.statement) <= place);
    problems.get(start..end).unwrap_or_default()
}

fn follows_for(text: &Text<'_>, span: Span, statement: &Statement) -> bool {
    let tokens = text.tokens_in(span);
    let start = tokens.start.saturating_sub(NEAR).max(statement.tokens.start);
    let before = text.tokens().get(start..tokens.start).unwrap_or_default();
    before.iter().any(|token| matches!(token.word.as_str(), "for" | "para" | "treat"))
}

/// "to make sure that it is not broken": from the cue behind the order to the end of the statement.
fn purpose(observed: &Observed, turn: &Turn<'_>, statement: &Statement) -> Option<Reason> {
    let behind = |cue: &&Match<Cue>| cue.label == Cue::Purpose && cue.tokens.start >= observed.candidate.tokens.end;
    let cue = observed.cues.iter().find(behind)?;
    let end = statement.tokens.end.min(cue.tokens.start + LONGEST);
    let is_for =
        turn.text.tokens().get(cue.tokens.start).is_some_and(|token| matches!(token.word.as_str(), "for" | "para"));
    let span = turn.text.span(cue.tokens.start + usize::from(is_for)..end)?;
    let text = span.of(turn.text.written()).to_owned();
    Some(Reason { text, evidence: Evidence { utterance: turn.id.to_owned(), spans: vec![span] } })
}

impl Problem {
    fn reason(&self) -> Reason {
        let evidence = Evidence { utterance: self.utterance.clone(), spans: vec![self.span] };
        Reason { text: self.text.clone(), evidence }
    }
}
