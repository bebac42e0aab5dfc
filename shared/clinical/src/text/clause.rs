//! Sentences and clauses: the stretches over which a negation, a condition or a subject reaches.

use std::{ops::Range, sync::LazyLock};

use crate::{
    hash::Map,
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

/// What a word can do at the beginning of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It opens one.
    Opens(Opener),
    /// It opens one before a subject: "since I fell", "so I went".
    BeforeSubject(Opener),
    /// With a certain second word it opens one.
    First(&'static str, Opener),
    /// It is the subject, or in Spanish the verb, of a new clause.
    Subject,
}

static ROLES: LazyLock<Map<&'static str, Vec<Role>>> = LazyLock::new(|| {
    let mut roles: Map<&str, Vec<Role>> = Map::default();
    for (words, role) in LISTS {
        for word in words.split(' ') {
            roles.entry(word).or_default().push(*role);
        }
    }
    roles
});

const LISTS: &[(&str, Role)] = &[
    (
        "but however nevertheless nonetheless whereas except yet pero sino excepto mais cependant pourtant",
        Role::Opens(Opener::Contrast),
    ),
    ("although though despite aunque mientras malgre", Role::Opens(Opener::Concession)),
    ("because porque pues parce car puisque", Role::Opens(Opener::Cause)),
    ("if unless si whether", Role::Opens(Opener::Condition)),
    ("when whenever until cuando quand lorsque", Role::Opens(Opener::Time)),
    ("since as", Role::BeforeSubject(Opener::Cause)),
    ("while", Role::BeforeSubject(Opener::Concession)),
    ("before after once", Role::BeforeSubject(Opener::Time)),
    ("and or so then plus y e o et ou", Role::BeforeSubject(Opener::Addition)),
    ("sin", Role::First("embargo", Opener::Contrast)),
    ("en", Role::First("cambio", Opener::Contrast)),
    ("apart aside", Role::First("from", Opener::Contrast)),
    ("other", Role::First("than", Opener::Contrast)),
    ("aparte", Role::First("de", Opener::Contrast)),
    ("even", Role::First("though", Opener::Concession)),
    ("bien alors", Role::First("que", Opener::Concession)),
    ("a", Role::First("pesar", Opener::Concession)),
    ("even", Role::First("if", Opener::Condition)),
    ("ya puesto", Role::First("que", Opener::Cause)),
    ("debido", Role::First("a", Opener::Cause)),
    ("due", Role::First("to", Opener::Cause)),
    ("i he she we they you it there this that", Role::Subject),
    (
        "yo ella ellos ellas nosotros usted tu me estoy tengo quiero voy siento creo pienso puedo necesito hay ya",
        Role::Subject,
    ),
    ("je il elle on nous vous ils elles", Role::Subject),
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
    let roles = |at: usize| {
        tokens.get(at).and_then(|token| ROLES.get(token.word.as_str())).map(Vec::as_slice).unwrap_or_default()
    };
    let subject = |at: usize| roles(at).contains(&Role::Subject) || tokens.get(at).is_some_and(is_he);
    let next = tokens.get(at + 1).map(|token| token.word.as_str()).unwrap_or_default();
    let found = roles(at).iter().find_map(|role| match role {
        Role::Opens(Opener::Condition) if token.accented => None,
        Role::Opens(opener) => Some(*opener),
        Role::BeforeSubject(opener) => subject(at + 1).then_some(*opener),
        Role::First(second, opener) => (*second == next).then_some(*opener),
        Role::Subject => None,
    });
    match token.before {
        Break::Sentence | Break::Clause => Some(found.unwrap_or(Opener::Plain)),
        Break::Comma
            if found.is_none() && (subject(at) || matches!(token.word.as_str(), "my" | "mi" | "mon" | "ma")) =>
        {
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
