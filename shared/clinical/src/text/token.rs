//! The words of a message.

use crate::span::Span;

/// One word, number or picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word to compare with: lower case, without accents and disguise, contractions taken apart (`don't` is the two
    /// tokens `do` and `not`). A number is as written (`38,5`); a picture is its first character.
    pub word: String,
    /// The characters as written. The parts of a contraction share one span.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What stands between this token and the one before.
    pub before: Break,
    /// It stands between quotation marks.
    pub quoted: bool,
    /// An accent was written in it: `sí` is yes, `si` may be if.
    pub accented: bool,
    /// The writer hid it: its word is not what a plain reading of its letters gives.
    pub disguised: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters, or letters with digits behind them (`b12`).
    Word,
    /// Digits, with a decimal mark inside if one was written.
    Number,
    /// An emoji or another pictograph.
    Picture,
    /// A web or mail address; its words are not the writer's.
    Link,
}

/// How strongly two neighbouring tokens are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum Break {
    /// Nothing, a space or a hyphen.
    #[default]
    None,
    /// A comma, a slash or three full stops.
    Comma,
    /// A semicolon, colon, dash or bracket.
    Clause,
    /// The end of a sentence or line.
    Sentence,
}
