//! Pairs of numbers that are no blood pressure although they look like one: the strengths of a medicine with two ingredients
//! ("Advair 250/50"), dates ("del 12/11") and fractions ("24/7").
//!
//! The strengths were written by hand: those of common inhalers, premixed insulins, antihypertensives and antibiotics with
//! two ingredients that lie in the range of a pressure.

use std::{cell::OnceCell, ops::Range};

use crate::{
    drug::Drug,
    reading::{
        Kind,
        cue::{Cues, Label},
        unit,
    },
    span::Span,
    text::{
        Text,
        token::{Break, Token},
    },
};

/// Words that speak of a medicine whose strength may follow.
const MEDICINES: &[&str] = &[
    "inhaler",
    "inhalers",
    "insulin",
    "mix",
    "tablet",
    "tablets",
    "pill",
    "pills",
    "capsule",
    "capsules",
    "strength",
    "generic",
    "diskus",
    "inhalador",
    "insulina",
    "mezcla",
    "tableta",
    "tabletas",
    "pastilla",
    "pastillas",
    "comprimido",
    "comprimidos",
    "capsula",
    "capsulas",
    "generico",
    "medicine",
    "medication",
    "meds",
    "medicina",
    "medicamento",
];
/// Words that may stand between a medicine and its strength.
const BETWEEN: &[&str] = &[
    "hct", "plus", "forte", "xr", "sr", "er", "la", "hfa", "is", "are", "of", "the", "my", "in", "at", "es", "son",
    "de", "mi", "en", "diu", "duo", "dose", "dosis",
];
const MOST_BETWEEN: usize = 3;
/// Words in front of a date.
const DATES: &[&str] = &[
    "on",
    "since",
    "until",
    "date",
    "dated",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "el",
    "del",
    "dia",
    "desde",
    "hasta",
    "fecha",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
];
/// How far back a word for blood pressure still says what a pair is.
const NEAR: usize = 8;
/// From these values on a pair is only taken for a strength when it is one of [`KNOWN`]: a crisis must not be missed.
const CRISIS: (f64, f64) = (180.0, 120.0);
/// Strengths that look like a pressure at or beyond a crisis.
const KNOWN: &[(f64, f64)] = &[(250.0, 50.0), (200.0, 50.0), (250.0, 62.0), (250.0, 125.0), (200.0, 100.0)];
const FIRST: &[f64] = &[70.0, 75.0, 80.0, 100.0, 120.0, 125.0, 150.0, 160.0];
const SECOND: &[f64] = &[30.0, 31.0, 40.0, 50.0, 60.0, 62.0, 75.0, 80.0];

/// The medicines of a text, looked for when the first pair asks.
pub(super) struct Medicines<'a> {
    text: &'a Text<'a>,
    cues: &'a Cues,
    found: OnceCell<Vec<Span>>,
}

impl<'a> Medicines<'a> {
    pub(super) fn new(text: &'a Text<'a>, cues: &'a Cues) -> Self {
        Self { text, cues, found: OnceCell::new() }
    }

    /// Whether the two numbers at these tokens are no blood pressure, whatever stands around them says.
    pub(super) fn explain(&self, pair: (f64, f64), tokens: &Range<usize>) -> bool {
        let looks = unit::looks_like_pressure(pair.0, pair.1);
        is_fraction(pair)
            || (is_date(pair) && self.word(tokens.start.checked_sub(1)).is_some_and(|word| DATES.contains(&word)))
            || ((!looks || is_strength(pair)) && self.is_of_medicine(tokens) && !self.is_of_pressure(tokens.start))
    }

