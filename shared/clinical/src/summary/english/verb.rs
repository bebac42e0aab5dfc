//! Verbs as he and she have them.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::wording::Word;

/// Words between a subject and its verb.
static ADVERBS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "also always still usually never often only sometimes currently recently normally generally typically occasionally mostly \
    probably already both then now almost even rarely ever not definitely pretty constantly barely hardly"
        .split_whitespace()
        .collect()
});

/// Verbs that do not change for he and she, past forms that do not end in "ed", and small words that are no verbs.
static UNCHANGED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "can could will would should may might must did was had went took felt got came saw said told thought knew made ate drank \
    slept woke fell hit put quit lost found left began gave kept ran broke bought brought caught drove heard held led met paid \
    rode sat spent stood threw wore won wrote spoke forgot became built used cut let set hurt read grew flew drew shot taught \
    understood sent meant done been being going having taking gotten seen the a an and or in at on to for with of is has does \
    were are it that this who what as if when because no shall burst"
        .split_whitespace()
        .collect()
});

/// Stands for the subject that a verb must still be bent to.
pub(super) const SUBJECT: &str = "\u{1}";

/// "do I" is "does he": bends the verb that was written last.
pub(super) fn bend_last(words: &mut [Word]) {
    if let Some(last) = words.last_mut()
        && let Some(bent) = third_person(&last.word)
    {
        (last.text, last.word) = (bent.clone(), bent);
    }
}

/// "Have a cough", without its "I", is "has a cough".
pub(super) fn bend_first(words: &mut [Word]) {
    const VERBS: &[&str] = &["have", "am", "feel", "take", "get", "do", "live", "work", "smoke", "drink"];
    if let [first, second, ..] = words
        && VERBS.contains(&first.word.as_str())
        && second.word != SUBJECT
        && let Some(bent) = third_person(&first.word)
    {
        (first.text, first.word) = (bent.clone(), bent);
    }
}

/// Bends the verb behind each subject, and sets the subjects' own words.
pub(super) fn bend(words: &mut [Word]) {
    let mut is_behind_subject = false;
    for word in words.iter_mut() {
        if word.word == SUBJECT {
            word.word.clone_from(&word.text);
            is_behind_subject = true;
        } else if is_behind_subject && !ADVERBS.contains(word.word.as_str()) {
            is_behind_subject = false;
            if let Some(bent) = third_person(&word.word) {
                (word.text, word.word) = (bent.clone(), bent);
            }
        }
    }
}

/// The form of a verb for he and she, when it is another.
pub(super) fn third_person(verb: &str) -> Option<String> {
    match verb {
        "am" | "are" => return Some("is".to_owned()),
        "were" => return Some("was".to_owned()),
        "have" => return Some("has".to_owned()),
        "do" => return Some("does".to_owned()),
        "go" => return Some("goes".to_owned()),
        _ => {}
    }
    let is_plain = verb.bytes().all(|letter| letter.is_ascii_lowercase()) && verb.len() > 1;
    let is_past = verb.ends_with("ed") && !matches!(verb, "need" | "feed" | "bleed");
    if !is_plain || is_past || verb.ends_with("ing") || verb.ends_with("ly") || UNCHANGED.contains(verb) {
        return None;
    }
    let ends = |ending: &str| verb.ends_with(ending);
    Some(match verb.strip_suffix('y') {
        Some(stem) if !["a", "e", "o", "u"].iter().any(|vowel| stem.ends_with(vowel)) => format!("{stem}ies"),
        _ if ends("s") || ends("sh") || ends("ch") || ends("x") || ends("z") => format!("{verb}es"),
        _ => format!("{verb}s"),
    })
}
