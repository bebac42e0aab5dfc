//! Finding the phrases of a graph in a text.
//!
//! From every word the graph is followed as far as the text agrees. How far is bounded by the longest phrase and its gaps,
//! not by the text; [`MOST_STEPS`] is a backstop for tables that somebody writes later.

mod seat;

use std::ops::Range;

use crate::{
    hash::{Map, Set},
    phrase::{
        graph::{Edge, Graph, NodeId, Step},
        search::seat::Seats,
        vocabulary::{Marks, SetId},
    },
    text::{Text, token::Kind},
};

/// Steps through the graph from one word of the text.
const MOST_STEPS: usize = 2_000;
/// Steps through one set from one word of the text.
const MOST_SET_STEPS: usize = 120;
/// Pictures in a row that are looked past.
const MOST_PICTURES: usize = 4;
/// So many places are looked for one by one; more are kept in a set.
const FEW: usize = 32;

/// The rules and the tokens of their phrases, by the first token.
pub(super) fn search(graph: &Graph, text: &Text<'_>) -> Vec<(u32, Range<usize>)> {
    let mut walk = Walk {
        graph,
        seats: Seats::of(text, &graph.vocabulary),
        start: 0,
        open: Vec::new(),
        seen: Vec::new(),
        many: Set::default(),
        found: Vec::new(),
        known: Map::default(),
        ends: Vec::new(),
    };
    (0..text.tokens().len()).for_each(|start| walk.from(start));
    walk.found
}

/// A place still to follow: a node, and the next token.
type Place = (NodeId, usize);

/// A search. Its lists are kept from word to word, so that a word costs no allocation.
struct Walk<'a> {
    graph: &'a Graph,
    seats: Seats<'a>,
    /// The token that the phrase begins with.
    start: usize,
    /// The places still to follow; those of a set lie above those of the phrase that it is part of.
    open: Vec<Place>,
    /// The places to which several ways lead and that were followed.
    seen: Vec<Place>,
    many: Set<Place>,
    found: Vec<(u32, Range<usize>)>,
    /// Where the phrases of a set end that begin at a token, which may or may not be the first of the whole phrase: a stretch
    /// of `ends`.
    known: Map<(u32, usize, bool), Range<usize>>,
    ends: Vec<usize>,
}

