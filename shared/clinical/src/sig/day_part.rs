//! Parts of the day, and meals.

use serde::{Deserialize, Serialize};

use super::token::Tokens;

/// When in the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// In the morning, also with breakfast.
    Morning,
    /// At noon, also with lunch.
    Noon,
    /// In the afternoon.
    Afternoon,
    /// In the evening, also with dinner.
    Evening,
    /// At bedtime or at night.
    Bedtime,
    /// With every meal, before or after it: three times.
    Meals,
}

impl DayPart {
    /// How often it comes in a day.
    pub(super) fn times(self) -> f64 {
        if self == Self::Meals { 3.0 } else { 1.0 }
    }

    /// What one says: "in the morning".
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Morning => "in the morning",
            Self::Noon => "at noon",
            Self::Afternoon => "in the afternoon",
            Self::Evening => "in the evening",
            Self::Bedtime => "at bedtime",
            Self::Meals => "with meals",
        }
    }
}

/// Bare words and abbreviations.
const WORDS: [(&str, DayPart); 34] = [
    ("morning", DayPart::Morning),
    ("mornings", DayPart::Morning),
    ("morn", DayPart::Morning),
    ("am", DayPart::Morning),
    ("qam", DayPart::Morning),
    ("q am", DayPart::Morning),
    ("mane", DayPart::Morning),
    ("om", DayPart::Morning),
    ("breakfast", DayPart::Morning),
    ("desayuno", DayPart::Morning),
    ("en ayunas", DayPart::Morning),
    ("noon", DayPart::Noon),
    ("midday", DayPart::Noon),
    ("lunch", DayPart::Noon),
    ("lunchtime", DayPart::Noon),
    ("mediodia", DayPart::Noon),
    ("almuerzo", DayPart::Noon),
    ("afternoon", DayPart::Afternoon),
    ("evening", DayPart::Evening),
    ("evenings", DayPart::Evening),
    ("eve", DayPart::Evening),
    ("dinner", DayPart::Evening),
    ("supper", DayPart::Evening),
    ("cena", DayPart::Evening),
    ("teatime", DayPart::Evening),
    ("qpm", DayPart::Evening),
    ("q pm", DayPart::Evening),
    ("pm", DayPart::Evening),
    ("bedtime", DayPart::Bedtime),
    ("night", DayPart::Bedtime),
    ("nights", DayPart::Bedtime),
    ("nightly", DayPart::Bedtime),
    ("nocte", DayPart::Bedtime),
    ("qhs", DayPart::Bedtime),
];

/// Phrases, where a bare word would say too little.
const PHRASES: [(&str, DayPart); 40] = [
    ("q hs", DayPart::Bedtime),
    ("hs", DayPart::Bedtime),
    ("at hs", DayPart::Bedtime),
    ("before bed", DayPart::Bedtime),
    ("before going to bed", DayPart::Bedtime),
    ("before sleep", DayPart::Bedtime),
    ("at bed time", DayPart::Bedtime),
    ("al acostarse", DayPart::Bedtime),
    ("antes de acostarse", DayPart::Bedtime),
    ("antes de dormir", DayPart::Bedtime),
    ("al dormir", DayPart::Bedtime),
    ("por la noche", DayPart::Bedtime),
    ("por las noches", DayPart::Bedtime),
    ("en la noche", DayPart::Bedtime),
    ("de noche", DayPart::Bedtime),
    ("cada noche", DayPart::Bedtime),
    ("todas las noches", DayPart::Bedtime),
    ("por la manana", DayPart::Morning),
    ("por las mananas", DayPart::Morning),
    ("en la manana", DayPart::Morning),
    ("cada manana", DayPart::Morning),
    ("todas las mananas", DayPart::Morning),
    ("por la tarde", DayPart::Afternoon),
    ("en la tarde", DayPart::Afternoon),
    ("cada tarde", DayPart::Afternoon),
    ("with meals", DayPart::Meals),
    ("with each meal", DayPart::Meals),
    ("with every meal", DayPart::Meals),
    ("before meals", DayPart::Meals),
    ("before each meal", DayPart::Meals),
    ("before every meal", DayPart::Meals),
    ("after meals", DayPart::Meals),
    ("after each meal", DayPart::Meals),
    ("after every meal", DayPart::Meals),
    ("con las comidas", DayPart::Meals),
    ("con cada comida", DayPart::Meals),
    ("antes de las comidas", DayPart::Meals),
    ("antes de cada comida", DayPart::Meals),
    ("despues de las comidas", DayPart::Meals),
    ("despues de cada comida", DayPart::Meals),
];

const MEALS_ABBREVIATED: [(&str, DayPart); 3] =
    [("ac", DayPart::Meals), ("pc", DayPart::Meals), ("a c", DayPart::Meals)];

/// The part of the day that begins at a place, with the words that lead to it: "every morning", "at night".
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<(DayPart, usize)> {
    let phrase = [tokens.longest(at, &PHRASES), tokens.longest(at, &MEALS_ABBREVIATED)];
    phrase
        .into_iter()
        .flatten()
        .max_by_key(|(_, behind)| *behind)
        .or_else(|| word(tokens, at))
        .or_else(|| led(tokens, at))
}

/// A time of the clock, "8am": only where it follows "at" or another time of the day.
pub(super) fn clock(tokens: &Tokens, at: usize) -> Option<(DayPart, usize)> {
    let hour = tokens.digits(at).filter(|hour| (1.0..=12.0).contains(hour))?;
    let minutes = if tokens.is_mark(at + 1, ':') { 2 } else { 0 };
    let behind = at + 1 + minutes;
    let part = match (tokens.word(behind), hour) {
        ("am", _) => DayPart::Morning,
        ("pm", 12.0 | 1.0) => DayPart::Noon,
        ("pm", 2.0..5.0) => DayPart::Afternoon,
        ("pm", 5.0..9.0) => DayPart::Evening,
        ("pm", _) => DayPart::Bedtime,
        _ => return None,
    };
    Some((part, behind + 1))
}

fn word(tokens: &Tokens, at: usize) -> Option<(DayPart, usize)> {
    // "I am taking …" is no time of the day.
    let is_verb = tokens.word(at) == "am" && at.checked_sub(1).is_some_and(|before| tokens.word(before) == "i");
    tokens.longest(at, &WORDS).filter(|_| !is_verb)
}

fn led(tokens: &Tokens, at: usize) -> Option<(DayPart, usize)> {
    const LEADS: [(&str, ()); 15] = [
        ("in the", ()),
        ("at", ()),
        ("every", ()),
        ("each", ()),
        ("with", ()),
        ("before", ()),
        ("after", ()),
        ("con el", ()),
        ("con la", ()),
        ("antes del", ()),
        ("antes de la", ()),
        ("despues del", ()),
        ("despues de la", ()),
        ("al", ()),
        ("a la", ()),
    ];
    let ((), behind) = tokens.longest(at, &LEADS)?;
    word(tokens, behind)
}
