//! Every candidate of a visit with what speaks for and against it.

use std::collections::HashSet;
use std::mem::discriminant;
use std::ops::Range;

use super::candidate::{self, Candidate, Subject};
use super::cue::{self, Cue};
use super::feature::{self, Feature, Setting};
use super::instruction;
use super::veto;
use crate::context::Context;
use crate::phrase::Match;
use crate::span::Span;
use crate::statement::Statement;
use crate::text::token::Token;
use crate::visit::{Speaker, Turn, Visit};

/// A candidate, where it is said, and what is observed of it.
#[derive(Debug, Clone)]
pub(super) struct Observed {
    pub(super) candidate: Candidate,
    /// The number of its turn.
    pub(super) turn: usize,
    /// The number of its statement in the turn.
    pub(super) statement: usize,
    /// Where the instruction of a drug is.
    pub(super) area: Option<Span>,
    pub(super) features: Vec<Feature>,
    /// The cues of its statement.
    pub(super) cues: Vec<Match<Cue>>,
    /// Its words say that it is no order.
    pub(super) is_vetoed: bool,
}

/// In a conversation shorter than this, in tokens, a place tells nothing.
const LONG: usize = 400;

/// Looks at a visit from its beginning to its end.
pub(super) fn of(visit: &Visit<'_>) -> Vec<Observed> {
    let total: usize = visit.turns().iter().map(|turn| turn.text.tokens().len()).sum();
    let mut survey = Survey { total, said: 0, plan: false, named: HashSet::new(), found: Vec::new() };
    for (number, turn) in visit.turns().iter().enumerate() {
        survey.read(number, turn);
    }
    survey.found
}

struct Survey {
    /// The tokens of the visit, and those of the turns before this one.
    total: usize,
    said: usize,
    /// The plan has begun.
    plan: bool,
    /// What was named before.
    named: HashSet<String>,
    found: Vec<Observed>,
}

impl Survey {
    fn read(&mut self, number: usize, turn: &Turn<'_>) {
        let reading = Reading::of(turn);
        let begins = reading.cues.iter().find(|cue| cue.label == Cue::Phase).map(|cue| cue.tokens.start);
        for place in 0..reading.candidates.len() {
            let Some(mut observed) = reading.observe(number, place) else { continue };
            let is_planned = self.plan || begins.is_some_and(|begins| begins <= observed.candidate.tokens.start);
            observed.features.extend((is_planned && self.total >= LONG).then_some(Feature::InPlan));
            observed.features.extend(self.place(turn, &observed.candidate));
            self.found.push(observed);
        }
        self.plan |= begins.is_some();
        self.said += turn.text.tokens().len();
    }

    /// What the place in the visit says.
    fn place(&mut self, turn: &Turn<'_>, candidate: &Candidate) -> Vec<Feature> {
        let by_patient = turn.speaker == Some(Speaker::Patient);
        let mut features: Vec<Feature> = by_patient.then_some(Feature::ByPatient).into_iter().collect();
        let before = self.named.insert(called(turn, candidate));
        if self.total >= LONG {
            let fifth = (self.said + candidate.tokens.start) * 5 / self.total;
            features.push(Feature::Fifth(u8::try_from(fifth.min(4)).unwrap_or(4)));
            features.extend((!before).then_some(Feature::Repeated));
        }
        features
    }
}

/// One turn with all that is looked for in it.
struct Reading<'a> {
    turn: &'a Turn<'a>,
    candidates: Vec<Candidate>,
    cues: Vec<Match<Cue>>,
    context: Context,
    /// Where the list begins that each candidate is in.
    lists: Vec<usize>,
}

impl<'a> Reading<'a> {
    fn of(turn: &'a Turn<'a>) -> Self {
        let candidates = candidate::find(&turn.text);
        let cues = cue::find(&turn.text);
        let lists = lists(turn, &candidates, &cues);
        Self { turn, candidates, cues, context: Context::read(&turn.text), lists }
    }

