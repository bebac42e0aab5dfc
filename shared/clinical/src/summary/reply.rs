//! Whether an answer says yes or no, and whether it says more.

use super::wording::Word;
use crate::text::token::{Break, Token};

const HESITATIONS: &[&str] = &[
    "fortunately",
    "thankfully",
    "um",
    "uh",
    "well",
    "oh",
    "ah",
    "hmm",
    "so",
    "okay",
    "ok",
    "er",
    "actually",
    "honestly",
    "and",
    "pues",
    "bueno",
    "you",
];

const YES: &[&str] = &[
    "yes",
    "yeah",
    "yep",
    "yup",
    "yea",
    "ya",
    "sure",
    "absolutely",
    "definitely",
    "correct",
    "right",
    "exactly",
    "mhm",
    "hm",
    "certainly",
    "si",
    "claro",
    "cierto",
    "exacto",
    "affirmative",
    "unfortunately",
    "totally",
];
const YES_RUNS: &[&str] = &[
    "i do",
    "i am",
    "i have",
    "i did",
    "i was",
    "i can",
    "it does",
    "it is",
    "it has",
    "it did",
    "that is",
    "that 's right",
    "that 's correct",
    "of course",
    "uh huh",
    "mm hmm",
    "she does",
    "he does",
    "she has",
    "he has",
    "they do",
    "we do",
    "i think so",
    "all the time",
];
const NO: &[&str] =
    &["no", "nope", "nah", "never", "none", "negative", "neither", "nothing", "not", "nunca", "ninguno", "tampoco"];
const NO_RUNS: &[&str] = &[
    "i do not",
    "i have not",
    "i am not",
    "i did not",
    "i was not",
    "i can not",
    "it does not",
    "it is not",
    "it has not",
    "it did not",
    "she does not",
    "he does not",
    "she has not",
    "he has not",
    "i never",
    "i do n't",
    "there is no",
    "there is not",
    "we do not",
    "they do not",
    "i would not",
    "do not think",
];

/// A yes or a no stands in the first words of a turn.
pub(super) const LONGEST: usize = 12;

/// Whether the words of a turn begin with yes or no.
pub(super) fn polarity(tokens: &[Token]) -> Option<bool> {
    let start = tokens.iter().take_while(|token| HESITATIONS.contains(&token.word.as_str())).count();
    let rest = tokens.get(start..).unwrap_or_default();
    let begins = |run: &str| {
        let mut words = rest.iter();
        run.split(' ').all(|part| words.next().is_some_and(|token| token.word == part))
    };
    let first = rest.first()?.word.as_str();
    if NO_RUNS.iter().any(|run| begins(run)) || NO.contains(&first) {
        return Some(false);
    }
    // "yes, no" hesitates, "yeah no" denies.
    let second = rest.get(1).map(|token| token.word.as_str()).unwrap_or_default();
    // "I have" says yes, "I have had a cough" tells something.
    let stands_alone = |run: &&&str| {
        let behind = rest.get(run.split(' ').count());
        begins(run) && behind.is_none_or(|token| token.before != Break::None)
    };
    if first == "right"
        && matches!(second, "now" | "here" | "there" | "above" | "below" | "around" | "in" | "on" | "after")
    {
        return None;
    }
    // "absolutely not"
    if second == "not" && YES.contains(&first) {
        return Some(false);
    }
    let is_yes = YES.contains(&first) || YES_RUNS.iter().any(|run| stands_alone(&run));
    is_yes.then_some(!(matches!(first, "yeah" | "yes" | "oh") && matches!(second, "no" | "nope")))
}

/// Words that only repeat the verb of the question: "I do not", "yes, I am".
const ECHOES: &[&str] = &[
    "i",
    "he",
    "she",
    "it",
    "they",
    "we",
    "do",
    "does",
    "did",
    "am",
    "is",
    "are",
    "was",
    "have",
    "has",
    "not",
    "no",
    "nope",
    "never",
    "none",
    "so",
    "that",
    "think",
    "know",
    "of",
    "at",
    "all",
    "sir",
    "ma'am",
    "doctor",
    "dr",
    "really",
    "neither",
    "nothing",
    "right",
    "correct",
    "sure",
    "can",
    "would",
    "will",
    "any",
    "too",
    "too",
    "thank",
    "there",
    "oh",
    "whatsoever",
    "fortunately",
    "thankfully",
    "ever",
    "aware",
    "doc",
    "course",
    "it",
    "others",
    "else",
    "been",
];

/// Whether the words of an answer say more than yes or no.
pub(super) fn says_more(words: &[Word]) -> bool {
    // "tos no": the no was counted already.
    if words.len() <= 3 && words.last().is_some_and(|last| last.word == "no") {
        return false;
    }
    words.iter().any(|word| !ECHOES.contains(&word.word.as_str()) && word.word.len() > 1)
}

/// Whether an answer says itself that it is about an allergy, or about none.
pub(super) fn names_allergy(words: &[Word]) -> bool {
    words.iter().any(|word| {
        word.word.starts_with("allerg")
            || word.word.starts_with("alerg")
            || matches!(word.word.as_str(), "not" | "no" | "none")
    })
}

/// Whether a few words are no sentence of their own: "about ten days", "the left one".
pub(super) fn is_fragment(words: &[Word]) -> bool {
    const LONGEST: usize = 9;
    const VERBS: &[&str] = &[
        "i", "he", "she", "it", "they", "we", "is", "are", "was", "were", "am", "have", "has", "had", "do", "does",
        "did", "feel", "feels", "felt", "take", "takes", "took", "get", "gets", "got", "go", "went", "started",
        "hurts", "hurt", "can", "could", "would", "will", "think", "that", "there", "smoke", "drink", "use", "used",
        "work", "works", "live", "lives", "tried", "noticed", "been", "came", "comes", "seems", "tengo", "tiene",
        "estoy", "esta", "es", "me", "he", "tomo", "duele", "siento",
    ];
    words.len() <= LONGEST && !words.iter().any(|word| VERBS.contains(&word.word.as_str()))
}
