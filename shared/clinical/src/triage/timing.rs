//! Since when a complaint is there: "for three days", "started two hours ago", "desde ayer".

use serde::Serialize;

use crate::text::Text;
use crate::triage::evidence::Evidence;
use crate::triage::quantity::{Quantity, TimeUnit};
use crate::words::lists;

/// A time since when something is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Timing {
    /// Hours since it began.
    pub hours: f64,
    /// The words that say so.
    pub evidence: Evidence,
    /// Where they stand among the words of the turn.
    #[serde(skip)]
    pub(super) token: usize,
    #[serde(skip)]
    pub(super) sentence: usize,
}

/// Words before a length of time that make it the age of a complaint.
const BEFORE: &str = "for since x over past last within about started began starting onset after now lasted lasting \
    during hace desde llevo lleva llevamos por durante ultimos ultimas ultima ultimo";
/// Words behind it.
const BEHIND: &str = "ago history hx duration now of que earlier atras straight before";
/// Words of the sentence that make it the age of something else.
const OTHERWISE: &str = "smoker smoking smoked smokes taking takes medication medications married diagnosed quit \
    vaccinated prescribed treated pack fuma toma diagnosticado diagnosticada every each cada";
/// How far a word before or behind may stand.
const NEAR: usize = 3;
/// How far a word of something else may stand before it.
const FAR: usize = 3;

/// Every such time in a turn. Ages and weeks of pregnancy are none.
pub(super) fn find(text: &Text<'_>, turn: usize) -> Vec<Timing> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.tokens().len() {
        let Some((hours, end)) = counted(text, at).or_else(|| named(text, at)) else {
            at += 1;
            continue;
        };
        let sentence = text.clauses().get(text.clause_at(at)).map_or(0, |clause| clause.sentence);
        let span = text.span(at..end);
        found.extend(span.map(|span| Timing { hours, evidence: Evidence { turn, span }, token: at, sentence }));
        at = end;
    }
    found
}

fn counted(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let quantity = Quantity::at(text, at)?;
    let end = quantity.tokens.end;
    let has = |words: &str, range: std::ops::Range<usize>| {
        let tokens = text.tokens().get(range.start..range.end.min(text.tokens().len())).unwrap_or_default();
        tokens.iter().any(|token| lists(words, token.word.as_str()))
    };
    let is_age = has("old edad pregnant gestation embarazada embarazo age", end..end + 2);
    let is_told = has(BEFORE, at.saturating_sub(NEAR)..at) || has(BEHIND, end..end + 1);
    let sentence_start = text.clauses().get(text.clause_at(at)).map_or(at, |clause| clause.tokens.start);
    let is_other = has(OTHERWISE, at.saturating_sub(FAR).max(sentence_start)..at);
    let is_person = quantity.unit == TimeUnit::Year && has("am is was soy aged", at.saturating_sub(1)..at);
    (is_told && !is_age && !is_other && !is_person).then(|| (quantity.hours(), end))
}

/// "since yesterday", "this morning", "desde anoche".
fn named(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let word = |at: usize| text.tokens().get(at).map_or("", |token| token.word.as_str());
    let two = match (word(at), word(at + 1)) {
        ("this", "morning" | "afternoon" | "evening") | ("esta", "manana" | "tarde" | "noche") => Some(8.0),
        ("last", "night" | "evening") => Some(16.0),
        ("last", "week") | ("semana", "pasada") => Some(168.0),
        ("last", "month") | ("mes", "pasado") => Some(730.0),
        ("just" | "right", "now") | ("ahora", "mismo") | ("past", "hour") | ("ultima", "hora") => Some(1.0),
        ("this", "week")
        | ("esta", "semana")
        | (
            "since" | "on" | "last",
            "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday",
        ) => Some(96.0),
        _ => None,
    };
    let one = match word(at) {
        "today" | "hoy" | "overnight" => Some(10.0),
        "yesterday" | "ayer" => Some(30.0),
        "anoche" => Some(16.0),
        _ => None,
    };
    two.map(|hours| (hours, at + 2)).or_else(|| one.map(|hours| (hours, at + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(written: &str) -> Vec<f64> {
        find(&Text::read(written), 0).iter().map(|timing| timing.hours).collect()
    }

    #[test]
    fn the_age_of_a_complaint_is_read() {
        for (written, expected) in [
            ("I have had a cough for 3 days", vec![72.0]),
            ("it started two hours ago", vec![2.0]),
            ("a 2-week history of fatigue", vec![336.0]),
            ("me duele desde ayer", vec![30.0]),
            ("llevo tres semanas con tos", vec![504.0]),
            ("fever x 2 days", vec![48.0]),
            ("since this morning", vec![8.0]),
        ] {
            assert_eq!(hours(written), expected, "{written}");
        }
    }

    #[test]
    fn ages_pregnancies_and_habits_are_no_timings() {
        for written in [
            "my 3 year old son",
            "I am 32 weeks pregnant",
            "smoker for 20 years",
            "I take it every 4 hours",
            "taking lisinopril for 3 years",
            "mujer de 40 años de edad",
        ] {
            assert_eq!(hours(written), Vec::<f64>::new(), "{written}");
        }
    }
}
