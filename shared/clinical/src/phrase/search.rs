//! Finding the phrases of a graph in a text.
//!
//! From every word the graph is followed as far as the text agrees. How far is bounded by the longest phrase and its gaps,
//! not by the text; [`MOST_STEPS`] is a backstop for tables that somebody writes later.

use std::ops::Range;

use crate::{
    hash::{Map, Set},
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
const MOST_STEPS: usize = 2_000;
/// Steps through one set from one word of the text.
const MOST_SET_STEPS: usize = 120;
/// Words that no gap passes over.
const NEGATIONS: &[&str] =
    &["not", "never", "no", "nobody", "nor", "without", "nunca", "jamas", "nadie", "sin", "tampoco", "pas", "jamais"];
/// Pictures in a row that are looked past.
const MOST_PICTURES: usize = 4;

/// The rules and the tokens of their phrases, by the first token.
pub(super) fn search(graph: &Graph, text: &Text<'_>) -> Vec<(usize, Range<usize>)> {
    let numbers: Vec<Numbers> = text.tokens().iter().map(|token| graph.vocabulary.numbers(token)).collect();
    let mut walk = Walk { graph, text, numbers, clauses: clauses(text), start: 0, known: Map::default() };
    (0..text.tokens().len()).flat_map(|start| walk.from(start)).collect()
}

/// The number of the clause of each token.
fn clauses(text: &Text<'_>) -> Vec<usize> {
    let numbered = text.clauses().iter().enumerate();
    numbered.flat_map(|(number, clause)| std::iter::repeat_n(number, clause.tokens.len())).collect()
}

/// The places that were followed. They are few, mostly.
#[derive(Default)]
struct Seen {
    few: Vec<Place>,
    many: Set<Place>,
}

impl Seen {
    /// Whether the place is new.
    fn insert(&mut self, place: Place) -> bool {
        if self.few.len() >= 32 {
            return !self.few.contains(&place) && self.many.insert(place);
        }
        let new = !self.few.contains(&place);
        self.few.extend(new.then_some(place));
        new
    }
}

/// A place still to follow: a node, and the next token.
type Place = (NodeId, usize);

struct Walk<'a> {
    graph: &'a Graph,
    text: &'a Text<'a>,
    numbers: Vec<Numbers>,
    clauses: Vec<usize>,
    /// The token that the phrase begins with.
    start: usize,
    /// Where the phrases of a set end that begin at a token, which may or may not be the first of the whole phrase.
    known: Map<(usize, usize, bool), Vec<usize>>,
}