    /// What the statement of a candidate says about it.
    fn observe(&self, number: usize, place: usize) -> Option<Observed> {
        let (turn, candidate) = (self.turn, self.candidates.get(place)?);
        let own = turn.statements.partition_point(|statement| statement.tokens.end <= candidate.tokens.start);
        let statement = turn.statements.get(own)?;
        let cues = within(&self.cues, &statement.tokens);
        let area = is_drug(candidate).then(|| instruction::area(statement, &self.candidates, place)).flatten();
        let is_dosed = area.is_some_and(|area| instruction::is_dosed(&turn.text, area));
        let setting = Setting {
            statement: statement.tokens.clone(),
            is_question: statement.is_question,
            cues,
            list: self.lists.get(place).copied()?.max(statement.tokens.start),
            is_dosed,
            is_instruction: is_dosed && opens_with(turn, statement, candidate),
        };
        let before = own.checked_sub(1).and_then(|before| turn.statements.get(before));
        let is_consequence = before.is_some_and(|before| is_condition(&self.cues, before));
        Some(Observed {
            candidate: candidate.clone(),
            turn: number,
            statement: own,
            area,
            features: feature::of_statement(candidate, &setting),
            cues: cues.to_vec(),
            is_vetoed: veto::is_no_order(candidate, cues, is_consequence, &self.context),
        })
    }
}

/// Where the list begins that each candidate is in: candidates of one kind with "and" or a comma between them, and no cue.
fn lists(turn: &Turn<'_>, candidates: &[Candidate], cues: &[Match<Cue>]) -> Vec<usize> {
    const LONGEST_GAP: usize = 7;
    let mut lists: Vec<usize> = Vec::with_capacity(candidates.len());
    let mut before: Option<&Candidate> = None;
    for candidate in candidates {
        let gap = before.map_or(0, |before| before.tokens.end)..candidate.tokens.start;
        let same = |before: &Candidate| discriminant(&before.subject) == discriminant(&candidate.subject);
        let tokens = turn.text.tokens().get(gap.clone()).unwrap_or_default();
        let joins = |token: &Token| matches!(token.word.as_str(), "and" | "or" | "y" | "o" | "e");
        let is_joined = tokens.iter().any(joins) || turn.text.between(candidate.tokens.start).contains(',');
        let is_free = within(cues, &gap).iter().all(|cue| cue.label == Cue::Purpose);
        let follows = before.is_some_and(same) && gap.len() <= LONGEST_GAP && is_joined && is_free;
        let own = candidate.tokens.start;
        lists.push(lists.last().copied().filter(|_| follows).unwrap_or(own));
        before = Some(candidate);
    }
    lists
}

fn is_drug(candidate: &Candidate) -> bool {
    matches!(candidate.subject, Subject::Drug(_) | Subject::Remedy)
}

/// Whether nothing but an instruction stands before a drug in its statement.
fn opens_with(turn: &Turn<'_>, statement: &Statement, candidate: &Candidate) -> bool {
    let before = turn.text.tokens().get(statement.tokens.start..candidate.tokens.start).unwrap_or_default();
    instruction::is_instruction(before)
}

/// What is compared to know whether something is named again.
pub(super) fn called(turn: &Turn<'_>, candidate: &Candidate) -> String {
    match &candidate.subject {
        Subject::Drug(drug) | Subject::Vaccine(drug) => drug.drug.name.clone(),
        Subject::Test(test, _) => test.test.name.to_owned(),
        Subject::Specialty(service) => service.specialty.to_owned(),
        Subject::FollowUp(_) => "follow-up".to_owned(),
        Subject::Remedy | Subject::Procedure => candidate.span.of(turn.text.written()).to_lowercase(),
    }
}

/// Whether a statement is only a condition: what hangs on it is said in the next.
fn is_condition(cues: &[Match<Cue>], statement: &Statement) -> bool {
    let own = within(cues, &statement.tokens);
    let begins = |cue: &Match<Cue>| cue.label == Cue::Condition && cue.tokens.start < statement.tokens.start + 3;
    own.iter().any(begins) && !own.iter().any(|cue| matches!(cue.label, Cue::Plan | Cue::Order | Cue::Advise))
}

/// The cues that begin and end in a run of tokens.
fn within<'a>(cues: &'a [Match<Cue>], tokens: &Range<usize>) -> &'a [Match<Cue>] {
    let start = cues.partition_point(|cue| cue.tokens.start < tokens.start);
    let end = cues.partition_point(|cue| cue.tokens.start < tokens.end);
    cues.get(start..end).unwrap_or_default()
}
