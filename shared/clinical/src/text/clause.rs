//! Sentences and clauses: the stretches over which a negation, a condition or a subject reaches.

use std::ops::Range;

use crate::{
    span::Span,
    text::token::{Break, Token},
};

/// A stretch of a sentence with one thought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its tokens, as positions in the text's tokens.
    pub tokens: Range<usize>,
    /// From its first to its last token.
    pub span: Span,
    /// The sentence it belongs to, counted from 0.
    pub sentence: usize,
    /// How it is tied to the clause before.
    pub opener: Opener,
}

/// What opens a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opener {
    /// A new sentence, or a mark such as a semicolon or bracket.
    Plain,
    /// But, however, except; pero, sin embargo; mais.
    Contrast,
    /// Although, even though; aunque; bien que.
    Concession,
    /// Because, since; porque, ya que; parce que.
    Cause,
    /// If, unless; si.
    Condition,
    /// When, until, before, after; cuando, hasta; quand.
    Time,
    /// And, or, then, so or a comma, with a new subject behind it.
    Addition,
}

const CONTRAST: &[&str] = &[
    "but",
    "however",
    "nevertheless",
    "nonetheless",
    "whereas",
    "except",
    "yet",
    "pero",
    "sino",
    "excepto",
    "mais",
    "cependant",
    "pourtant",
];
const CONCESSION: &[&str] = &["although", "though", "despite", "aunque", "mientras", "malgre"];
const CAUSE: &[&str] = &["because", "porque", "pues", "parce", "car", "puisque"];
const CONDITION: &[&str] = &["if", "unless", "si", "whether"];
const TIME: &[&str] = &["when", "whenever", "until", "cuando", "quand", "lorsque"];
/// They open a clause only before a subject: "since I fell", "so I went".
const BEFORE_SUBJECT: &[(&str, Opener)] = &[
    ("since", Opener::Cause),
    ("as", Opener::Cause),
    ("while", Opener::Concession),
    ("before", Opener::Time),
    ("after", Opener::Time),
    ("once", Opener::Time),
    ("and", Opener::Addition),
    ("or", Opener::Addition),
    ("so", Opener::Addition),
    ("then", Opener::Addition),
    ("plus", Opener::Addition),
    ("y", Opener::Addition),
    ("e", Opener::Addition),
    ("o", Opener::Addition),
    ("et", Opener::Addition),
    ("ou", Opener::Addition),
];
/// Two words that open a clause together.
const PAIRS: &[(&str, &str, Opener)] = &[
    ("sin", "embargo", Opener::Contrast),
    ("en", "cambio", Opener::Contrast),
    ("even", "though", Opener::Concession),
    ("even", "if", Opener::Condition),
    ("a", "pesar", Opener::Concession),
    ("ya", "que", Opener::Cause),
    ("puesto", "que", Opener::Cause),
    ("debido", "a", Opener::Cause),
    ("due", "to", Opener::Cause),
    ("bien", "que", Opener::Concession),
    ("alors", "que", Opener::Concession),
    ("apart", "from", Opener::Contrast),
    ("aside", "from", Opener::Contrast),
    ("other", "than", Opener::Contrast),
    ("aparte", "de", Opener::Contrast),
];
/// Words that are the subject, or in Spanish the verb, of a new clause.
const SUBJECTS: &[&str] = &[
    "i", "he", "she", "we", "they", "you", "it", "there", "this", "that", "yo", "ella", "ellos", "ellas", "nosotros",
    "usted", "tu", "me", "estoy", "tengo", "quiero", "voy", "siento", "creo", "pienso", "puedo", "necesito", "hay",
    "ya", "je", "il", "elle", "on", "nous", "vous", "ils", "elles",
];

/// The clauses of the tokens.
pub(super) fn split(tokens: &[Token]) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut sentence = 0;
    let mut start = 0;
    let mut opener = Opener::Plain;
    for at in 0..tokens.len() {
        let Some(next) = opening(tokens, at) else { continue };
        if at > start {
            clauses.extend(clause(tokens, start..at, sentence, opener));
        }
        if at > 0 && tokens.get(at).is_some_and(|token| token.before == Break::Sentence) {
            sentence += 1;
        }
        (start, opener) = (at, next);
    }
    clauses.extend(clause(tokens, start..tokens.len(), sentence, opener));
    clauses
}

fn clause(tokens: &[Token], range: Range<usize>, sentence: usize, opener: Opener) -> Option<Clause> {
    let inside = tokens.get(range.clone())?;
    let span = inside.first()?.span.to(inside.last()?.span);
    Some(Clause { tokens: range, span, sentence, opener })
}

/// Whether a clause begins at this token, and how.
fn opening(tokens: &[Token], at: usize) -> Option<Opener> {
    let token = tokens.get(at)?;
    let word = |at: usize| tokens.get(at).map(|token| token.word.as_str()).unwrap_or_default();
    let subject =
        |at: usize| tokens.get(at).is_some_and(|token| SUBJECTS.contains(&token.word.as_str()) || is_he(token));
    let (this, next) = (word(at), word(at + 1));
    let conjunction = || {
        if let Some((_, _, opener)) = PAIRS.iter().find(|(a, b, _)| *a == this && *b == next) {
            return Some(*opener);
        }
        let listed = [
            (CONTRAST, Opener::Contrast),
            (CONCESSION, Opener::Concession),
            (CAUSE, Opener::Cause),
            (CONDITION, Opener::Condition),
            (TIME, Opener::Time),
        ];
        let alone = listed.into_iter().find(|(words, _)| words.contains(&this)).map(|(_, opener)| opener);
        let before_subject =
            || BEFORE_SUBJECT.iter().find(|(word, _)| *word == this && subject(at + 1)).map(|(_, opener)| *opener);
        alone.filter(|opener| *opener != Opener::Condition || !token.accented).or_else(before_subject)
    };
    let found = conjunction();
    match token.before {
        Break::Sentence | Break::Clause => Some(found.unwrap_or(Opener::Plain)),
        Break::Comma if found.is_none() && (subject(at) || matches!(this, "my" | "mi" | "mon" | "ma")) => {
            Some(Opener::Addition)
        }
        Break::Comma | Break::None if at == 0 => Some(found.unwrap_or(Opener::Plain)),
        Break::Comma | Break::None => found,
    }
}

/// `él` is a subject, `el` an article.
fn is_he(token: &Token) -> bool {
    token.accented && token.word == "el"
}
