//! How much a sentence says, and which sentences a note keeps.
//!
//! The points are hundredths of a log-odds, fitted by logistic regression on the visits of ACI-Bench (Yim et al. 2023) and the
//! dialogues of MTS-Dialog (Ben Abacha et al. 2023) that were set aside for tuning, and rounded: a sentence counts as kept when
//! the reference note has its words.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::cue::Cue;
use super::line::{Line, Origin, Topic};
use crate::language::Language;
use crate::term::Category;

/// A note has at most so many words, besides its lists.
const MOST_WORDS: usize = 395;
/// Sentences with fewer points are left out of any note.
const LEAST: i32 = -90;
/// What a clinician thinks, finds and plans is left out only when it says nothing.
const LEAST_OF_CLINICIAN: i32 = -160;

/// Words of talk that notes have no use for.
static TALK: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "it i we they them us our can what how so get got like about too back all if because would do does did clinician think know \
    guess some when that there"
        .split_whitespace()
        .collect()
});

/// Words that say nothing by themselves.
static SMALL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "a an the of in on at to and or with for from my his her is are was were be been am not no any this you he she their him has \
    have had will could should may might just but as which who than then also very much more out up down by into one go going \
    went want feel feels really now time way things thing lot bit little good okay fine yes well take make see come look say \
    said tell told patient de la el los las un una y o en con por para que su se le no es lo al del muy pero como hay esta está \
    tiene ha"
        .split_whitespace()
        .collect()
});

/// The lines of a note, in the order in which they were said: those that say most, up to the length of a note.
pub(super) fn chosen(lines: Vec<Line>, language: Language) -> Vec<Line> {
    let mut said: HashSet<String> = HashSet::new();
    let mut ranked: Vec<(i32, usize)> =
        lines.iter().enumerate().map(|(place, line)| (points(line, &mut said), place)).collect();
    ranked.sort_by_key(|(points, place)| (std::cmp::Reverse(*points), *place));
    let mut words = 0;
    let mut keeps = vec![false; lines.len()];
    for (points, place) in ranked {
        let Some(line) = lines.get(place).filter(|line| points >= least(line.topic, language)) else { continue };
        if words + line.length() <= MOST_WORDS {
            words += line.length();
            if let Some(keep) = keeps.get_mut(place) {
                *keep = true;
            }
        }
    }
    lines.into_iter().zip(keeps).filter(|(_, keep)| *keep).map(|(line, _)| line).collect()
}

fn least(topic: Topic, language: Language) -> i32 {
    match topic {
        Topic::Noise => LEAST,
        // The points were fitted on English; elsewhere more is kept.
        _ if language != Language::English => LEAST_OF_CLINICIAN,
        Topic::Assessment | Topic::Plan | Topic::Exam | Topic::Vital | Topic::Result => LEAST_OF_CLINICIAN,
        _ => LEAST,
    }
}

/// The points of a line; `said` are the words of the lines before it.
fn points(line: &Line, said: &mut HashSet<String>) -> i32 {
    let text = line.text.to_lowercase();
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has_number = line.text.bytes().any(|letter| letter.is_ascii_digit());
    let is_about_person = matches!(words.first(), Some(&("he" | "she" | "they")));
    let new = words.iter().filter(|word| !said.contains(**word)).count();
    let is_old = new * 10 < words.len() * 3;
    said.extend(words.iter().map(|word| (*word).to_owned()));
    let cues: i32 = line.cues.iter().map(|cue| of_cue(*cue)).sum();
    of_topic(line.topic) + of_origin(line) + of_words(&words) + of_terms(&line.terms) + cues + of_own_cue(line) - 26
        + if has_number { 108 } else { 0 }
        + if is_about_person { 54 } else { 0 }
        - if is_old { 29 } else { 0 }
}

fn of_topic(topic: Topic) -> i32 {
    match topic {
        Topic::Exam => 38,
        Topic::Result | Topic::Vital => 32,
        Topic::Assessment => 27,
        Topic::Past | Topic::Social => 3,
        Topic::Intro | Topic::Plan => -6,
        Topic::History => -9,
        Topic::Medication => -13,
        Topic::Allergy => -16,
        Topic::Noise => -40,
        Topic::Family => -52,
    }
}

fn of_origin(line: &Line) -> i32 {
    match (line.origin, line.topic) {
        (Origin::Told, Topic::Family) => 72,
        (Origin::Stated, Topic::Family | Topic::Social | Topic::Allergy) => -106,
        (Origin::Affirmed, _) => 12,
        (Origin::Told, _) => -3,
        (Origin::Denied | Origin::Refused | Origin::Absent, _) => -10,
        (Origin::Answered, _) => -31,
        (Origin::Stated, _) => -34,
    }
}

fn of_words(words: &[&str]) -> i32 {
    let length = match words.len() {
        ..=3 => -13,
        4..=6 => -25,
        7..=12 => -19,
        13..=20 => 3,
        _ => 74,
    };
    let talk = match words.iter().filter(|word| TALK.contains(**word)).count() {
        0 => 11,
        1 => -24,
        2 => -38,
        3 => -78,
        _ => -121,
    };
    let content = match words.iter().filter(|word| !SMALL.contains(**word) && !TALK.contains(**word)).count() {
        0 => -62,
        1 => -37,
        2 => -4,
        3 => 21,
        _ => 39,
    };
    length + talk + content
}

fn of_cue(cue: Cue) -> i32 {
    match cue {
        Cue::Result => 19,
        Cue::Social => 18,
        Cue::Exam => 15,
        Cue::Past => 5,
        Cue::Intro => 1,
        Cue::Medication => -5,
        Cue::Educate => -7,
        Cue::Agree | Cue::History | Cue::Vital => -8,
        Cue::Assess => -9,
        Cue::Female => -12,
        Cue::Family | Cue::Plan => -18,
        Cue::Exposure => -19,
        Cue::Allergy => -24,
        Cue::Noise => -46,
    }
}

/// A cue of the topic itself.
fn of_own_cue(line: &Line) -> i32 {
    match line.topic {
        Topic::Family if line.tells(Cue::Family) => 35,
        Topic::Medication if line.tells(Cue::Medication) => 23,
        Topic::Social if line.tells(Cue::Social) => 23,
        Topic::Allergy if line.tells(Cue::Allergy) => -11,
        Topic::Past if line.tells(Cue::Past) => -41,
        _ => 0,
    }
}

fn of_terms(terms: &[Category]) -> i32 {
    let count = |category: Category| terms.iter().filter(|own| **own == category).count();
    let worth = |category: Category, first: i32, more: i32| match count(category) {
        0 => 0,
        1 => first,
        _ => first + more,
    };
    let several = match terms.len() {
        0 => -12,
        1 => 26,
        2 => 38,
        3 => 52,
        _ => 45,
    };
    several
        + worth(Category::Condition, 61, 52)
        + worth(Category::Medication, 48, 40)
        + worth(Category::Symptom, 43, 26)
        + worth(Category::Test, 52, -25)
        + worth(Category::Procedure, 32, 0)
        + worth(Category::Anatomy, 9, 30)
        + worth(Category::VitalSign, -16, 24)
}
