//! What is said in one breath: the units in which orders are given and notes are written.
//!
//! Written text ends its sentences with marks. Transcribed speech often has none: there a new statement begins at words such
//! as "okay" and "so", and where a subject and its verb follow words that are already a whole statement.

use std::ops::Range;

use crate::span::Span;
use crate::text::Text;
use crate::text::token::{Break, Token};

mod opening;

/// One statement of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its tokens, as positions in the text's tokens.
    pub tokens: Range<usize>,
    /// From its first to its last token.
    pub span: Span,
    /// Whether it asks.
    pub is_question: bool,
}

/// Shorter beginnings stay with what follows.
const MIN_TOKENS: usize = 3;
/// Nobody says more in one breath; what is longer is cut, so that work on a statement is bounded.
const MAX_TOKENS: usize = 120;

/// The statements of a text, in order; together they are all its tokens.
#[must_use]
pub fn split(text: &Text<'_>) -> Vec<Statement> {
    let tokens = text.tokens();
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        let is_end = tokens.get(at).is_none_or(|token| token.before == Break::Sentence);
        let is_long = at - start >= MAX_TOKENS;
        if is_end || is_long || (at >= start + MIN_TOKENS && opening::opens(tokens, start, at)) {
            found.extend(statement(text, start..at));
            start = at;
        }
    }
    found
}

fn statement(text: &Text<'_>, tokens: Range<usize>) -> Option<Statement> {
    let span = text.span(tokens.clone())?;
    let behind = text.between(tokens.end);
    let behind = if tokens.end < text.tokens().len() { behind } else { text.written().get(span.end..)? };
    let run = text.tokens().get(tokens.clone())?;
    let is_question = opening::asks(run) || (behind.trim_start().starts_with('?') && !is_tag(run));
    Some(Statement { tokens, span, is_question })
}

/// "…, okay?" asks for consent, not for an answer.
fn is_tag(run: &[Token]) -> bool {
    const TAGS: [&str; 8] = ["okay", "ok", "right", "alright", "yeah", "vale", "verdad", "bueno"];
    run.len() > 1 && run.last().is_some_and(|last| TAGS.contains(&last.word.as_str()))
}

#[cfg(test)]
mod tests;