    /// Whether a medicine stands next to the numbers, with nothing between that parts them.
    fn is_of_medicine(&self, tokens: &Range<usize>) -> bool {
        let Some(span) = self.text.span(tokens.clone()) else { return false };
        if self.token(tokens.end).is_some_and(|next| next.before == Break::None && self.begins(next.span)) {
            return true;
        }
        let mut at = tokens.start;
        for _ in 0..=MOST_BETWEEN {
            let Some(before) = at.checked_sub(1).and_then(|before| self.token(before)) else { return false };
            if self.token(at).is_none_or(|token| token.before != Break::None) {
                return false;
            }
            if self.ends(before.span) || MEDICINES.contains(&before.word.as_str()) {
                return before.span.end <= span.start;
            }
            if !BETWEEN.contains(&before.word.as_str()) {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// Whether a word for blood pressure stands shortly before in the same clause, and does not name the medicine for it.
    fn is_of_pressure(&self, start: usize) -> bool {
        let clause = self.text.clause_at(start);
        (start.saturating_sub(NEAR)..start).filter(|at| self.text.clause_at(*at) == clause).any(|at| {
            let names = self.cues.at(at).filter(|cue| cue.label == Label::Kind(Kind::BloodPressure));
            names
                .map(|cue| cue.tokens.end)
                .any(|end| !self.word(Some(end)).is_some_and(|word| MEDICINES.contains(&word)))
        })
    }

    fn found(&self) -> &[Span] {
        self.found.get_or_init(|| Drug::find(self.text).into_iter().map(|mention| mention.span).collect())
    }

    fn begins(&self, word: Span) -> bool {
        self.found().binary_search_by_key(&word.start, |found| found.start).is_ok()
    }

    fn ends(&self, word: Span) -> bool {
        self.found().binary_search_by_key(&word.end, |found| found.end).is_ok()
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.text.tokens().get(at)
    }

    fn word(&self, at: Option<usize>) -> Option<&str> {
        self.token(at?).map(|token| token.word.as_str())
    }
}

/// "24/7", "50/50", "1/2": ways to say always, half and a part.
fn is_fraction((first, second): (f64, f64)) -> bool {
    (first, second) == (24.0, 7.0) || (first, second) == (50.0, 50.0) || (first < second && second < 10.0)
}

/// A day and a month in either order, or a month and a year.
fn is_date((first, second): (f64, f64)) -> bool {
    let is = |value: f64, most: f64| (1.0..=most).contains(&value) && value.fract() == 0.0;
    (is(first, 31.0) && is(second, 12.0))
        || (is(first, 12.0) && (is(second, 31.0) || (1900.0..2100.0).contains(&second)))
}

fn is_strength((first, second): (f64, f64)) -> bool {
    if first >= CRISIS.0 || second >= CRISIS.1 {
        return KNOWN.contains(&(first, second));
    }
    FIRST.contains(&first) && SECOND.contains(&second)
}

#[cfg(test)]
mod tests {
    use crate::{reading, text::Text};

    fn pressures(written: &str) -> Vec<String> {
        let readings = reading::read(&Text::read(written), &[reading::Kind::BloodPressure]);
        readings.into_iter().map(|reading| reading.span.of(written).to_owned()).collect()
    }

    #[test]
    fn strengths_dates_and_fractions_are_no_blood_pressure() {
        for written in [
            "Diovan HCT 160/12.5",
            "I take Diovan HCT 160/12,5 mg since May",
            "amlodipine/valsartan 5/160",
            "co-codamol 30/500 mg",
            "co-codamol 30/500",
            "my dose is 120/80 mg",
            "120/80mg",
            "Advair 250/50",
            "my Advair is 100/50",
            "I use 250/50 fluticasone-salmeterol",
            "Humulin 70/30",
            "insulina 70/30",
            "the insulin mix is 70/30",
            "my blood pressure pill Exforge 160/80",
            "losartan/hydrochlorothiazide 100/50",
            "valsartán 160/80",
            "I am at home 24/7",
            "mi presión está alta 24/7",
            "half the time, 50/50",
            "bp 1/2",
            "since 12/11",
            "la presión del 12/11",
            "my bp on 11/12",
        ] {
            assert_eq!(pressures(written), [""; 0], "{written}");
        }
    }

    #[test]
    fn a_pressure_near_a_medicine_or_a_date_is_one() {
        for (written, pair) in [
            ("took lisinopril 150/95", "150/95"),
            ("took my lisinopril, 160/80", "160/80"),
            ("my bp after lisinopril 160/80", "160/80"),
            ("amlodipine bp 160/80", "160/80"),
            ("took lisinopril 190/125", "190/125"),
            ("Advair 250/50, pressure 150/95", "150/95"),
            ("la presión del 12/11 fue 150/95", "150/95"),
            ("mi presión hoy 12/8", "12/8"),
            ("on 12/11 it was 150/95", "150/95"),
            ("con losartán la tensión sigue en 160/80", "160/80"),
        ] {
            assert_eq!(pressures(written), [pair], "{written}");
        }
    }
}
