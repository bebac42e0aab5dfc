//! What charts say in fewer words: denials in one sentence, habits and allergies by their usual names.

use super::cue::Cue;
use super::line::{Line, Origin, Topic};
use super::wording;

/// What a habit is called when it is denied, by the words that it is asked with.
const HABITS: [(&[&str], &str); 5] = [
    (&["smok", "tobacco", "cigar", "vape", "fum"], "tobacco"),
    (&["alcohol", "drink", "beer", "wine", "liquor"], "alcohol"),
    (&["illicit", "illegal", "recreational", "street drug", "hard drug"], "illicit drug use"),
    (&["marijuana", "cocaine", "heroin", "weed"], "illicit drug use"),
    (&["drug"], "drug use"),
];

/// The lines of a visit with those joined that a chart would join.
pub(super) fn lines(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut habits: Option<usize> = None;
    for line in lines {
        if let Some(denied) = denied_habits(&line) {
            let place = *habits.get_or_insert(kept.len());
            match kept.get_mut(place) {
                Some(known) => join(known, line, &denied),
                None => {
                    kept.push(Line { text: denied.join("; "), origin: Origin::Denied, topic: Topic::Social, ..line })
                }
            }
        } else {
            kept.push(named(line));
        }
    }
    kept
}

/// The habits that a line denies, when it says nothing else.
fn denied_habits(line: &Line) -> Option<Vec<&'static str>> {
    let longest = if line.origin == Origin::Told { 9 } else { 18 };
    let text = line.text.to_lowercase();
    let denies = line.origin == Origin::Denied
        || [" not ", "never ", "no "].iter().any(|word| format!(" {text}").contains(word));
    let is_short = line.length() <= longest && !text.contains("quit") && !text.contains("anymore");
    if !denies || !is_short || !line.tells(Cue::Social) {
        return None;
    }
    let mut found: Vec<&'static str> = Vec::new();
    for (words, name) in HABITS {
        let is_named = words.iter().any(|word| text.contains(word));
        let is_known = name == "drug use" && found.contains(&"illicit drug use");
        if is_named && !is_known && !found.contains(&name) {
            found.push(name);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Adds habits that are denied too.
fn join(known: &mut Line, line: Line, denied: &[&str]) {
    for habit in denied {
        if !known.text.split("; ").any(|own| own == *habit) {
            known.text.push_str("; ");
            known.text.push_str(habit);
        }
    }
    known.turn = line.turn;
    known.sources.extend(line.sources);
}

/// A denied allergy, operation or disease of the family by what charts call it.
fn named(line: Line) -> Line {
    if line.origin != Origin::Denied {
        return line;
    }
    let text = line.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let name = match line.topic {
        Topic::Allergy if has(&["medic", "drug"]) => "No known drug allergies",
        Topic::Allergy => "No known allergies",
        Topic::Family if has(&["family"]) => "Family history is noncontributory",
        Topic::Past if has(&["surger", "operation"]) => "No previous surgeries",
        Topic::Medication if has(&["medic", "drug", "pill", "prescription"]) => "No medications",
        _ => return line,
    };
    Line { text: wording::finished(name), origin: Origin::Answered, ..line }
}

/// The parts of a list with commas and a last "or".
pub(super) fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} {last} {second}"),
        [head @ .., end] => format!("{}, {last} {end}", head.join(", ")),
    }
}
