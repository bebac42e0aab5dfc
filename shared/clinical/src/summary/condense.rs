//! What charts say in fewer words: denials in one sentence, habits and allergies by their usual names.

use super::cue::Cue;
use super::label::{self, Absent};
use super::line::{Line, Origin, Topic};
use super::wording;
use crate::language::Language;

/// A habit that one asks for.
struct Habit {
    /// Parts of the words that it is asked with.
    asked: &'static [&'static str],
    english: &'static str,
    spanish: &'static str,
}

const HABITS: [Habit; 5] = [
    Habit { asked: &["smok", "tobacco", "cigar", "vape", "fum", "tabaco"], english: "tobacco", spanish: "tabaco" },
    Habit { asked: &["alcohol", "drink", "beer", "wine", "liquor", "beb"], english: "alcohol", spanish: "alcohol" },
    Habit {
        asked: &["illicit", "illegal", "recreational", "street drug", "hard drug"],
        english: "illicit drug use",
        spanish: "drogas",
    },
    Habit { asked: &["marijuana", "cocaine", "heroin", "weed"], english: "illicit drug use", spanish: "drogas" },
    Habit { asked: &["drug", "drogas"], english: "drug use", spanish: "drogas" },
];

/// Words with which a no to a habit is no denial of it: "I do not drink much", "no more than two beers".
const SOME: &[&str] = &[
    "quit",
    "anymore",
    "any more",
    "more than",
    "much",
    "often",
    "every",
    "a lot",
    "lots",
    "daily",
    "heavy",
    "heavily",
    "very",
    "too",
    "regularly",
    "excess",
    "stop",
    "only",
    "mucho",
    "siempre",
    "diario",
    "cada",
    "deja",
    "since",
];

/// The lines of a visit with those joined that a chart would join.
pub(super) fn lines(lines: Vec<Line>, language: Language) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut habits: Option<usize> = None;
    for line in lines {
        if let Some(denied) = denied_habits(&line, language) {
            let place = *habits.get_or_insert(kept.len());
            match kept.get_mut(place) {
                Some(known) => join(known, line, &denied),
                None => {
                    let text = denied.join("; ");
                    kept.push(Line { text, origin: Origin::Denied, topic: Topic::Social, ..line });
                }
            }
        } else {
            kept.push(named(line, language));
        }
    }
    kept
}

/// The habits that a line denies, when it says nothing else.
fn denied_habits(line: &Line, language: Language) -> Option<Vec<&'static str>> {
    let longest = if line.origin == Origin::Told { 9 } else { 18 };
    let text = line.text.to_lowercase();
    let is_denied = matches!(line.origin, Origin::Denied | Origin::Refused)
        || [" not ", "never ", "no "].iter().any(|word| format!(" {text}").contains(word));
    let is_whole = line.length() <= longest && !SOME.iter().any(|word| text.contains(word));
    if !is_denied || !is_whole || !line.tells(Cue::Social) || matches!(line.topic, Topic::Allergy | Topic::Medication) {
        return None;
    }
    let mut found: Vec<&'static str> = Vec::new();
    for habit in HABITS {
        let name = if language == Language::Spanish { habit.spanish } else { habit.english };
        let is_named = habit.asked.iter().any(|word| text.contains(word));
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
fn named(line: Line, language: Language) -> Line {
    if !matches!(line.origin, Origin::Denied | Origin::Refused) {
        return line;
    }
    let text = line.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let absent = match line.topic {
        Topic::Allergy if has(&["medic", "drug"]) => Absent::DrugAllergy,
        Topic::Allergy => Absent::Allergy,
        Topic::Family if only(&text, DISEASES) => Absent::FamilyDisease,
        Topic::Past if only(&text, SURGERIES) => Absent::Surgery,
        Topic::Medication if only(&text, MEDICATIONS) => Absent::Medication,
        _ => return line,
    };
    Line { text: wording::finished(label::absent(absent, language)), origin: Origin::Absent, ..line }
}

/// Words that make a denial one of the whole kind, and no more.
const DISEASES: &str =
    "family history of any medical conditions problems diseases illnesses significant antecedentes familiares";
const SURGERIES: &str = "any other previous past prior surgery surgeries operation operations before ever had major does not have \
    has no ha tenido alguna ninguna cirugía cirugías operación operaciones";
const MEDICATIONS: &str = "any other medications medication medicines medicine meds drugs pills prescription prescriptions daily regular \
    supplements vitamins currently at all regularly does not is not he she the patient takes take taking on or for over the counter \
    no toma ningún medicamento ninguna medicina medicamentos medicinas";

/// Whether all words of a text are of a list.
fn only(text: &str, listed: &str) -> bool {
    text.split([' ', ',', '.'])
        .filter(|word| !word.is_empty())
        .all(|word| listed.split_whitespace().any(|own| own == word))
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
