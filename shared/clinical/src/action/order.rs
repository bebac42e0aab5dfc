//! Which candidates are orders, and what exactly each orders.

use super::candidate::{Candidate, Subject};
use super::cue::Cue;
use super::details::{Appointment, Details, Medication, OrderedTest, Procedure, Referral, Vaccination};
use super::feature::{Distance, Feature};
use super::reason::{self, Problem, Reason};
use super::survey::{self, Observed};
use super::{Category, Certainty, instruction, weight};
use crate::phrase::Match;
use crate::sig::Sig;
use crate::span::Span;
use crate::visit::{Turn, Visit};

/// One order, where it is given.
#[derive(Debug, Clone)]
pub(super) struct Given {
    /// What tells it from other orders: the same is ordered again under the same name.
    pub(super) name: String,
    pub(super) details: Details,
    pub(super) category: Category,
    pub(super) certainty: Certainty,
    pub(super) reason: Option<Reason>,
    pub(super) rule: &'static str,
    pub(super) turn: usize,
    pub(super) spans: Vec<Span>,
}

/// The rule of what is only named where orders are given.
const NAMED: &str = "action.named";
/// The rule of a dosage instruction that stands alone.
const INSTRUCTION: &str = "action.instruction";

/// Words of an instruction alone are at most so many.
const LONGEST_INSTRUCTION: usize = 60;

/// Every order of a visit, as often as it is given.
pub(super) fn given(visit: &Visit<'_>) -> Vec<Given> {
    let problems = reason::problems(visit);
    let mut observed = survey::of(visit);
    if let [only] = visit.turns() {
        take_whole(only, &mut observed);
    }
    let orders: Vec<Given> =
        observed.iter().filter_map(|observed| of(observed, visit.turns().get(observed.turn)?, &problems)).collect();
    match visit.turns() {
        [only] if !orders.iter().any(|order| matches!(order.details, Details::Medication(_))) => {
            let is_drug =
                |observed: &Observed| matches!(observed.candidate.subject, Subject::Drug(_) | Subject::Remedy);
            let alone = instruction_alone(only).filter(|_| !observed.iter().any(is_drug));
            alone.into_iter().chain(orders).collect()
        }
        _ => orders,
    }
}

/// A short text that is the instruction of one drug is read to its end: "1 tab T.I.D for 1 month" has full stops inside.
fn take_whole(turn: &Turn<'_>, observed: &mut [Observed]) {
    let tokens = turn.text.tokens().len();
    let mut drugs = observed.iter_mut().filter(|observed| observed.area.is_some());
    let (Some(drug), None) = (drugs.next(), drugs.next()) else { return };
    if tokens <= LONGEST_INSTRUCTION && drug.statement == 0 && drug.features.contains(&Feature::Instruction) {
        drug.area = turn.text.span(0..tokens);
    }
}

fn of(observed: &Observed, turn: &Turn<'_>, problems: &[Problem]) -> Option<Given> {
    if observed.is_vetoed {
        return None;
    }
    let points = weight::above_order(&observed.candidate.subject, &observed.features);
    let certainty = certainty(observed, points)?;
    let (details, mut spans) = details(observed, turn);
    let cue = governing(observed);
    spans.extend(cue.map(|cue| cue.span));
    spans.push(observed.candidate.span);
    spans.sort_unstable();
    spans.dedup();
    let reason = reason::of(observed, turn, problems);
    Some(Given {
        name: survey::called(turn, &observed.candidate),
        category: category(observed),
        details,
        certainty,
        reason,
        rule: cue.map_or(NAMED, |cue| cue.rule.0),
        turn: observed.turn,
        spans,
    })
}

/// The cue that orders: the last verb of ordering, change or advice before the candidate, or the intention.
fn governing(observed: &Observed) -> Option<&Match<Cue>> {
    let start = observed.candidate.tokens.start;
    let before = || observed.cues.iter().filter(|cue| cue.tokens.end <= start);
    let last = |labels: &[Cue]| before().filter(|cue| labels.contains(&cue.label)).max_by_key(|cue| cue.tokens.end);
    last(&[Cue::Order, Cue::Change, Cue::Refill])
        .or_else(|| last(&[Cue::Advise, Cue::Weak]))
        .or_else(|| last(&[Cue::Plan]))
}

