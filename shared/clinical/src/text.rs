//! A message read once, so that every engine looks at the same words: normalised, cut into sentences and clauses, and
//! each word with the place where the writer put it.
//!
//! Reading undoes what hides a word from a list of words: case, width, accents, invisible characters, look-alike letters
//! (Unicode TR 36 and TR 39), digits and signs for letters, stretched words, letters with spaces or marks between them,
//! words broken or run together, missing apostrophes, shorthand. A spelling is only taken for a disguise when the word
//! behind it is one that people hide (`data/lexicon.txt`): `b12`, `10mg` and `нос` stay what they are.

mod chunk;
pub mod clause;
mod disguise;
mod glyph;
mod lexicon;
mod lookalike;
mod repair;
mod spelling;
pub mod token;

use std::ops::Range;

use crate::{
    language::{self, Language},
    span::Span,
    text::{
        clause::Clause,
        glyph::{Glyph, Kind as Glyphs},
        token::{Break, Token},
    },
};

/// Quotations longer than this, in bytes, are forgotten marks rather than quotations.
const LONGEST_QUOTATION: usize = 400;

/// A message that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    written: &'a str,
    tokens: Vec<Token>,
    clauses: Vec<Clause>,
    language: Language,
}

impl<'a> Text<'a> {
    /// Reads a message. Time and memory are linear in its length.
    #[must_use]
    pub fn read(written: &'a str) -> Self {
        let glyphs = glyph::read(written);
        let mut reader = read_chunks(&glyphs, false);
        if reader.bold {
            reader = read_chunks(&glyphs, true);
        }
        let mut tokens = repair::repair(written, reader.tokens);
        mark_quotations(written, &reader.quotes, &mut tokens);
        let clauses = clause::split(&tokens);
        let language = language::of(&tokens);
        Self { written, tokens, clauses, language }
    }

    /// The message as written.
    #[must_use]
    pub fn written(&self) -> &'a str {
        self.written
    }

    /// Its words, numbers and pictures, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Its clauses, in order; together they are all tokens.
    #[must_use]
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The language of most of its words.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The number of the clause that a token belongs to.
    #[must_use]
    pub fn clause_at(&self, token: usize) -> usize {
        self.clauses.partition_point(|clause| clause.tokens.end <= token)
    }

    /// The tokens of a clause; empty when there is no such clause.
    #[must_use]
    pub fn tokens_of(&self, clause: &Clause) -> &[Token] {
        self.tokens.get(clause.tokens.clone()).unwrap_or_default()
    }

    /// The tokens of the whole sentence that a clause belongs to, as positions.
    #[must_use]
    pub fn sentence_of(&self, clause: &Clause) -> Range<usize> {
        let first = self.clauses.partition_point(|other| other.sentence < clause.sentence);
        let behind = self.clauses.partition_point(|other| other.sentence <= clause.sentence);
        let start = self.clauses.get(first).map(|clause| clause.tokens.start).unwrap_or_default();
        let end = behind.checked_sub(1).and_then(|last| self.clauses.get(last)).map(|clause| clause.tokens.end);
        start..end.unwrap_or(start)
    }

    /// Where a run of tokens stands; `None` when it is empty or not of this text.
    #[must_use]
    pub fn span(&self, tokens: Range<usize>) -> Option<Span> {
        let run = self.tokens.get(tokens)?;
        Some(run.first()?.span.to(run.last()?.span))
    }

    /// The tokens that touch a stretch of the text, as positions.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// What was written between a token and the one before it.
    #[must_use]
    pub fn between(&self, token: usize) -> &'a str {
        let start = token.checked_sub(1).and_then(|before| self.tokens.get(before)).map(|before| before.span.end);
        let end = self.tokens.get(token).map(|token| token.span.start);
        end.and_then(|end| self.written.get(start.unwrap_or_default()..end)).unwrap_or_default()
    }
}

/// What stands between spaces. Who hides one word behind digits may have hidden short ones before it, so such a message is
/// read a second time, `bold` from its beginning.
fn read_chunks(glyphs: &[Glyph], bold: bool) -> chunk::Reader {
    let mut reader = chunk::Reader::default();
    reader.bold = bold;
    for run in glyphs.chunk_by(|a, b| is_space(a.kind) == is_space(b.kind)) {
        match run.first().map(|glyph| is_space(glyph.kind)) {
            Some(true) if run.iter().any(|glyph| glyph.kind == Glyphs::Line) => reader.separate(Break::Sentence),
            Some(false) => reader.read(run),
            _ => {}
        }
    }
    reader
}

fn is_space(kind: Glyphs) -> bool {
    matches!(kind, Glyphs::Space | Glyphs::Line)
}

/// Marks the words between two quotation marks of the same line.
fn mark_quotations(written: &str, quotes: &[usize], tokens: &mut [Token]) {
    let mut open: Option<usize> = None;
    let mut from = 0;
    for quote in quotes.iter().copied() {
        let Some(start) = open.replace(quote) else { continue };
        let inside = written.get(start..quote).unwrap_or_default();
        if inside.len() > LONGEST_QUOTATION || inside.contains('\n') {
            continue;
        }
        open = None;
        let rest = tokens.get_mut(from..).unwrap_or_default();
        let first = rest.partition_point(|token| token.span.start < start);
        for token in rest.iter_mut().skip(first).take_while(|token| token.span.start < quote) {
            token.quoted = true;
        }
        from += first;
    }
}

#[cfg(test)]
mod tests;
