//! The phrases of a table as one graph: phrases that begin alike share their beginning.

use crate::phrase::vocabulary::{Marks, SetId, Vocabulary, WordId};

/// A place in the graph.
pub(super) type NodeId = u32;
/// A way from one place to the next.
pub(super) type EdgeId = u32;

/// The place where every phrase begins.
pub(super) const ROOT: NodeId = 0;
/// Behind the last edge of a node.
const NO_EDGE: EdgeId = EdgeId::MAX;

/// What leads from one place to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A word of this set.
    Word(SetId),
    /// A number from the first to the last of these.
    Number(u32, u32),
    /// A phrase of this set.
    Set(u32),
    /// Up to so many other words.
    Gap(u32),
    /// Nothing.
    Free,
    /// Nothing, where a clause ends and the next begins.
    Border,
    /// Nothing, where the next word is not of this set.
    NotNext(SetId),
    /// Nothing, where the word before is not of this set.
    NotBefore(SetId),
    /// Nowhere: a phrase of this rule ends here.
    Rule(u32),
    /// Nowhere: a phrase of a set ends here.
    SetEnd,
}

/// A step and where it leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) step: Step,
    pub(super) to: NodeId,
    /// The next edge of the same node. Edges of all nodes lie in one list: reading a table would else allocate for each node.
    next: EdgeId,
}

/// A place: its edges, and whether one way leads to it, or several, so that a search may come by twice.
#[derive(Debug, Clone, Copy)]
struct Node {
    first: EdgeId,
    last: EdgeId,
    reached: bool,
    merges: bool,
    /// The marks of the words of which one must follow; all of them where none needs to.
    marks: Marks,
}

/// All phrases.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) vocabulary: Vocabulary,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// Where the phrases of each set begin.
    sets: Vec<NodeId>,
    /// The words that each set can begin with; `None` when it can begin without one.
    set_words: Vec<Option<SetId>>,
    /// The edges of the root that begin with a word or set, by that word.
    first: Vec<EdgeId>,
    /// Where the edges of each word begin in `first`.
    starts: Vec<u32>,
    /// The edges without a word that lead away from the beginning.
    pub(super) conditions: Vec<EdgeId>,
}

impl Graph {
    /// An empty graph, with room for the phrases of so many bytes.
    pub(super) fn for_source(bytes: usize) -> Self {
        let mut graph = Self::default();
        graph.nodes.reserve(bytes / 8);
        graph.edges.reserve(bytes / 7);
        graph.vocabulary.reserve(bytes / 16);
        graph.add_node();
        graph
    }

    pub(super) fn add_node(&mut self) -> NodeId {
        self.nodes.push(Node { first: NO_EDGE, last: NO_EDGE, reached: false, merges: false, marks: Marks::MAX });
        number(self.nodes.len() - 1)
    }

    pub(super) fn connect(&mut self, from: NodeId, step: Step, to: NodeId) {
        // The root has thousands of edges, each for an element that was new; and what leads to a new place is new.
        let is_reached = self.nodes.get(place(to)).is_some_and(|node| node.reached);
        if from != ROOT && is_reached && self.edges_of(from).any(|edge| edge.step == step && edge.to == to) {
            return;
        }
        self.add_edge(from, step, to);
        if let Some(node) = self.nodes.get_mut(place(to)) {
            node.merges |= node.reached || matches!(step, Step::Gap(_) | Step::Set(_));
            node.reached = true;
        }
    }

    /// A phrase of a rule, or of a set, ends at a place.
    pub(super) fn end(&mut self, at: NodeId, end: Step) {
        if !self.edges_of(at).any(|edge| edge.step == end) {
            self.add_edge(at, end, at);
        }
    }

    fn add_edge(&mut self, from: NodeId, step: Step, to: NodeId) {
        let new = number(self.edges.len());
        let Some(node) = self.nodes.get_mut(place(from)) else { return };
        let last = std::mem::replace(&mut node.last, new);
        match self.edges.get_mut(place(last)) {
            Some(last) => last.next = new,
            None => node.first = new,
        }
        self.edges.push(Edge { step, to, next: NO_EDGE });
    }

    pub(super) fn edge(&self, at: EdgeId) -> Option<Edge> {
        self.edges.get(place(at)).copied()
    }