fn certainty(observed: &Observed, points: i32) -> Option<Certainty> {
    const MUCH: i32 = 150;
    const MORE: i32 = 75;
    match points {
        _ if is_explicit(observed) => Some(Certainty::Explicit),
        MUCH.. => Some(Certainty::VeryLikely),
        MORE.. => Some(Certainty::Likely),
        0.. => Some(Certainty::Possible),
        _ => None,
    }
}

/// Whether a verb that only orders governs the candidate, in an intention or at the beginning, and nothing speaks against it.
fn is_explicit(observed: &Observed) -> bool {
    let has = |feature: Feature| observed.features.contains(&feature);
    let orders = [Cue::Order, Cue::Change, Cue::Refill].into_iter();
    let is_ordered = orders.clone().any(|cue| has(Feature::Nearest(cue)) && has(Feature::Before(cue, Distance::Near)));
    let first = observed.cues.first().is_some_and(|cue| cue.label == Cue::Order);
    let is_meant = has(Feature::Planned(Cue::Order)) || has(Feature::Before(Cue::Plan, Distance::Near)) || first;
    let against = [Cue::Past, Cue::Taking, Cue::Hedge, Cue::Stop, Cue::Condition, Cue::Monitor];
    let is_doubtful = observed.cues.iter().any(|cue| against.contains(&cue.label));
    let is_asked = has(Feature::Question) || has(Feature::ByPatient) || has(Feature::Untimed);
    is_ordered && is_meant && !is_doubtful && !is_asked
}

fn category(observed: &Observed) -> Category {
    let has = |label: Cue| observed.cues.iter().any(|cue| cue.label == label);
    let is_emergency =
        matches!(&observed.candidate.subject, Subject::Specialty(service) if service.specialty == "emergency");
    if has(Cue::Stat) || is_emergency {
        Category::Stat
    } else if has(Cue::Urgent) {
        Category::Urgent
    } else {
        Category::Routine
    }
}

/// What is ordered, and the words of it besides the name.
fn details(observed: &Observed, turn: &Turn<'_>) -> (Details, Vec<Span>) {
    let Candidate { subject, span, .. } = &observed.candidate;
    let name = span.of(turn.text.written()).to_owned();
    match subject {
        Subject::Drug(_) | Subject::Remedy => {
            let drug = if let Subject::Drug(mention) = subject { Some(mention.drug.clone()) } else { None };
            let area = observed.area.unwrap_or(*span);
            let (medication, spans) = instruction::read(&turn.text, area, &name, drug);
            (Details::Medication(medication), spans)
        }
        Subject::Vaccine(mention) => {
            (Details::Vaccination(Vaccination { name, drug: mention.drug.clone() }), Vec::new())
        }
        Subject::Test(mention, said) => {
            let words = |span: Span| span.of(turn.text.written()).to_owned();
            let ordered = OrderedTest { name: words(said.name), test: mention.test, when: said.when.map(words) };
            (Details::Test(ordered), std::iter::once(said.name).chain(said.when).collect())
        }
        Subject::Specialty(service) => (Details::Referral(Referral { name, specialty: service.specialty }), Vec::new()),
        Subject::FollowUp(call) => {
            (Details::FollowUp(Appointment { description: name, timeframe: call.timeframe }), Vec::new())
        }
        Subject::Procedure => (Details::Procedure(Procedure { name }), Vec::new()),
    }
}

/// "Take 1 tablet 3 times a day": a written instruction without a drug is an order of its own.
fn instruction_alone(turn: &Turn<'_>) -> Option<Given> {
    let written = turn.text.written();
    let tokens = turn.text.tokens();
    let whole = turn.text.span(0..tokens.len()).filter(|_| tokens.len() <= LONGEST_INSTRUCTION)?;
    let sig = Sig::parse(written);
    let step =
        sig.first().filter(|step| step.frequency.is_some() && (step.amount.is_some() || step.strength.is_some()))?;
    let begins = instruction::is_instruction(tokens.get(..3)?);
    let form = step.form?.name();
    let (medication, spans) = instruction::read(&turn.text, whole, form, None);
    begins.then(|| Given {
        name: form.to_owned(),
        details: Details::Medication(Medication { name: form.to_owned(), ..medication }),
        category: Category::Routine,
        certainty: Certainty::Likely,
        reason: None,
        rule: INSTRUCTION,
        turn: 0,
        spans,
    })
}
