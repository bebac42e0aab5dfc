//! Puts together words that were spaced out or broken, and takes apart words that were run together.

use crate::{
    span::Span,
    text::{
        lexicon::{lexicon, usage},
        lookalike,
        token::{Break, Kind, Token},
    },
};

/// Single letters that may stand before a spaced-out word without belonging to it.
const SKIPPED: usize = 3;
/// The shortest word that may be two words run together, and the longest that is looked at.
const RUN_TOGETHER: std::ops::RangeInclusive<usize> = 6..=60;

/// The same tokens with disguises by spaces undone.
pub(super) fn repair(text: &str, mut tokens: Vec<Token>) -> Vec<Token> {
    let mut repaired = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let taken = spaced_out(text, rest, &mut repaired)
            .or_else(|| broken(text, rest, &mut repaired))
            .or_else(|| apart(text, rest, &mut repaired));
        if let Some(taken) = taken {
            at += taken;
            continue;
        }
        if let Some(first) = tokens.get_mut(at).filter(|first| !run_together(text, first, &mut repaired)) {
            let word = std::mem::take(&mut first.word);
            repaired.push(Token { word, ..first.clone() });
        }
        at += 1;
    }
    join_lonely_words(&mut repaired);
    repaired
}

/// `k i l l  m e`, `k.i.l.l`: how many tokens were used.
fn spaced_out(text: &str, tokens: &[Token], repaired: &mut Vec<Token>) -> Option<usize> {
    let single = |token: &&Token| token.kind == Kind::Word && token.span.of(text).chars().count() == 1;
    let near = |pair: &[Token]| match pair {
        [a, b] => text.get(a.span.end..b.span.start).is_some_and(|gap| gap.len() <= 3 && !gap.contains('\n')),
        _ => false,
    };
    let singles = tokens.iter().take_while(single).count();
    let length = tokens.get(..singles)?.windows(2).take_while(|pair| near(pair)).count() + 1;
    let run = tokens.get(..length).filter(|run| run.len() >= 3)?;
    let letters: Vec<char> = run.iter().filter_map(|token| letter(text, token)).collect();
    let Some((skipped, lengths)) = lexicon().segment(&letters, SKIPPED) else {
        repaired.extend_from_slice(run);
        return Some(length);
    };
    repaired.extend_from_slice(run.get(..skipped)?);
    let mut rest = run.get(skipped..)?;
    for word_length in lengths {
        let (parts, behind) = rest.split_at_checked(word_length)?;
        let word = parts.iter().filter_map(|token| letter(text, token)).collect();
        repaired.push(Token { word, ..merge(parts)? });
        rest = behind;
    }
    Some(length)
}

/// `sui cide`, `k ill`: two or three fragments that only together are a word.
fn broken(text: &str, tokens: &[Token], repaired: &mut Vec<Token>) -> Option<usize> {
    [2, 3].into_iter().find_map(|count| {
        let parts = tokens.get(..count)?;
        let letters =
            || parts.iter().flat_map(|token| token.span.of(text).chars().map(|letter| letter.to_ascii_lowercase()));
        let usage = lexicon().usage(letters());
        let length = letters().count();
        let needed = if length < 6 { usage::FRAGILE } else { usage::HIDDEN };
        let whole = parts.iter().all(|token| token.kind == Kind::Word);
        let close = parts.iter().skip(1).all(|token| token.before == Break::None);
        let unknown = || parts.iter().any(|token| lexicon().usage(token.word.chars()) == 0);
        if usage & needed == 0 || !whole || !close || !unknown() {
            return None;
        }
        repaired.push(Token { word: letters().collect(), ..merge(parts)? });
        Some(count)
    })
}

