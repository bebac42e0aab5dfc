//! What is no order, whatever else is said: what is denied, stopped, taken already, done before, or hangs on a condition.

use super::candidate::{Candidate, Subject};
use super::cue::Cue;
use crate::context::{Context, Property};
use crate::phrase::Match;

/// Between a negation and what it denies lie at most so many words.
const NEAR: usize = 6;

/// Whether the words around a candidate say that it is no order. `is_consequence`: the statement before is a condition.
pub(super) fn is_no_order(candidate: &Candidate, own: &[Match<Cue>], is_consequence: bool, context: &Context) -> bool {
    let ahead: Vec<&Match<Cue>> = own.iter().filter(|cue| cue.tokens.end <= candidate.tokens.start).collect();
    let last = |labels: &[Cue]| ahead.iter().filter(|cue| labels.contains(&cue.label)).map(|cue| cue.tokens.end).max();
    let ordered = last(&[Cue::Order, Cue::Change, Cue::Refill, Cue::Advise]);
    let is_later = |cue: Option<usize>| cue.is_some() && cue >= ordered;
    let is_refused = ahead.windows(2).any(|pair| matches!(pair, [stop, order] if is_refusal(stop, order)));
    let is_stopped =
        (is_later(last(&[Cue::Stop])) || is_refused) && matches!(candidate.subject, Subject::Drug(_) | Subject::Remedy);
    let is_kept = is_later(last(&[Cue::Continue])) && !ahead.iter().any(|cue| cue.label == Cue::Change);
    let condition = last(&[Cue::Condition]);
    let needed = last(&[Cue::Need]);
    let is_conditional = condition.is_some() && needed < condition && condition <= ordered.or(condition);
    is_consequence || is_stopped || is_kept || is_conditional || is_denied(candidate, ordered, context)
}

/// "not going to change": the verb that would order belongs to what is refused.
fn is_refusal(stop: &Match<Cue>, order: &Match<Cue>) -> bool {
    let orders = matches!(order.label, Cue::Order | Cue::Change | Cue::Weak | Cue::Refill | Cue::Plan);
    stop.label == Cue::Stop && orders && order.tokens.start <= stop.tokens.end + 1
}

fn is_denied(candidate: &Candidate, ordered: Option<usize>, context: &Context) -> bool {
    let denials = context.reaching(&candidate.tokens).filter(|cue| cue.property == Property::Negated);
    let near = denials.filter(|cue| cue.reach.start <= candidate.tokens.start);
    near.map(|cue| cue.reach.start)
        .any(|start| candidate.tokens.start - start <= NEAR && ordered.is_none_or(|ordered| start + 1 >= ordered))
}
