//! Where in a conversation something was said.

use serde::Serialize;

use crate::span::Span;

/// Words of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Evidence {
    /// The turn, counted from 0.
    pub turn: usize,
    /// The words, in its text.
    pub span: Span,
}
