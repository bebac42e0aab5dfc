//! Whether a drug is taken only when needed, and what for.

use serde::Serialize;

use super::token::Tokens;
use crate::span::Span;

/// What a drug is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indication {
    /// In the words of the instruction, lower case: "pain".
    pub text: String,
    /// Where.
    pub span: Span,
}

const PHRASES: [(&str, ()); 40] = [
    ("as needed", ()),
    ("if needed", ()),
    ("when needed", ()),
    ("only if needed", ()),
    ("as need", ()),
    ("as necessary", ()),
    ("if necessary", ()),
    ("when necessary", ()),
    ("as required", ()),
    ("if required", ()),
    ("when required", ()),
    ("when req", ()),
    ("as req", ()),
    ("if req", ()),
    ("as you need it", ()),
    ("as you need", ()),
    ("if you need it", ()),
    ("if you need", ()),
    ("when you need it", ()),
    ("when you need", ()),
    ("on an as needed basis", ()),
    ("prn", ()),
    ("sos", ()),
    ("si es necesario", ()),
    ("si fuera necesario", ()),
    ("si fuese necesario", ()),
    ("en caso necesario", ()),
    ("de ser necesario", ()),
    ("cuando sea necesario", ()),
    ("segun necesidad", ()),
    ("segun sea necesario", ()),
    ("segun necesite", ()),
    ("segun lo necesite", ()),
    ("a demanda", ()),
    ("si lo necesita", ()),
    ("si necesita", ()),
    ("cuando lo necesite", ()),
    ("si precisa", ()),
    ("si hace falta", ()),
    ("au besoin", ()),
];

/// Leads to a complaint that alone makes the drug one for when needed: "if you have pain", "en caso de dolor".
const CONDITIONS: [(&str, ()); 22] = [
    ("if you have", ()),
    ("if you get", ()),
    ("if you feel", ()),
    ("if there is", ()),
    ("if pain", ()),
    ("when you have", ()),
    ("when you get", ()),
    ("when you feel", ()),
    ("whenever you have", ()),
    ("only for", ()),
    ("en caso de", ()),
    ("si tiene", ()),
    ("si tienes", ()),
    ("si hay", ()),
    ("si siente", ()),
    ("si presenta", ()),
    ("si aparece", ()),
    ("cuando tenga", ()),
    ("cuando tengas", ()),
    ("cuando sienta", ()),
    ("cuando haya", ()),
    ("si dolor", ()),
];

const FOR: [(&str, ()); 8] = [
    ("for", ()),
    ("for your", ()),
    ("for the", ()),
    ("to treat", ()),
    ("to relieve", ()),
    ("para", ()),
    ("para el", ()),
    ("para la", ()),
];

/// Words behind which an indication goes no further.
const ENDS: [&str; 25] = [
    "take", "every", "each", "and", "then", "with", "up", "max", "maximum", "do", "not", "cada", "por", "durante",
    "con", "y", "luego", "tome", "no", "until", "or", "as", "if", "in", "x",
];

const MOST_WORDS: usize = 6;

/// "as needed", and the indication that follows it.
pub(super) fn read(tokens: &Tokens, at: usize, text: &str) -> Option<(Option<Indication>, usize)> {
    if let Some(((), behind)) = tokens.longest(at, &CONDITIONS) {
        let last = tokens.is_one_of(behind - 1, &["pain", "dolor"]);
        let (indication, behind) = words(tokens, if last { behind - 1 } else { behind }, text)?;
        return Some((Some(indication), behind));
    }
    let ((), behind) = tokens.longest(at, &PHRASES)?;
    let lead = tokens.longest(behind, &FOR).map_or(behind, |((), behind)| behind);
    match words(tokens, lead, text).filter(|_| is_word(tokens, lead)) {
        Some((indication, behind)) => Some((Some(indication), behind)),
        None => Some((None, behind)),
    }
}

/// "for pain": an indication alone.
pub(super) fn indication(tokens: &Tokens, at: usize, text: &str) -> Option<(Indication, usize)> {
    let ((), behind) = tokens.longest(at, &FOR)?;
    words(tokens, behind, text)
}

fn words(tokens: &Tokens, at: usize, text: &str) -> Option<(Indication, usize)> {
    let mut behind = at;
    while behind < at + MOST_WORDS && is_word(tokens, behind) {
        behind += 1;
    }
    let span = tokens.span(at, behind);
    (behind > at).then(|| (Indication { text: span.of(text).to_lowercase(), span }, behind))
}

fn is_word(tokens: &Tokens, at: usize) -> bool {
    !tokens.word(at).is_empty() && !tokens.is_one_of(at, &ENDS)
}