impl Walk<'_> {
    fn from(&mut self, start: usize) -> Vec<(usize, Range<usize>)> {
        self.start = start;
        let graph = self.graph;
        let numbers = self.numbers.get(start).map(Vec::as_slice).unwrap_or_default();
        let mut open: Vec<Place> = Vec::new();
        match numbers {
            [] => {}
            [number] => {
                let number = *number;
                graph.first(number).iter().for_each(|edge| self.step(*edge, start, &mut open));
            }
            several => {
                let mut first: Vec<(Step, NodeId)> =
                    several.iter().flat_map(|number| graph.first(*number)).copied().collect();
                first.sort_unstable();
                first.dedup();
                first.into_iter().for_each(|edge| self.step(edge, start, &mut open));
            }
        }
        graph.conditions.iter().for_each(|edge| self.step(*edge, start, &mut open));
        let mut seen = Seen::default();
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for _ in 0..MOST_STEPS {
            let Some((node, at)) = open.pop() else { break };
            if !seen.insert((node, at)) {
                continue;
            }
            self.follow((node, at), &mut open);
            for rule in graph.node(node).map(|node| node.rules.as_slice()).unwrap_or_default() {
                match found.iter_mut().find(|(other, _)| other == rule) {
                    Some((_, tokens)) => tokens.end = tokens.end.max(at),
                    None => found.push((*rule, start..at)),
                }
            }
        }
        found.sort_by_key(|(rule, _)| *rule);
        found
    }

    /// Where the phrases of a set end that begin at a token.
    fn ends(&mut self, set: usize, at: usize) -> Vec<usize> {
        if let Some(ends) = self.known.get(&(set, at, at == self.start)) {
            return ends.clone();
        }
        let mut open: Vec<Place> = self.graph.sets.get(set).map(|node| (*node, at)).into_iter().collect();
        let mut seen: Vec<Place> = Vec::new();
        let mut ends = Vec::new();
        for _ in 0..MOST_SET_STEPS {
            let Some(place) = open.pop() else { break };
            if seen.contains(&place) {
                continue;
            }
            seen.push(place);
            self.follow(place, &mut open);
            if self.graph.node(place.0).is_some_and(|node| node.ends_set) && !ends.contains(&place.1) {
                ends.push(place.1);
            }
        }
        self.known.insert((set, at, at == self.start), ends.clone());
        ends
    }

    fn follow(&mut self, (node, at): Place, open: &mut Vec<Place>) {
        let graph = self.graph;
        for edge in graph.node(node).map(|node| node.edges.as_slice()).unwrap_or_default() {
            self.step(*edge, at, open);
        }
    }

    fn step(&mut self, (step, to): (Step, NodeId), at: usize, open: &mut Vec<Place>) {
        match step {
            Step::Word(set) => {
                let next = self.next(at, |walk, at| walk.has(set, at));
                open.extend(next.map(|at| (to, at + 1)));
            }
            Step::Number(least, most) => {
                let next = self.next(at, |walk, at| walk.is_number(at, least, most));
                open.extend(next.map(|at| (to, at + 1)));
            }
            Step::Set(set) if self.may_begin(set, at) => {
                open.extend(self.ends(set, at).into_iter().map(|end| (to, end)));
            }
            Step::Set(_) => {}
            Step::Gap(most) => self.gap(most, (to, at), open),
            Step::Free | Step::Border | Step::NotNext(_) | Step::NotBefore(_) => {
                open.extend(self.holds(step, at).then_some((to, at)));
            }
        }
    }

    /// Whether a step that uses no word may be taken here.
    fn holds(&self, step: Step, at: usize) -> bool {
        let clause = |at: Option<usize>| at.and_then(|at| self.clauses.get(at));
        let before = at.checked_sub(1);
        match step {
            Step::Free => true,
            Step::Border => clause(before) != clause(Some(at)),
            Step::NotNext(set) => self.next(at, |walk, at| walk.joined(at) && walk.has(set, at)).is_none(),
            Step::NotBefore(set) => !(self.joined(at) && before.is_some_and(|before| self.has(set, before))),
            Step::Word(_) | Step::Number(..) | Step::Set(_) | Step::Gap(_) => false,
        }
    }

    fn gap(&self, most: usize, (to, at): Place, open: &mut Vec<Place>) {
        open.push((to, at));
        let mut skipped = 0;
        let mut next = at;
        while skipped < most && next - at < most + MOST_PICTURES {
            let clause = |at: usize| self.clauses.get(at);
            if !self.joined(next) || self.is_negation(next) || clause(next) != next.checked_sub(1).and_then(clause) {
                return;
            }
            skipped += usize::from(self.kind(next) != Some(Kind::Picture));
            next += 1;
            open.push((to, next));
        }
    }

    /// The next token that is wanted, at this place or behind pictures.
    fn next(&self, at: usize, wanted: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        for next in at..=at + MOST_PICTURES {
            if next != self.start && !self.joined(next) {
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

    /// A picture is looked past, so it may begin anything.
    fn may_begin(&self, set: usize, at: usize) -> bool {
        let numbers = self.numbers.get(at).map(Vec::as_slice).unwrap_or_default();
        self.kind(at).is_some_and(|kind| kind == Kind::Picture || self.graph.may_begin(set, numbers))
    }

    fn has(&self, set: usize, at: usize) -> bool {
        self.numbers.get(at).is_some_and(|numbers| self.graph.vocabulary.has(set, numbers))
    }

    /// A gap passes over no negation: "he never hits me" is not "he hits me".
    fn is_negation(&self, at: usize) -> bool {
        self.text.tokens().get(at).is_some_and(|token| NEGATIONS.contains(&token.word.as_str()))
    }

    /// Whether a token is a number from one to another. What stands behind a decimal mark does not count.
    fn is_number(&self, at: usize, least: u32, most: u32) -> bool {
        let Some(token) = self.text.tokens().get(at).filter(|token| token.kind == Kind::Number) else { return false };
        let digits = token.word.bytes().take_while(u8::is_ascii_digit);
        let whole =
            digits.fold(0_u32, |number, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')));
        (least..=most).contains(&whole)
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.text.tokens().get(at).map(|token| token.kind)
    }

    /// Whether a token belongs to the sentence of the one before it.
    fn joined(&self, at: usize) -> bool {
        at > 0 && self.text.tokens().get(at).is_some_and(|token| token.before < Break::Sentence)
    }
}
