//! What a few words say that answer a question: "how long have you smoked?" "ten years" becomes "he has smoked 10 years".

use super::super::patient::Patient;
use super::super::wording::{self, Word};
use super::{HELPERS, stated, turned};
use crate::visit::Speaker;

/// The question's statement with the answer in it; nothing when the question is built otherwise. `answer` is in the third
/// person already.
pub(in super::super) fn completed(question: &[Word], answer: &[Word], patient: Patient) -> Option<String> {
    let verb = question.iter().take(LONGEST_LEAD).position(|word| is_helper(&word.word))?;
    let asking = question.get(..verb)?;
    let rest = question.get(verb..)?;
    let counted = counted(asking)?;
    let statement = match rest.get(1)?.word.as_str() {
        "the" | "your" | "this" | "that" | "it" if is_being(rest) => being(rest, patient)?,
        _ => stated(rest, true, patient)?,
    };
    let answer = wording::inner(answer);
    let statement = statement.trim_end_matches('.');
    let has_noun = counted.iter().all(|word| answer.to_lowercase().contains(&word.word));
    let noun = if has_noun { String::new() } else { format!(" {}", wording::phrase(counted)) };
    Some(wording::finished(&format!("{statement} {answer}{noun}")))
}

/// Words before the verb of a question: "how many packs of cigarettes".
const LONGEST_LEAD: usize = 6;

fn is_helper(word: &str) -> bool {
    HELPERS.contains(word) || matches!(word, "do" | "does" | "did" | "is" | "has")
}

/// What is counted: "packs" of "how many packs"; empty for "how long". Nothing when the words do not ask so.
fn counted(asking: &[Word]) -> Option<&[Word]> {
    let words: Vec<&str> = asking.iter().map(|word| word.word.as_str()).collect();
    match words.as_slice() {
        ["how", "long" | "much" | "often" | "far" | "old"] | ["when" | "where"] | ["how", "long", "ago"] => Some(&[]),
        ["how", "many" | "much", _, ..] => asking.get(2..),
        _ => None,
    }
}

/// "is the pain": something is, and nothing else is said of it.
fn is_being(rest: &[Word]) -> bool {
    const LONGEST: usize = 6;
    let is = rest.first().is_some_and(|verb| matches!(verb.word.as_str(), "is" | "are" | "was" | "were"));
    is && rest.len() <= LONGEST
}

/// "is your pain located" becomes "his pain is".
fn being(rest: &[Word], patient: Patient) -> Option<String> {
    const ENDS: &[&str] = &["located", "at", "exactly", "now", "today", "currently"];
    let (verb, subject) = rest.split_first()?;
    let end = subject.iter().rposition(|word| !ENDS.contains(&word.word.as_str()))?;
    let subject = turned(subject.get(..=end)?, Speaker::Clinician, patient);
    Some(format!("{} {}", wording::phrase(&subject), verb.text))
}
