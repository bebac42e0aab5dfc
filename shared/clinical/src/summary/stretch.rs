//! A stretch of a turn read by itself, so that work on a statement does not grow with the turn that it stands in.

use crate::span::Span;
use crate::text::Text;
use crate::visit::Visit;

/// A stretch of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch<'a> {
    /// The stretch; its places count from its own beginning.
    pub(super) text: Text<'a>,
    start: usize,
}

impl<'a> Stretch<'a> {
    /// The words of a turn that stand in a span; `None` when the visit has no such turn.
    pub(super) fn of(visit: &Visit<'a>, (turn, span): (usize, Span)) -> Option<Self> {
        let written = visit.turns().get(turn)?.text.written();
        Some(Self { text: Text::read(written.get(span.start..span.end)?), start: span.start })
    }

    /// A place of the stretch as a place of its turn.
    pub(super) fn placed(&self, span: Span) -> Span {
        Span { start: span.start + self.start, end: span.end + self.start }
    }
}
