//! What is found in the turns of a visit, once for all that is written from them.

use std::collections::HashMap;

use super::cue::{self, Cue};
use crate::action::Detected;
use crate::phrase::Match;
use crate::span::Span;
use crate::term::{self, Category, Term};
use crate::visit::Visit;

/// The cues, terms and orders of a turn.
#[derive(Debug)]
struct Marked {
    cues: Vec<Match<Cue>>,
    terms: Vec<Term>,
    orders: Vec<Span>,
}

/// What is marked in every turn.
#[derive(Debug)]
pub(super) struct Marks {
    turns: Vec<Marked>,
}

impl Marks {
    pub(super) fn of(visit: &Visit<'_>, orders: &[Detected]) -> Self {
        let mut ordered: HashMap<&str, Vec<Span>> = HashMap::new();
        for evidence in orders.iter().flat_map(|order| &order.evidence) {
            ordered.entry(evidence.utterance.as_str()).or_default().extend(&evidence.spans);
        }
        let turn = |turn: &crate::visit::Turn<'_>| {
            let mut orders = ordered.get(turn.id).cloned().unwrap_or_default();
            orders.sort_unstable();
            Marked { cues: cue::find(&turn.text), terms: term::find(&turn.text), orders }
        };
        Self { turns: visit.turns().iter().map(turn).collect() }
    }

    /// The cues of a turn.
    pub(super) fn found(&self, turn: usize) -> &[Match<Cue>] {
        self.turns.get(turn).map(|marked| marked.cues.as_slice()).unwrap_or_default()
    }

    /// The cues within a stretch of a turn.
    pub(super) fn cues(&self, turn: usize, span: Span) -> impl Iterator<Item = Cue> {
        let cues = self.found(turn);
        let start = cues.partition_point(|cue| cue.span.start < span.start);
        let within = cues.iter().skip(start).take_while(move |cue| cue.span.start < span.end);
        within.filter(move |cue| cue.span.end <= span.end).map(|cue| cue.label)
    }

    /// The kinds of the terms within a stretch of a turn.
    pub(super) fn terms(&self, turn: usize, span: Span) -> impl Iterator<Item = Category> {
        let terms = self.turns.get(turn).map(|marked| marked.terms.as_slice()).unwrap_or_default();
        let start = terms.partition_point(|term| term.span.start < span.start);
        terms.iter().skip(start).take_while(move |term| term.span.end <= span.end).map(|term| term.category)
    }

    /// Whether a turn names a drug.
    pub(super) fn names_drug(&self, turn: usize) -> bool {
        let mut terms = self.turns.get(turn).into_iter().flat_map(|marked| &marked.terms);
        terms.any(|term| term.category == Category::Medication)
    }

    /// Whether something is ordered within a stretch of a turn.
    pub(super) fn is_order(&self, turn: usize, span: Span) -> bool {
        let orders = self.turns.get(turn).map(|marked| marked.orders.as_slice()).unwrap_or_default();
        let start = orders.partition_point(|order| order.start < span.start);
        orders.get(start).is_some_and(|order| order.start < span.end)
    }
}
