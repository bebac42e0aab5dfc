//! Lengths of time in a text: a number and a unit.

use std::ops::Range;

use crate::text::Text;
use crate::text::token::{Break, Kind};

/// A number of units of time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Of a range, the greater number.
    pub(super) count: f64,
    pub(super) unit: TimeUnit,
    /// From the number to the unit.
    pub(super) tokens: Range<usize>,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeUnit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    pub(super) fn hours(self) -> f64 {
        match self {
            Self::Minute => 1.0 / 60.0,
            Self::Hour => 1.0,
            Self::Day => 24.0,
            Self::Week => 168.0,
            Self::Month => 730.0,
            Self::Year => 8_766.0,
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "minute" | "minutes" | "min" | "mins" | "minuto" | "minutos" => Self::Minute,
            "hour" | "hours" | "hr" | "hrs" | "hora" | "horas" => Self::Hour,
            "day" | "days" | "dia" | "dias" => Self::Day,
            "week" | "weeks" | "wk" | "wks" | "semana" | "semanas" => Self::Week,
            "month" | "months" | "mo" | "mos" | "mes" | "meses" => Self::Month,
            "year" | "years" | "yr" | "yrs" | "ano" | "anos" => Self::Year,
            _ => return None,
        })
    }
}

impl Quantity {
    pub(super) fn hours(&self) -> f64 {
        self.count * self.unit.hours()
    }

    /// The length of time that begins at a token: "3 days", "two to three weeks", "a couple of hours", "2-week".
    pub(super) fn at(text: &Text<'_>, start: usize) -> Option<Self> {
        let word = |at: usize| text.tokens().get(at).map_or("", |token| token.word.as_str());
        let joined = |at: usize| text.tokens().get(at).is_some_and(|token| token.before <= Break::Comma);
        let mut count = number(text, start)?;
        let mut at = start + 1;
        while joined(at) && at < start + 5 {
            if let Some(unit) = TimeUnit::of(word(at)) {
                return Some(Self { count, unit, tokens: start..at + 1 });
            }
            match number(text, at) {
                Some(next) => count = count.max(next),
                None if matches!(word(at), "to" | "or" | "of" | "a" | "o" | "and" | "de" | "more" | "full") => {}
                None => return None,
            }
            at += 1;
        }
        None
    }
}

/// The number that a token is, in digits or in words.
pub(super) fn number(text: &Text<'_>, at: usize) -> Option<f64> {
    let token = text.tokens().get(at)?;
    if token.kind == Kind::Number {
        return token
            .word
            .replace(',', ".")
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite() && *number < 1_000.0);
    }
    Some(match token.word.as_str() {
        "a" | "an" | "one" | "un" | "una" | "uno" => 1.0,
        "two" | "couple" | "dos" | "par" => 2.0,
        "three" | "few" | "tres" | "unos" | "unas" | "pocos" | "pocas" => 3.0,
        "four" | "several" | "cuatro" | "varios" | "varias" => 4.0,
        "five" | "cinco" => 5.0,
        "six" | "seis" => 6.0,
        "seven" | "siete" => 7.0,
        "eight" | "ocho" => 8.0,
        "nine" | "nueve" => 9.0,
        "ten" | "diez" => 10.0,
        "twelve" | "doce" => 12.0,
        "fourteen" => 14.0,
        "fifteen" | "quince" => 15.0,
        "twenty" | "veinte" => 20.0,
        "thirty" | "treinta" => 30.0,
        "half" | "media" => 0.5,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_in_digits_and_words() {
        for (written, start, hours) in [
            ("3 days", 0, Some(72.0)),
            ("two to three weeks", 0, Some(504.0)),
            ("a couple of hours", 0, Some(2.0)),
            ("2-week", 0, Some(336.0)),
            ("tres meses", 0, Some(2_190.0)),
            ("30 minutes", 0, Some(0.5)),
            ("3 pills", 0, None),
            ("day 3", 0, None),
            ("5, and so on", 0, None),
        ] {
            let found = Quantity::at(&Text::read(written), start).map(|quantity| quantity.hours());
            assert_eq!(found, hours, "{written}");
        }
    }
}
