//! Yes and no.

use crate::{
    reading::{Kind, Reading, Value},
    text::{
        Text,
        token::{Break, Kind as Tokens},
    },
};

const YES: &[&str] = &[
    "yes",
    "yeah",
    "yea",
    "yep",
    "yup",
    "yess",
    "yas",
    "ye",
    "yh",
    "sure",
    "correct",
    "right",
    "absolutely",
    "definitely",
    "affirmative",
    "indeed",
    "claro",
    "correcto",
    "exacto",
    "simon",
    "sip",
    "efectivamente",
    "oui",
    "ouais",
    "👍",
    "✅",
    "✔",
];
const NO: &[&str] =
    &["no", "nope", "nah", "never", "negative", "nop", "nunca", "jamas", "negativo", "non", "nay", "👎", "❌"];
/// Two or three words that are an answer.
const PHRASES: &[(&[&str], bool)] = &[
    (&["of", "course"], true),
    (&["i", "do"], true),
    (&["i", "did"], true),
    (&["i", "have"], true),
    (&["i", "am"], true),
    (&["it", "does"], true),
    (&["por", "supuesto"], true),
    (&["asi", "es"], true),
    (&["bien", "sur"], true),
    (&["not", "really"], false),
    (&["not", "at", "all"], false),
    (&["not", "anymore"], false),
    (&["i", "do", "not"], false),
    (&["i", "did", "not"], false),
    (&["i", "have", "not"], false),
    (&["i", "am", "not"], false),
    (&["para", "nada"], false),
    (&["pas", "du", "tout"], false),
    (&["de", "ninguna", "manera"], false),
    (&["not", "yet"], false),
    (&["todavia", "no"], false),
    (&["aun", "no"], false),
];
/// Words that may follow an unaccented `si` that means yes.
const AFTER_SI: &[&str] = &[
    "claro", "senor", "senora", "doctor", "doctora", "gracias", "por", "mucho", "tengo", "ya", "me", "lo", "la", "le",
];
/// A message of so many words may be an answer although nothing was asked.
const SHORT: usize = 3;

/// The answer a message begins with, when one was asked for or the message is little else.
pub(super) fn read(text: &Text<'_>, asked: &[Kind]) -> Option<Reading> {
    let tokens = text.tokens();
    if !asked.contains(&Kind::YesNo) && tokens.len() > SHORT {
        return None;
    }
    let (yes, length) = phrase(text).or_else(|| word(text, asked))?;
    let span = text.span(0..length)?;
    Some(Reading { kind: Kind::YesNo, value: Value::Answer(yes), unit: None, span, plausible: true })
}

fn word(text: &Text<'_>, asked: &[Kind]) -> Option<(bool, usize)> {
    let first = text.tokens().first()?;
    let second = text.tokens().get(1);
    if first.word == "si" && first.kind == Tokens::Word {
        let free = second.is_none_or(|second| second.before > Break::None || AFTER_SI.contains(&second.word.as_str()));
        return (first.accented || (free && (asked.contains(&Kind::YesNo) || second.is_none()))).then_some((true, 1));
    }
    let word = first.word.as_str();
    (YES.contains(&word) || NO.contains(&word)).then(|| (YES.contains(&word), 1))
}

/// The longest phrase that the message begins with; it must be the whole clause.
fn phrase(text: &Text<'_>) -> Option<(bool, usize)> {
    let tokens = text.tokens();
    let fits = |words: &&[&str]| {
        let same = words.len() <= tokens.len() && words.iter().zip(tokens).all(|(word, token)| token.word == *word);
        same && tokens.get(words.len()).is_none_or(|next| next.before > Break::None)
    };
    let fitting = PHRASES.iter().filter(|(words, _)| fits(words));
    fitting.max_by_key(|(words, _)| words.len()).map(|(words, yes)| (*yes, words.len()))
}