    pub(super) fn edges_of(&self, at: NodeId) -> impl Iterator<Item = Edge> + '_ {
        let first = self.nodes.get(place(at)).and_then(|node| self.edge(node.first));
        std::iter::successors(first, |edge| self.edge(edge.next))
    }

    /// The marks of the words of which one must stand at a place; all where none needs to.
    pub(super) fn marks(&self, at: NodeId) -> Marks {
        self.nodes.get(place(at)).map_or(0, |node| node.marks)
    }

    /// Whether several ways lead to a place.
    pub(super) fn merges(&self, at: NodeId) -> bool {
        self.nodes.get(place(at)).is_some_and(|node| node.merges)
    }

    /// A new set, whose phrases begin at a place.
    pub(super) fn add_set(&mut self, start: NodeId) -> Step {
        self.sets.push(start);
        Step::Set(number(self.sets.len() - 1))
    }

    /// The place where the phrases of a set begin.
    pub(super) fn set(&self, set: u32) -> Option<NodeId> {
        self.sets.get(place(set)).copied()
    }

    /// Makes the index of first words, once all phrases are in.
    pub(super) fn index(&mut self) {
        for set in 0..number(self.sets.len()) {
            let mut words = Vec::new();
            let only_words = self.first_words(Step::Set(set), &mut words);
            let words = only_words.then(|| self.vocabulary.keep(words));
            self.set_words.push(words);
        }
        let mut first: Vec<(WordId, EdgeId)> = Vec::with_capacity(self.nodes.len());
        let mut at = self.nodes.first().map_or(NO_EDGE, |root| root.first);
        while let Some(edge) = self.edge(at) {
            let words = match edge.step {
                Step::Word(words) => Some(words),
                Step::Set(set) => {
                    let mut words = Vec::new();
                    self.first_words(Step::Set(set), &mut words);
                    Some(self.vocabulary.keep(words))
                }
                _ => None,
            };
            match words {
                Some(words) => first.extend(self.vocabulary.words_of(words).iter().map(|word| (*word, at))),
                None => self.conditions.push(at),
            }
            at = edge.next;
        }
        self.sort_first(&first);
        self.mark_nodes();
    }

    /// Finds out which words must follow each place. Steps without a word lead to places that were made later, mostly.
    fn mark_nodes(&mut self) {
        for at in (0..number(self.nodes.len())).rev() {
            let marks = self.edges_of(at).fold(0, |marks, edge| {
                marks
                    | match edge.step {
                        Step::Word(set) => set.marks,
                        Step::Set(set) => {
                            self.set_words.get(place(set)).copied().flatten().map_or(Marks::MAX, |words| words.marks)
                        }
                        Step::Free | Step::Border | Step::NotNext(_) | Step::NotBefore(_) if edge.to > at => {
                            self.marks(edge.to)
                        }
                        _ => Marks::MAX,
                    }
            });
            self.nodes.get_mut(place(at)).into_iter().for_each(|node| node.marks = marks);
        }
    }

    /// Sorts the edges of the root by their words: counts them, adds the counts up, and puts each where it belongs.
    fn sort_first(&mut self, first: &[(WordId, EdgeId)]) {
        let mut ends = vec![0_u32; self.vocabulary.len() + 1];
        for (word, _) in first {
            ends.get_mut(place(*word)).into_iter().for_each(|count| *count += 1);
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        self.first = vec![NO_EDGE; first.len()];
        for (word, edge) in first.iter().rev() {
            let Some(end) = ends.get_mut(place(*word)) else { continue };
            *end = end.saturating_sub(1);
            self.first.get_mut(place(*end)).into_iter().for_each(|first| *first = *edge);
        }
        self.starts = ends;
    }

    /// What the phrases that begin with a word begin with.
    pub(super) fn first(&self, word: WordId) -> &[EdgeId] {
        let bound = |word: WordId| self.starts.get(place(word)).map(|start| place(*start));
        let range = bound(word).zip(bound(word + 1)).and_then(|(start, end)| self.first.get(start..end));
        range.unwrap_or_default()
    }

    /// Whether a token with these numbers can begin a phrase of a set.
    pub(super) fn may_begin(&self, set: u32, numbers: &[WordId]) -> bool {
        let words = self.set_words.get(place(set)).copied().flatten();
        words.is_none_or(|words| self.vocabulary.has(words, numbers))
    }

    /// The words that a step can begin with, and whether it needs one.
    fn first_words(&self, step: Step, words: &mut Vec<WordId>) -> bool {
        match step {
            Step::Word(set) => {
                words.extend(self.vocabulary.words_of(set));
                true
            }
            Step::Set(set) => {
                let start = self.set(set).unwrap_or(ROOT);
                let free = self.edges_of(start).filter(|edge| !self.first_words(edge.step, words)).count();
                free == 0
            }
            _ => false,
        }
    }
}

/// The number of the last of so many places or edges. Tables are far from four thousand million.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
