//! The phrases of a table as one graph: phrases that begin alike share their beginning.

use crate::phrase::vocabulary::{SetId, Vocabulary, WordId};

/// A place in the graph.
pub(super) type NodeId = usize;

/// What leads from one place to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    /// A word of this set.
    Word(SetId),
    /// A number from the first to the last of these.
    Number(u32, u32),
    /// A phrase of this set.
    Set(usize),
    /// Up to so many other words.
    Gap(usize),
    /// Nothing.
    Free,
    /// Nothing, where a clause ends and the next begins.
    Border,
    /// Nothing, where the next word is not of this set.
    NotNext(SetId),
    /// Nothing, where the word before is not of this set.
    NotBefore(SetId),
}

/// A place: where it leads, and the rules whose phrases end here.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) edges: Vec<(Step, NodeId)>,
    pub(super) rules: Vec<usize>,
    /// A phrase of a set ends here.
    pub(super) ends_set: bool,
}

/// All phrases.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) vocabulary: Vocabulary,
    pub(super) nodes: Vec<Node>,
    /// Where the phrases of each set begin.
    pub(super) sets: Vec<NodeId>,
    /// The words that each set can begin with; `None` when it can begin without one.
    set_words: Vec<Option<SetId>>,
    /// Where a first word leads, and a first phrase of a set that begins with it.
    first: Vec<Vec<(Step, NodeId)>>,
    /// The steps without a word that lead away from the beginning.
    pub(super) conditions: Vec<(Step, NodeId)>,
}

impl Graph {
    pub(super) fn add_node(&mut self) -> NodeId {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    pub(super) fn connect(&mut self, from: NodeId, step: Step, to: NodeId) {
        // What leads to one place is connected in one go: only the last edges can be the same.
        let is_new = |node: &&mut Node| {
            node.edges.iter().rev().take_while(|(_, end)| *end == to).all(|(other, _)| *other != step)
        };
        if let Some(node) = self.nodes.get_mut(from).filter(is_new) {
            node.edges.push((step, to));
        }
    }

    pub(super) fn end(&mut self, at: NodeId, rule: usize) {
        if let Some(node) = self.nodes.get_mut(at).filter(|node| !node.rules.contains(&rule)) {
            node.rules.push(rule);
        }
    }

    pub(super) fn end_set(&mut self, at: NodeId) {
        if let Some(node) = self.nodes.get_mut(at) {
            node.ends_set = true;
        }
    }

    pub(super) fn node(&self, at: NodeId) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// Makes the index of first words, once all phrases are in.
    pub(super) fn index(&mut self) {
        for set in 0..self.sets.len() {
            let mut words = Vec::new();
            let only_words = self.first_words(Step::Set(set), &mut words);
            let words = only_words.then(|| self.vocabulary.keep(words));
            self.set_words.push(words);
        }
        let edges = self.nodes.first().map(|root| root.edges.clone()).unwrap_or_default();
        for (step, to) in edges {
            if matches!(step, Step::Word(_) | Step::Set(_)) {
                let mut words = Vec::new();
                self.first_words(step, &mut words);
                words.sort_unstable();
                words.dedup();
                for word in words {
                    let at = usize::try_from(word).unwrap_or_default();
                    self.first.resize_with(self.first.len().max(at + 1), Vec::new);
                    self.first.get_mut(at).into_iter().for_each(|first| first.push((step, to)));
                }
            } else {
                self.conditions.push((step, to));
            }
        }
    }

    /// What the phrases that begin with a word begin with.
    pub(super) fn first(&self, word: WordId) -> &[(Step, NodeId)] {
        usize::try_from(word).ok().and_then(|at| self.first.get(at)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a token with these numbers can begin a phrase of a set.
    pub(super) fn may_begin(&self, set: usize, numbers: &[WordId]) -> bool {
        let words = self.set_words.get(set).copied().flatten();
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
                let node = self.sets.get(set).and_then(|start| self.nodes.get(*start));
                let edges = node.map(|node| node.edges.as_slice()).unwrap_or_default();
                edges.iter().fold(true, |needed, (step, _)| self.first_words(*step, words) && needed)
            }
            _ => false,
        }
    }
}
