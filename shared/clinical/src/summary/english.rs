//! From the first and second person to the third, in English: "I've had my cough" becomes "he has had his cough".

use std::collections::HashSet;
use std::sync::LazyLock;

use super::patient::Patient;
use super::wording::{self, Before, Word};
use crate::visit::Speaker;

pub(super) mod completion;
mod verb;

/// Words behind which "you" is an object: "I want you to rest".
static GOVERNING: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "want wants have having let give giving put help helps see seeing tell send sending get getting prescribe refer keep make \
    for to with on of at from about ask advise bothers bother show showed gave told put place placing schedule switch examine \
    treat call thank prevent prevents than around by hurts gives sent start"
        .split_whitespace()
        .collect()
});

/// Verbs before which "you" is the subject, whatever stands before it: "it looks like you have".
static HELPERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| "are were have had can could will would should do did need may might was".split(' ').collect());

/// The place of a word in its statement.
struct Place<'a> {
    last: &'a str,
    next: &'a str,
}

/// A statement in the third person.
pub(super) fn turned(words: &[Word], speaker: Speaker, patient: Patient) -> Vec<Word> {
    let mut turned: Vec<Word> = Vec::with_capacity(words.len() + 2);
    let mut rest = words;
    while let Some((first, behind)) = rest.split_first() {
        let last = turned.last().map(|word| word.word.clone()).unwrap_or_default();
        let next = behind.first().map(|word| word.word.as_str()).unwrap_or_default();
        let place = Place { last: &last, next };
        let word = match speaker {
            Speaker::Clinician | Speaker::Assistant => by_clinician(first, &place, patient),
            Speaker::Patient => by_patient(first, &place, patient),
            Speaker::Family => None,
        };
        if speaker == Speaker::Patient && is_asked(first, &place) {
            verb::bend_last(&mut turned);
        }
        turned.push(word.unwrap_or_else(|| first.clone()));
        rest = behind;
    }
    if speaker == Speaker::Patient {
        verb::bend_first(&mut turned);
    }
    verb::bend(&mut turned);
    perfect(&mut turned);
    unable(&mut turned);
    future(&mut turned);
    turned
}

fn replaced(word: &Word, by: &str) -> Word {
    Word { text: by.to_owned(), word: by.to_owned(), ..word.clone() }
}

fn subject(word: &Word, by: &str) -> Word {
    Word { word: verb::SUBJECT.to_owned(), ..replaced(word, by) }
}

/// "do I": the verb stands before its subject.
fn is_asked(word: &Word, place: &Place<'_>) -> bool {
    const VERBS: &[&str] = &["am", "do", "have", "was", "did", "can", "should", "will", "would", "could"];
    word.word == "i" && VERBS.contains(&place.last)
}

fn by_patient(word: &Word, place: &Place<'_>, patient: Patient) -> Option<Word> {
    Some(match word.word.as_str() {
        "i" if is_asked(word, place) => replaced(word, patient.subject()),
        "i" => subject(word, patient.subject()),
        "me" => replaced(word, patient.object()),
        "my" | "mine" => replaced(word, patient.possessive()),
        "myself" => replaced(word, patient.reflexive()),
        "we" => replaced(word, "they"),
        "us" => replaced(word, "them"),
        "our" => replaced(word, "their"),
        "you" if place.next.is_empty() || GOVERNING.contains(place.last) => replaced(word, "the clinician"),
        // "you get these spots": one, not the clinician
        "you" if matches!(place.next, "get" | "can") => return None,
        "you" => subject(word, "the clinician"),
        "your" => replaced(word, "the clinician's"),
        _ => return None,
    })
}

fn by_clinician(word: &Word, place: &Place<'_>, patient: Patient) -> Option<Word> {
    let is_object = match place.last {
        "like" => place.next == "to",
        last => GOVERNING.contains(last) && !HELPERS.contains(place.next),
    };
    Some(match word.word.as_str() {
        "you" if is_object || place.next.is_empty() => replaced(word, patient.object()),
        "you" => subject(word, patient.subject()),
        "your" | "yours" => replaced(word, patient.possessive()),
        "yourself" => replaced(word, patient.reflexive()),
        _ => return None,
    })
}

/// "it's been" was read as "it is been".
fn perfect(words: &mut [Word]) {
    const PARTICIPLES: &[&str] = &["been", "got", "gotten", "had"];
    for at in 1..words.len() {
        let is_participle = words.get(at).is_some_and(|word| PARTICIPLES.contains(&word.word.as_str()));
        if let Some(verb) = words.get_mut(at - 1).filter(|verb| is_participle && verb.word == "is") {
            *verb = replaced(verb, "has");
        }
    }
}

/// "cannot" is "is unable to" in charts.
fn unable(words: &mut Vec<Word>) {
    const SUBJECTS: &[&str] = &["he", "she", "patient"];
    for at in 1..words.len() {
        let verb = match words.get(at - 1..at + 2) {
            Some([subject, can, not]) if SUBJECTS.contains(&subject.word.as_str()) && not.word == "not" => {
                can.word.as_str()
            }
            _ => continue,
        };
        let being = match verb {
            "can" => "is",
            "could" => "was",
            _ => continue,
        };
        let written = |word: &Word| [replaced(word, being), replaced(word, "unable"), replaced(word, "to")];
        if let Some(written) = words.get(at).map(written) {
            words.splice(at..at + 2, written);
        }
    }
}

/// What one goes to, rather than does: "going to the doctor", "going to work".
const PLACES: &[&str] = &[
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
        let is_future = goes && rest.len() > 3 && !is(rest, 3, PLACES);
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
    if super::question::supposes(question) {
        return is_yes.then(|| wording::sentence(&turned(question, Speaker::Clinician, patient)));
    }
    let (verb, rest) = question.split_first()?;
    let (subject, behind) = rest.split_first()?;
    let subject_text = match subject.word.as_str() {
        "you" => patient.subject().to_owned(),
        "he" | "she" | "it" | "they" | "there" | "that" | "this" => subject.text.clone(),
        _ => return None,
    };
    let is_plural = subject.word == "they";
    // A pronoun of the clinician's within the question is turned like any other.
    let behind = turned(behind, Speaker::Clinician, patient);
    let skipped = behind.first().is_some_and(|word| word.word == "ever");
    let behind = behind.get(usize::from(skipped)..)?;
    let (first, others) = behind.split_first()?;
    let bent = |word: &str| {
        if is_plural { word.to_owned() } else { verb::third_person(word).unwrap_or_else(|| word.to_owned()) }
    };
    let helper = match verb.word.as_str() {
        "do" | "does" => String::new(),
        "did" => "did".to_owned(),
        helper if HELPERS.contains(helper) || matches!(helper, "is" | "has") => bent(helper),
        _ => return None,
    };
    let text = match (is_yes, helper.is_empty()) {
        (true, true) => format!("{subject_text} {} {}", bent(&first.text), wording::phrase(others)),
        (false, true) => format!("{subject_text} {} not {}", bent("do"), wording::phrase(behind)),
        (true, false) => format!("{subject_text} {helper} {}", wording::phrase(behind)),
        (false, false) => format!("{subject_text} {helper} not {}", wording::phrase(behind)),
    };
    Some(wording::finished(&text))
}
