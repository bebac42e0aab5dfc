//! How much a sentence says, and which sentences a note keeps.
//!
//! The points are hundredths of a log-odds, fitted by logistic regression on the visits of ACI-Bench (Yim et al. 2023) and the
//! dialogues of MTS-Dialog (Ben Abacha et al. 2023) that were set aside for tuning, and rounded: a sentence counts as kept when
//! the reference note has its words.

use std::collections::HashSet;

use super::cue::Cue;
use super::line::{Line, Origin, Topic};
use crate::term::Category;

/// A note has at most so many words, besides its lists.
const MOST_WORDS: usize = 395;
/// Sentences with fewer points are left out of any note.
const LEAST: i32 = -100;

/// The lines of a note, in the order in which they were said: those that say most, up to the length of a note.
pub(super) fn chosen(lines: Vec<Line>) -> Vec<Line> {
    let mut said: HashSet<String> = HashSet::new();
    let mut ranked: Vec<(i32, usize)> =
        lines.iter().enumerate().map(|(place, line)| (points(line) + repeated(line, &mut said), place)).collect();
    ranked.sort_by_key(|(points, place)| (std::cmp::Reverse(*points), *place));
    let mut words = 0;
    let mut keeps = vec![false; lines.len()];
    for (_, place) in ranked.into_iter().take_while(|(points, _)| *points >= LEAST) {
        let length = lines.get(place).map_or(0, Line::length);
        if words + length <= MOST_WORDS {
            words += length;
            if let Some(keep) = keeps.get_mut(place) {
                *keep = true;
            }
        }
    }
    lines.into_iter().zip(keeps).filter(|(_, keep)| *keep).map(|(line, _)| line).collect()
}

/// What speaks against a line of which most words were said before.
fn repeated(line: &Line, said: &mut HashSet<String>) -> i32 {
    let words: Vec<String> = line.text.split_whitespace().map(str::to_lowercase).collect();
    let new = words.iter().filter(|word| !said.contains(*word)).count();
    let is_old = !words.is_empty() && new * 10 < words.len() * 3;
    said.extend(words);
    if is_old { -42 } else { 0 }
}

fn points(line: &Line) -> i32 {
    let has_number = line.text.bytes().any(|letter| letter.is_ascii_digit());
    let own = i32::from(line.topic == Topic::Social && line.tells(Cue::Social)) * 24
        + i32::from(line.topic == Topic::Medication && line.tells(Cue::Medication)) * 21
        + i32::from(line.topic == Topic::Family && line.tells(Cue::Family)) * 17
        - i32::from(line.topic == Topic::Past && line.tells(Cue::Past)) * 39;
    let cues: i32 = line.cues.iter().map(|cue| of_cue(*cue)).sum();
    let sum =
        of_topic(line.topic) + of_origin(line.origin) + of_length(line.length()) + of_terms(&line.terms) + cues + own;
    sum - 24 + if has_number { 131 } else { 0 }
}

fn of_topic(topic: Topic) -> i32 {
    match topic {
        Topic::Result => 51,
        Topic::Exam => 46,
        Topic::Vital => 24,
        Topic::Assessment => 6,
        Topic::Medication => -5,
        Topic::Family => -7,
        Topic::Intro | Topic::Social => -10,
        Topic::Past => -12,
        Topic::History => -16,
        Topic::Plan | Topic::Allergy => -26,
        Topic::Noise => -48,
    }
}

fn of_origin(origin: Origin) -> i32 {
    match origin {
        Origin::Denied | Origin::Refused | Origin::Absent => 37,
        Origin::Affirmed | Origin::Told => 0,
        Origin::Answered => -40,
        Origin::Stated => -43,
    }
}

fn of_length(words: usize) -> i32 {
    match words {
        ..=3 => -38,
        4..=6 => -21,
        7..=12 => 0,
        13..=20 => 11,
        _ => 52,
    }
}

fn of_cue(cue: Cue) -> i32 {
    match cue {
        Cue::Social => 33,
        Cue::Educate => 14,
        Cue::Intro => 11,
        Cue::Female => -12,
        Cue::Agree | Cue::Exposure => -16,
        Cue::Allergy => -25,
        Cue::Plan => -30,
        Cue::Noise => -47,
        Cue::Exam
        | Cue::Vital
        | Cue::Result
        | Cue::Assess
        | Cue::History
        | Cue::Past
        | Cue::Medication
        | Cue::Family => 0,
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
        0 => -13,
        1 => 33,
        2 | 3 => 47,
        _ => 60,
    };
    several
        + worth(Category::Condition, 62, 46)
        + worth(Category::Medication, 53, 40)
        + worth(Category::Symptom, 44, 29)
        + worth(Category::Test, 44, -8)
        + worth(Category::Procedure, 38, 6)
        + worth(Category::Anatomy, 9, 30)
        + worth(Category::VitalSign, -15, 0)
}
