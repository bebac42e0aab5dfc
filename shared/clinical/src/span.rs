//! Where in a text something stands.

use serde::{Deserialize, Serialize};

/// A stretch of a text, in bytes, on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Span {
    /// The words of the text that stand here; empty when the span is not one of this text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// From the start of one stretch to the end of another.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_another_text_is_empty() {
        let span = Span { start: 2, end: 5 };
        assert_eq!(span.of("a café"), "caf");
        assert_eq!(span.of("é"), "");
        assert_eq!(Span { start: 1, end: 3 }.of("é€"), "");
        assert_eq!(Span { start: 4, end: 6 }.to(Span { start: 1, end: 2 }), Span { start: 1, end: 6 });
    }
}
