//! From the first and second person to the third, in English: "I've had my cough" becomes "he has had his cough".

use super::patient::Patient;
use super::wording::{self, Before, Word};
use crate::visit::Speaker;

/// Words between a subject and its verb.
const ADVERBS: [&str; 30] = [
    "also",
    "always",
    "still",
    "usually",
    "never",
    "often",
    "only",
    "sometimes",
    "currently",
    "recently",
    "normally",
    "generally",
    "typically",
    "occasionally",
    "mostly",
    "probably",
    "already",
    "both",
    "then",
    "now",
    "almost",
    "even",
    "rarely",
    "ever",
    "not",
    "definitely",
    "pretty",
    "constantly",
    "barely",
    "hardly",
];

/// Verbs that do not change for he and she, and past forms that do not end in "ed".
const UNCHANGED: [&str; 111] = [
    "can",
    "could",
    "will",
    "would",
    "should",
    "may",
    "might",
    "must",
    "did",
    "was",
    "had",
    "went",
    "took",
    "felt",
    "got",
    "came",
    "saw",
    "said",
    "told",
    "thought",
    "knew",
    "made",
    "ate",
    "drank",
    "slept",
    "woke",
    "fell",
    "hit",
    "put",
    "quit",
    "lost",
    "found",
    "left",
    "began",
    "gave",
    "kept",
    "ran",
    "broke",
    "bought",
    "brought",
    "caught",
    "drove",
    "heard",
    "held",
    "led",
    "met",
    "paid",
    "rode",
    "sat",
    "spent",
    "stood",
    "threw",
    "wore",
    "won",
    "wrote",
    "spoke",
    "forgot",
    "became",
    "built",
    "used",
    "cut",
    "let",
    "set",
    "hurt",
    "read",
    "grew",
    "flew",
    "drew",
    "shot",
    "taught",
    "understood",
    "sent",
    "meant",
    "done",
    "been",
    "being",
    "going",
    "having",
    "taking",
    "gotten",
    "seen",
    "the",
    "a",
    "an",
    "and",
    "or",
    "in",
    "at",
    "on",
    "to",
    "for",
    "with",
    "of",
    "is",
    "has",
    "does",
    "were",
    "are",
    "it",
    "that",
    "this",
    "who",
    "what",
    "as",
    "if",
    "when",
    "because",
    "or",
    "no",
    "shall",
    "burst",
];

/// Words behind which "you" is an object: "I want you to rest".
const GOVERNING: [&str; 64] = [
    "want",
    "wants",
    "like",
    "have",
    "having",
    "let",
    "give",
    "giving",
    "put",
    "start",
    "help",
    "helps",
    "see",
    "seeing",
    "tell",
    "send",
    "sending",
    "get",
    "getting",
    "prescribe",
    "refer",
    "keep",
    "make",
    "for",
    "to",
    "with",
    "on",
    "of",
    "at",
    "from",
    "about",
    "ask",
    "need",
    "advise",
    "bothers",
    "bother",
    "show",
    "showed",
    "gave",
    "told",
    "put",
    "had",
    "place",
    "placing",
    "schedule",
    "switch",
    "examine",
    "treat",
    "call",
    "do",
    "does",
    "did",
    "are",
    "were",
    "thank",
    "prevent",
    "prevents",
    "than",
    "around",
    "by",
    "hurts",
    "gives",
    "sent",
    "start",
];

/// A statement in the third person.
pub(super) fn turned(words: &[Word], speaker: Speaker, patient: Patient) -> Vec<Word> {
    let mut turned: Vec<Word> = Vec::with_capacity(words.len() + 2);
    let mut rest = words;
    while let Some((first, behind)) = rest.split_first() {
        let last = turned.last().map(|word| word.word.clone()).unwrap_or_default();
        match speaker {
            Speaker::Clinician | Speaker::Assistant => by_clinician(first, &last, behind, patient, &mut turned),
            Speaker::Patient => by_patient(first, &last, behind, patient, &mut turned),
            Speaker::Family => turned.push(first.clone()),
        }
        rest = behind;
    }
    inflect(&mut turned);
    future(&mut turned);
    turned
}

fn replaced(word: &Word, by: &str) -> Word {
    Word { text: by.to_owned(), word: by.to_owned(), ..word.clone() }
}

/// The subject that a verb must still be bent to.
const SUBJECT: &str = "\u{1}";

fn by_patient(word: &Word, last: &str, behind: &[Word], patient: Patient, turned: &mut Vec<Word>) {
    let next = behind.first().map(|word| word.word.as_str()).unwrap_or_default();
    match word.word.as_str() {
        "i" if matches!(last, "am" | "do" | "have" | "was" | "did" | "can" | "should" | "will" | "would" | "could") => {
            bend(turned);
            turned.push(replaced(word, patient.subject()));
        }
        "i" => turned.push(Word { word: SUBJECT.to_owned(), ..replaced(word, patient.subject()) }),
        "me" => turned.push(replaced(word, patient.object())),
        "my" => turned.push(replaced(word, patient.possessive())),
        "mine" => turned.push(replaced(word, patient.possessive())),
        "myself" => turned.push(replaced(word, patient.reflexive())),
        "we" | "us" | "our" => turned.push(replaced(
            word,
            match word.word.as_str() {
                "we" => "they",
                "us" => "them",
                _ => "their",
            },
        )),
        "you" if !matches!(next, "are" | "get" | "can") => turned.push(replaced(word, "the clinician")),
        "your" => turned.push(replaced(word, "the clinician's")),
        _ => turned.push(word.clone()),
    }
}

