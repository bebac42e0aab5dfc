//! Finding the phrases of a graph in a text.
//!
//! From every word the graph is followed as far as the text agrees. How far is bounded by the longest phrase and its gaps,
//! not by the text; [`MOST_STEPS`] is a backstop for tables that somebody writes later.

use std::{collections::HashSet, ops::Range};

use crate::{
    phrase::{
        graph::{Graph, NodeId, Step},
        vocabulary::Numbers,
    },
    text::{
        Text,
        token::{Break, Kind},
    },
};

/// Steps through the graph from one word of the text.
const MOST_STEPS: usize = 4_000;
/// Pictures in a row that are looked past.
const MOST_PICTURES: usize = 4;

/// The rules and the tokens of their phrases, by the first token.
pub(super) fn search(graph: &Graph, text: &Text<'_>) -> Vec<(usize, Range<usize>)> {
    let numbers: Vec<Numbers> = text.tokens().iter().map(|token| graph.vocabulary.numbers(token)).collect();
    let mut walk = Walk { graph, text, numbers, clauses: clauses(text), open: Vec::new(), seen: HashSet::new() };
    (0..text.tokens().len()).flat_map(|start| walk.from(start)).collect()
}

/// The number of the clause of each token.
fn clauses(text: &Text<'_>) -> Vec<usize> {
    let numbered = text.clauses().iter().enumerate();
    numbered.flat_map(|(number, clause)| std::iter::repeat_n(number, clause.tokens.len())).collect()
}

struct Walk<'a> {
    graph: &'a Graph,
    text: &'a Text<'a>,
    numbers: Vec<Numbers>,
    clauses: Vec<usize>,
    /// Places still to follow: a node, and the next token.
    open: Vec<(NodeId, usize)>,
    seen: HashSet<(NodeId, usize)>,
}

impl Walk<'_> {
    fn from(&mut self, start: usize) -> Vec<(usize, Range<usize>)> {
        let numbers = self.numbers.get(start).map(Vec::as_slice).unwrap_or_default();
        let first = numbers.iter().filter_map(|number| self.graph.first.get(number)).flatten();
        self.open.extend(first.map(|node| (*node, start + 1)));
        for (step, to) in &self.graph.conditions {
            self.condition(*step, *to, start);
        }
        if self.open.is_empty() {
            return Vec::new();
        }
        self.seen.clear();
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for _ in 0..MOST_STEPS {
            let Some((node, at)) = self.open.pop() else { break };
            if !self.seen.insert((node, at)) {
                continue;
            }
            self.follow(node, at, start);
            for rule in self.graph.node(node).map(|node| node.rules.as_slice()).unwrap_or_default() {
                match found.iter_mut().find(|(other, _)| other == rule) {
                    Some((_, tokens)) => tokens.end = tokens.end.max(at),
                    None => found.push((*rule, start..at)),
                }
            }
        }
        self.open.clear();
        found.sort_by_key(|(rule, _)| *rule);
        found
    }

    fn follow(&mut self, node: NodeId, at: usize, start: usize) {
        let Some(node) = self.graph.node(node) else { return };
        for (step, to) in &node.edges {
            match step {
                Step::Word(set) => {
                    let next = self.next(at, start, |walk, at| walk.has(*set, at));
                    self.open.extend(next.map(|at| (*to, at + 1)));
                }
                Step::Number => {
                    let next = self.next(at, start, |walk, at| walk.kind(at) == Some(Kind::Number));
                    self.open.extend(next.map(|at| (*to, at + 1)));
                }
                Step::Gap(most) => self.gap(*most, *to, at),
                Step::Free | Step::Border | Step::NotNext(_) | Step::NotBefore(_) => {
                    self.condition(*step, *to, at);
                }
            }
        }
    }

    /// Steps that use no word.
    fn condition(&mut self, step: Step, to: NodeId, at: usize) {
        let clause = |at: Option<usize>| at.and_then(|at| self.clauses.get(at));
        let before = at.checked_sub(1);
        let holds = match step {
            Step::Free => true,
            Step::Border => clause(before) != clause(Some(at)),
            Step::NotNext(set) => !(self.joined(at) && self.has(set, at)),
            Step::NotBefore(set) => !(self.joined(at) && before.is_some_and(|before| self.has(set, before))),
            Step::Word(_) | Step::Number | Step::Gap(_) => false,
        };
        if holds {
            self.open.push((to, at));
        }
    }

    fn gap(&mut self, most: usize, to: NodeId, at: usize) {
        self.open.push((to, at));
        let mut skipped = 0;
        let mut next = at;
        while skipped < most && next - at < most + MOST_PICTURES {
            if !self.joined(next)
                || self.clauses.get(next) != next.checked_sub(1).and_then(|before| self.clauses.get(before))
            {
                return;
            }
            skipped += usize::from(self.kind(next) != Some(Kind::Picture));
            next += 1;
            self.open.push((to, next));
        }
    }

    /// The next token that is wanted, at this place or behind pictures.
    fn next(&self, at: usize, start: usize, wanted: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        for next in at..=at + MOST_PICTURES {
            if next != start && !self.joined(next) {
                return None;
            }
            if wanted(self, next) {
                return Some(next);
            }
            if self.kind(next) != Some(Kind::Picture) {
                return None;
            }
        }
        None
    }

    fn has(&self, set: usize, at: usize) -> bool {
        self.numbers.get(at).is_some_and(|numbers| self.graph.vocabulary.has(set, numbers))
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.text.tokens().get(at).map(|token| token.kind)
    }

    /// Whether a token belongs to the sentence of the one before it.
    fn joined(&self, at: usize) -> bool {
        at > 0 && self.text.tokens().get(at).is_some_and(|token| token.before < Break::Sentence)
    }
}