/// Contractions that transcripts write as two words, and the two words that they are. `gon` alone is read as `going to`.
const APART: [(&str, &str, [&str; 2]); 8] = [
    ("wan", "na", ["want", "to"]),
    ("gon", "na", ["going", "to"]),
    ("got", "ta", ["got", "to"]),
    ("lem", "me", ["let", "me"]),
    ("gim", "me", ["give", "me"]),
    ("ca", "n't", ["can", "not"]),
    ("wo", "n't", ["will", "not"]),
    ("ai", "n't", ["is", "not"]),
];

/// `wan na`, `ca n't`: how many tokens were used.
fn apart(text: &str, tokens: &[Token], repaired: &mut Vec<Token>) -> Option<usize> {
    let first = tokens.first()?;
    let used = 1 + tokens.iter().take_while(|token| token.span == first.span).count();
    let second = tokens.get(used - 1).filter(|token| token.before == Break::None)?;
    let is = |token: &Token, word: &str| token.span.of(text).eq_ignore_ascii_case(word);
    let (_, _, words) = APART.iter().find(|(one, other, _)| is(first, one) && is(second, other))?;
    for (token, word) in [first, second].into_iter().zip(words) {
        repaired.push(Token { word: (*word).to_owned(), ..token.clone() });
    }
    Some(used)
}

/// `killmyself`: pushes its words, or nothing.
fn run_together(text: &str, token: &Token, repaired: &mut Vec<Token>) -> bool {
    if token.kind != Kind::Word || !RUN_TOGETHER.contains(&token.word.len()) || lexicon().usage(token.word.chars()) != 0
    {
        return false;
    }
    if !lexicon().begins(&token.word) {
        return false;
    }
    let letters: Vec<char> = token.word.chars().collect();
    let Some((_, lengths)) = lexicon().segment(&letters, 0) else { return false };
    if lengths.len() == 2 && !is_pair(&token.word, lengths.first().copied().unwrap_or_default()) {
        return false;
    }
    let exact = token.span.of(text).eq_ignore_ascii_case(&token.word);
    let mut start = 0;
    for (number, length) in lengths.into_iter().enumerate() {
        let word: String = letters.iter().skip(start).take(length).collect();
        let span = Span { start: token.span.start + start, end: token.span.start + start + length };
        let span = if exact { span } else { token.span };
        let before = if number == 0 { token.before } else { Break::None };
        repaired.push(Token { word, span, before, disguised: true, ..token.clone() });
        start += length;
    }
    true
}

/// Two words are only cut apart where they are a phrase: compounds such as "heartbeat" are many.
fn is_pair(word: &str, length: usize) -> bool {
    let (first, second) = word.split_at_checked(length).unwrap_or((word, ""));
    let object = matches!(second, "myself" | "yourself" | "himself" | "herself" | "me" | "harm" | "harming" | "harmed");
    object || matches!(first, "wanna" | "quiero")
}

/// The letter of a single-letter token: what was written, not the word that it is short for (`u` is you).
fn letter(text: &str, token: &Token) -> Option<char> {
    let written = token.span.of(text).chars().next()?;
    let letter = if written.is_ascii() { written.to_ascii_lowercase() } else { token.word.chars().next()? };
    Some(lookalike::latin(letter).unwrap_or(letter))
}

fn merge(parts: &[Token]) -> Option<Token> {
    let (first, last) = (parts.first()?, parts.last()?);
    Some(Token { span: first.span.to(last.span), disguised: true, ..first.clone() })
}

/// `I. want. to. die.`: three and more sentences of one word each are one sentence.
fn join_lonely_words(tokens: &mut [Token]) {
    let ends = |token: Option<&Token>| token.is_none_or(|token| token.before == Break::Sentence);
    let mut run = 0;
    for at in 0..tokens.len() {
        let lonely = ends(tokens.get(at).filter(|_| at > 0)) && ends(tokens.get(at + 1));
        run = if lonely { run + 1 } else { 0 };
        let first = if run == 3 { at - 1 } else { at };
        for token in tokens.get_mut(first..=at).filter(|_| run >= 3).unwrap_or_default() {
            token.before = Break::None;
        }
    }
}
