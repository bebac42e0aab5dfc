//! Tables of phrases, and finding them in a message. All engines write what they know about wording in this form.
//!
//! A table is lines of text. Words are as [`Text`] reads them: lower case, no accents, contractions
//! taken apart (`don't` is `do not`).
//!
//! ```text
//! # a comment
//! ~v = - s ed ing                  endings, used as kill~v; - is none
//! @self = myself | me | my own self  a set: alternatives of one or more words, divided by " | "
//! [self_harm.wish]                 a rule; the lines below belong to it, up to the next one
//! want~v to die|disappear|@sleep   alternatives need no set when each is one word, a set, # or $
//! tired of living|being_alive       _ joins the words of one alternative
//! kill~v all? of? @self            ? makes an element optional
//! end ..2 life                     up to two other words of the same clause
//! suicid* note|letter              every word that begins so
//! pain # out? of? 10               # is a number, #10- one from 10 on, #10-20 one between; a line begins with #0-
//! ^ help $                         the clause begins (ends) here
//! die !laughing|of                 the next word is none of these (or of a set of words); before the first word: the word
//!                                  before is none of these
//! ```
//!
//! A phrase never reaches over the end of a sentence, and its gaps never over the end of a clause or a negation. Pictures
//! between words are looked past. Finding costs a constant number of steps for each word of the message (see `search`).

mod graph;
mod search;
mod source;
mod vocabulary;

use std::ops::Range;

use serde::Serialize;

use crate::{phrase::graph::Graph, span::Span, text::Text};

/// The name of a rule, as it stands in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RuleId(pub &'static str);

/// A line that no phrase can be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistake {
    /// The line.
    pub line: &'static str,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a line of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A phrase stands before the first rule.
    NoRule,
    /// The engine has no label for the rule.
    UnknownRule,
    /// A set or class of endings is used before it is defined.
    Undefined,
    /// A phrase begins with a gap or an optional word, or has no word at all.
    NoFirstWord,
    /// A gap is no number from 1 to 8.
    BadGap,
    /// A range of numbers is none.
    BadNumber,
    /// A word has characters that the reading of a text never gives.
    BadWord,
}

/// A phrase that stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<L> {
    /// What the engine called the rule.
    pub label: L,
    /// The rule.
    pub rule: RuleId,
    /// From the first to the last word of the phrase, as positions in the text's tokens.
    pub tokens: Range<usize>,
    /// The words as written.
    pub span: Span,
}

/// A table that was read.
#[derive(Debug)]
pub struct Table<L> {
    graph: Graph,
    rules: Vec<(RuleId, L)>,
    mistakes: Vec<Mistake>,
}

impl<L: Copy> Table<L> {
    /// Reads the files of a table one after the other. `label` gives each rule the engine's own type: it gets the words
    /// between the brackets, of which the first is the rule's name. Lines with mistakes are left out and listed.
    #[must_use]
    pub fn parse(sources: &[&'static str], label: impl Fn(&'static str) -> Option<L>) -> Self {
        let mut parser = source::Parser::for_source(sources.iter().map(|source| source.len()).sum());
        let mut rules = Vec::new();
        for line in sources.iter().flat_map(|source| source.lines()) {
            if let Some(name) = parser.rule_of(line) {
                let known =
                    label(name).map(|label| rules.push((RuleId(name.split(' ').next().unwrap_or(name)), label)));
                parser.begin(line, known.and_then(|()| rules.len().checked_sub(1)));
            } else {
                parser.read(line);
            }
        }
        let (graph, mistakes) = parser.finish();
        Self { graph, rules, mistakes }
    }

    /// The lines that were left out. A test of every table sees to it that there are none.
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// The rules, in the order of the table.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, L)> + '_ {
        self.rules.iter().copied()
    }

    /// Every phrase of the table in the text, by where it begins; of phrases of one rule that begin at the same word, the
    /// longest.
    #[must_use]
    pub fn matches(&self, text: &Text<'_>) -> Vec<Match<L>> {
        let found = search::search(&self.graph, text);
        let full = found.into_iter().filter_map(|(rule, tokens)| {
            let (id, label) = *self.rules.get(usize::try_from(rule).ok()?)?;
            let span = text.span(tokens.clone())?;
            Some(Match { label, rule: id, tokens, span })
        });
        full.collect()
    }
}

#[cfg(test)]
mod tests;