impl Walk<'_> {
    /// Finds the phrases that begin at a token.
    fn from(&mut self, start: usize) {
        self.start = start;
        let graph = self.graph;
        match self.seats.numbers(start) {
            [] => {}
            [number] => graph.first(*number).iter().for_each(|edge| self.begin(graph.edge(*edge))),
            several => {
                let mut first: Vec<u32> = several.iter().flat_map(|number| graph.first(*number)).copied().collect();
                first.sort_unstable();
                first.dedup();
                first.into_iter().for_each(|edge| self.begin(graph.edge(edge)));
            }
        }
        graph.conditions.iter().for_each(|edge| self.step(graph.edge(*edge), start));
        self.seen.clear();
        self.many.clear();
        let before = self.found.len();
        for _ in 0..MOST_STEPS {
            let Some(place) = self.open.pop() else { break };
            if graph.merges(place.0) && !self.is_new(place) {
                continue;
            }
            for edge in graph.edges_of(place.0) {
                match edge.step {
                    Step::Rule(rule) => self.find(rule, place.1, before),
                    _ => self.step(Some(edge), place.1),
                }
            }
        }
        self.open.clear();
        if let Some(found) = self.found.get_mut(before..) {
            found.sort_by_key(|(rule, _)| *rule);
        }
    }

    /// Takes an edge of the root to which the first word is known to belong.
    fn begin(&mut self, edge: Option<Edge>) {
        match edge {
            Some(Edge { step: Step::Word(_), to, .. }) => self.push(to, self.start + 1),
            _ => self.step(edge, self.start),
        }
    }

    /// A place to follow, unless the word there cannot be one that must follow.
    fn push(&mut self, to: NodeId, at: usize) {
        let needed = self.graph.marks(to);
        if needed == Marks::MAX || needed & self.seats.marks(at) != 0 {
            self.open.push((to, at));
        }
    }

    fn is_new(&mut self, place: Place) -> bool {
        if self.seen.contains(&place) {
            return false;
        }
        if self.seen.len() >= FEW {
            return self.many.insert(place);
        }
        self.seen.push(place);
        true
    }

    /// Keeps a phrase; of phrases of one rule the longest.
    fn find(&mut self, rule: u32, end: usize, before: usize) {
        let mut found = self.found.get_mut(before..).unwrap_or_default().iter_mut();
        match found.find(|(other, _)| *other == rule) {
            Some((_, tokens)) => tokens.end = tokens.end.max(end),
            None => self.found.push((rule, self.start..end)),
        }
    }

    /// Where the phrases of a set end that begin at a token: a stretch of `ends`.
    fn ends(&mut self, set: u32, at: usize) -> Range<usize> {
        let key = (set, at, at == self.start);
        if let Some(ends) = self.known.get(&key) {
            return ends.clone();
        }
        let graph = self.graph;
        let base = self.open.len();
        self.open.extend(graph.set(set).map(|start| (start, at)));
        let mut seen: Vec<Place> = Vec::new();
        let mut ends: Vec<usize> = Vec::new();
        for _ in 0..MOST_SET_STEPS {
            let Some(place) = self.open.get(base..).and_then(|own| own.last().copied()) else { break };
            self.open.pop();
            if graph.merges(place.0) {
                if seen.contains(&place) {
                    continue;
                }
                seen.push(place);
            }
            for edge in graph.edges_of(place.0) {
                match edge.step {
                    Step::SetEnd if !ends.contains(&place.1) => ends.push(place.1),
                    Step::SetEnd => {}
                    _ => self.step(Some(edge), place.1),
                }
            }
        }
        self.open.truncate(base);
        let first = self.ends.len();
        self.ends.extend(ends);
        self.known.insert(key, first..self.ends.len());
        first..self.ends.len()
    }

    fn step(&mut self, edge: Option<Edge>, at: usize) {
        let Some(Edge { step, to, .. }) = edge else { return };
        match step {
            Step::Word(set) => {
                let next = self.next(at, |walk, at| walk.has(set, at));
                next.into_iter().for_each(|at| self.push(to, at + 1));
            }
            Step::Number(least, most) => {
                let next = self.next(at, |walk, at| walk.seats.is_number(at, least, most));
                next.into_iter().for_each(|at| self.push(to, at + 1));
            }
            Step::Set(set) if self.may_begin(set, at) => {
                let ends = self.ends(set, at);
                ends.for_each(|end| {
                    let end = self.ends.get(end).copied();
                    end.into_iter().for_each(|end| self.push(to, end));
                });
            }
            Step::Gap(most) => self.gap(most, (to, at)),
            Step::Free | Step::Border | Step::NotNext(_) | Step::NotBefore(_) => {
                if self.holds(step, at) {
                    self.push(to, at);
                }
            }
            Step::Set(_) | Step::Rule(_) | Step::SetEnd => {}
        }
    }

    /// Whether a step that uses no word may be taken here.
    fn holds(&self, step: Step, at: usize) -> bool {
        match step {
            Step::Free => true,
            Step::Border => self.seats.is_border(at),
            Step::NotNext(set) => self.next(at, |walk, at| walk.seats.joined(at) && walk.has(set, at)).is_none(),
            Step::NotBefore(set) => {
                !(self.seats.joined(at) && at.checked_sub(1).is_some_and(|before| self.has(set, before)))
            }
            _ => false,
        }
    }

    fn gap(&mut self, most: u32, (to, at): Place) {
        self.push(to, at);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut skipped = 0;
        let mut next = at;
        while skipped < most && next - at < most + MOST_PICTURES {
            if !self.seats.may_be_skipped(next) {
                return;
            }
            skipped += usize::from(self.seats.kind(next) != Some(Kind::Picture));
            next += 1;
            self.push(to, next);
        }
    }

    /// The next token that is wanted, at this place or behind pictures.
    fn next(&self, at: usize, wanted: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        for next in at..=at + MOST_PICTURES {
            if next != self.start && !self.seats.joined(next) {
                return None;
            }
            if wanted(self, next) {
                return Some(next);
            }
            if self.seats.kind(next) != Some(Kind::Picture) {
                return None;
            }
        }
        None
    }

    /// A picture is looked past, so it may begin anything.
    fn may_begin(&self, set: u32, at: usize) -> bool {
        let kind = self.seats.kind(at);
        kind.is_some_and(|kind| kind == Kind::Picture || self.graph.may_begin(set, self.seats.numbers(at)))
    }

    fn has(&self, set: SetId, at: usize) -> bool {
        set.marks & self.seats.marks(at) != 0 && self.graph.vocabulary.has(set, self.seats.numbers(at))
    }
}