fn by_clinician(word: &Word, last: &str, behind: &[Word], patient: Patient, turned: &mut Vec<Word>) {
    match word.word.as_str() {
        "you" if GOVERNING.contains(&last) => turned.push(replaced(word, patient.object())),
        "you" if behind.is_empty() => turned.push(replaced(word, patient.object())),
        "you" => turned.push(Word { word: SUBJECT.to_owned(), ..replaced(word, patient.subject()) }),
        "your" | "yours" => turned.push(replaced(word, patient.possessive())),
        "yourself" => turned.push(replaced(word, patient.reflexive())),
        _ => turned.push(word.clone()),
    }
}

/// "do I" is "does he": the verb that was written last.
fn bend(turned: &mut [Word]) {
    if let Some(last) = turned.last_mut() {
        let verb = third_person(&last.word);
        if let Some(verb) = verb {
            (last.text, last.word) = (verb.clone(), verb);
        }
    }
}

/// Bends the verb behind each subject.
fn inflect(words: &mut [Word]) {
    for at in 0..words.len() {
        if words.get(at).is_none_or(|word| word.word != SUBJECT) {
            continue;
        }
        let verb = (at + 1..words.len())
            .find(|verb| words.get(*verb).is_some_and(|word| !ADVERBS.contains(&word.word.as_str())));
        let bent = verb.and_then(|verb| Some((verb, third_person(&words.get(verb)?.word)?)));
        if let Some((verb, (word, bent))) = bent.and_then(|(verb, bent)| Some((verb, (words.get_mut(verb)?, bent)))) {
            let _ = verb;
            (word.text, word.word) = (bent.clone(), bent);
        }
        if let Some(subject) = words.get_mut(at) {
            subject.word.clone_from(&subject.text);
        }
    }
}

/// The form of a verb for he and she, when it is another.
fn third_person(verb: &str) -> Option<String> {
    match verb {
        "am" | "are" => return Some("is".to_owned()),
        "were" => return Some("was".to_owned()),
        "have" => return Some("has".to_owned()),
        "do" => return Some("does".to_owned()),
        "go" => return Some("goes".to_owned()),
        _ => {}
    }
    let is_plain = verb.bytes().all(|letter| letter.is_ascii_lowercase()) && verb.len() > 1;
    let is_past = verb.ends_with("ed") && verb != "need" && verb != "feed" && verb != "bleed";
    if !is_plain || is_past || verb.ends_with("ing") || verb.ends_with("ly") || UNCHANGED.contains(&verb) {
        return None;
    }
    let ends = |ending: &str| verb.ends_with(ending);
    Some(match verb.strip_suffix('y') {
        Some(stem) if !["a", "e", "o", "u"].iter().any(|vowel| stem.ends_with(vowel)) => format!("{stem}ies"),
        _ if ends("s") || ends("sh") || ends("ch") || ends("x") || ends("z") => format!("{verb}es"),
        _ => format!("{verb}s"),
    })
}

/// What one goes to, rather than does: "going to the doctor", "going to work".
const PLACES: [&str; 17] = [
    "the", "a", "an", "my", "his", "her", "their", "your", "work", "school", "bed", "church", "physical", "therapy",
    "some", "dr", "doctor",
];

/// "am going to order" is "will order", "let us" is "we will".
fn future(words: &mut Vec<Word>) {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    let is =
        |words: &[Word], at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.word.as_str()));
    while let Some((first, behind)) = rest.split_first() {
        let goes = is(rest, 0, &["am", "are", "is"]) && is(rest, 1, &["going"]) && is(rest, 2, &["to"]);
        let is_future = goes && rest.len() > 3 && !is(rest, 3, &PLACES);
        if is_future {
            kept.push(replaced(first, "will"));
            rest = rest.get(3..).unwrap_or_default();
        } else if is(rest, 0, &["let"]) && is(rest, 1, &["us", "'s"]) {
            kept.push(replaced(first, "we"));
            kept.push(Word { before: Before::Blank, comma: false, ..replaced(first, "will") });
            rest = rest.get(2..).unwrap_or_default();
        } else {
            kept.push(first.clone());
            rest = behind;
        }
    }
    *words = kept;
}

/// What a yes or a no to a question says: "do you smoke" becomes "he smokes" or "he does not smoke".
pub(super) fn stated(question: &[Word], is_yes: bool, patient: Patient) -> Option<String> {
    let (verb, rest) = question.split_first()?;
    let (subject, behind) = rest.split_first()?;
    let subject_text = match subject.word.as_str() {
        "you" => patient.subject().to_owned(),
        "he" | "she" | "it" | "they" | "there" | "that" | "this" => subject.text.clone(),
        _ => return None,
    };
    let third = subject.word != "they";
    let behind: Vec<Word> = turned(behind, Speaker::Clinician, patient);
    let ever = behind.first().is_some_and(|word| word.word == "ever");
    let behind = behind.get(usize::from(ever)..)?;
    let (first, others) = behind.split_first()?;
    let bent = |word: &str| if third { third_person(word).unwrap_or_else(|| word.to_owned()) } else { word.to_owned() };
    let helper = match verb.word.as_str() {
        "do" | "does" => String::new(),
        "did" => "did".to_owned(),
        helper => bent(helper),
    };
    let text = match (is_yes, helper.is_empty()) {
        (true, true) => format!("{subject_text} {} {}", bent(&first.text), wording::phrase(others)),
        (false, true) => format!("{subject_text} {} not {}", bent("do"), wording::phrase(behind)),
        (true, false) => format!("{subject_text} {helper} {}", wording::phrase(behind)),
        (false, false) => format!("{subject_text} {helper} not {}", wording::phrase(behind)),
    };
    Some(wording::finished(&text))
}
