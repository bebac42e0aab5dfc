//! Units of numbers, in English and Spanish.

use crate::text::Text;
use crate::text::token::Break;

/// A unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Measure {
    Microgram,
    Milligram,
    Gram,
    Kilogram,
    Pound,
    Milliliter,
    Liter,
    Unit,
    Milliequivalent,
    Percent,
    Fahrenheit,
    Celsius,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Tablet,
    Drop,
    Puff,
    Teaspoon,
    Tablespoon,
    Time,
}

impl Measure {
    /// How long it is, in hours; `None` for what is no time.
    pub(super) fn hours(self) -> Option<f64> {
        match self {
            Self::Minute => Some(1.0 / 60.0),
            Self::Hour => Some(1.0),
            Self::Day => Some(24.0),
            Self::Week => Some(168.0),
            Self::Month => Some(720.0),
            Self::Year => Some(8760.0),
            _ => None,
        }
    }

    /// Whether a number means something else without it.
    pub(super) fn is_needed(self) -> bool {
        !matches!(self, Self::Time | Self::Tablet | Self::Fahrenheit | Self::Celsius | Self::Year)
    }
}

/// Words by their beginnings, the longer before the shorter. Tablets, capsules and pills are counted alike.
const WORDS: [(&str, Measure); 48] = [
    ("microgr", Measure::Microgram),
    ("mcg", Measure::Microgram),
    ("ug", Measure::Microgram),
    ("milligr", Measure::Milligram),
    ("miligr", Measure::Milligram),
    ("mg", Measure::Milligram),
    ("kilo", Measure::Kilogram),
    ("kg", Measure::Kilogram),
    ("gram", Measure::Gram),
    ("pound", Measure::Pound),
    ("lbs", Measure::Pound),
    ("libra", Measure::Pound),
    ("millil", Measure::Milliliter),
    ("milil", Measure::Milliliter),
    ("ml", Measure::Milliliter),
    ("cc", Measure::Milliliter),
    ("liter", Measure::Liter),
    ("litre", Measure::Liter),
    ("litro", Measure::Liter),
    ("unit", Measure::Unit),
    ("unidad", Measure::Unit),
    ("meq", Measure::Milliequivalent),
    ("milliequivalent", Measure::Milliequivalent),
    ("miliequivalente", Measure::Milliequivalent),
    ("percent", Measure::Percent),
    ("fahrenheit", Measure::Fahrenheit),
    ("celsius", Measure::Celsius),
    ("centigra", Measure::Celsius),
    ("minut", Measure::Minute),
    ("hour", Measure::Hour),
    ("hora", Measure::Hour),
    ("day", Measure::Day),
    ("dia", Measure::Day),
    ("week", Measure::Week),
    ("semana", Measure::Week),
    ("month", Measure::Month),
    ("year", Measure::Year),
    ("tablet", Measure::Tablet),
    ("pill", Measure::Tablet),
    ("capsul", Measure::Tablet),
    ("comprimido", Measure::Tablet),
    ("pastilla", Measure::Tablet),
    ("drop", Measure::Drop),
    ("gota", Measure::Drop),
    ("puff", Measure::Puff),
    ("inhala", Measure::Puff),
    ("teaspoon", Measure::Teaspoon),
    ("cucharadita", Measure::Teaspoon),
];

/// Words that are units only as they stand here.
const WHOLE: [(&str, Measure); 17] = [
    ("g", Measure::Gram),
    ("gr", Measure::Gram),
    ("l", Measure::Liter),
    ("lb", Measure::Pound),
    ("h", Measure::Hour),
    ("hr", Measure::Hour),
    ("hrs", Measure::Hour),
    ("mes", Measure::Month),
    ("meses", Measure::Month),
    ("ano", Measure::Year),
    ("anos", Measure::Year),
    ("time", Measure::Time),
    ("times", Measure::Time),
    ("vez", Measure::Time),
    ("veces", Measure::Time),
    ("tablespoon", Measure::Tablespoon),
    ("cucharada", Measure::Tablespoon),
];

/// The unit right behind a number that ends before a token, and how many tokens it has.
pub(super) fn at(text: &Text<'_>, behind: usize) -> Option<(Measure, usize)> {
    let between = text.between(behind);
    let tail = text.tokens().last().and_then(|last| text.written().get(last.span.end..));
    let marks = if behind < text.tokens().len() { between } else { tail.unwrap_or_default() };
    if marks.contains('%') {
        return Some((Measure::Percent, 0));
    }
    let token = text.tokens().get(behind).filter(|token| token.before == Break::None)?;
    match token.word.as_str() {
        "por" | "per"
            if text.tokens().get(behind + 1).is_some_and(|next| matches!(next.word.as_str(), "ciento" | "cent")) =>
        {
            Some((Measure::Percent, 2))
        }
        "f" => Some((Measure::Fahrenheit, 1)),
        "c" => Some((Measure::Celsius, 1)),
        word => of(word).map(|measure| (measure, 1)),
    }
}

fn of(word: &str) -> Option<Measure> {
    let whole = WHOLE.iter().find(|(known, _)| *known == word);
    whole.or_else(|| WORDS.iter().find(|(known, _)| word.starts_with(known))).map(|(_, measure)| *measure)
}
