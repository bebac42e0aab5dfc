//! The phrases of a table as one graph: phrases that begin alike share their beginning.

use std::collections::HashMap;

use crate::phrase::vocabulary::{SetId, Vocabulary, WordId};

/// A place in the graph.
pub(super) type NodeId = usize;

/// What leads from one place to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// A word of this set.
    Word(SetId),
    /// A number.
    Number,
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
}

/// All phrases.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) vocabulary: Vocabulary,
    pub(super) nodes: Vec<Node>,
    /// Where a first word leads.
    pub(super) first: HashMap<WordId, Vec<NodeId>>,
    /// The steps without a word that lead away from the beginning.
    pub(super) conditions: Vec<(Step, NodeId)>,
}

impl Graph {
    pub(super) fn add_node(&mut self) -> NodeId {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    pub(super) fn connect(&mut self, from: NodeId, step: Step, to: NodeId) {
        if let Some(node) = self.nodes.get_mut(from).filter(|node| !node.edges.contains(&(step, to))) {
            node.edges.push((step, to));
        }
    }

    pub(super) fn end(&mut self, at: NodeId, rule: usize) {
        if let Some(node) = self.nodes.get_mut(at).filter(|node| !node.rules.contains(&rule)) {
            node.rules.push(rule);
        }
    }

    pub(super) fn node(&self, at: NodeId) -> Option<&Node> {
        self.nodes.get(at)
    }

    /// Makes the index of first words, once all phrases are in.
    pub(super) fn index(&mut self) {
        let edges = self.nodes.first().map(|root| root.edges.clone()).unwrap_or_default();
        for (step, to) in edges {
            if let Step::Word(set) = step {
                for word in self.vocabulary.words_of(set) {
                    self.first.entry(*word).or_default().push(to);
                }
            } else {
                self.conditions.push((step, to));
            }
        }
    }
}
