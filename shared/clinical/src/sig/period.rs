//! Spans of time as instructions count them.

use serde::{Deserialize, Serialize};

use super::number::Range;
use super::token::Tokens;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 1/1440 of a day.
    Minute,
    /// 1/24 of a day.
    Hour,
    /// A day.
    Day,
    /// 7 days.
    Week,
    /// 30 days.
    Month,
    /// 365 days.
    Year,
}

impl Unit {
    /// How many days it has, as pharmacies count: a month has 30, a year 365.
    #[must_use]
    pub fn days(self) -> f64 {
        match self {
            Self::Minute => 1.0 / 1440.0,
            Self::Hour => 1.0 / 24.0,
            Self::Day => 1.0,
            Self::Week => 7.0,
            Self::Month => 30.0,
            Self::Year => 365.0,
        }
    }

    /// Its English name, in the singular.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// A number of it, in words: "7 days", "1 week".
    pub(super) fn counted(self, count: Range) -> String {
        let plural = if (count.most - 1.0).abs() < f64::EPSILON { "" } else { "s" };
        format!("{count} {}{plural}", self.name())
    }
}

const NAMES: [(&str, Unit); 44] = [
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("min", Unit::Minute),
    ("mins", Unit::Minute),
    ("minuto", Unit::Minute),
    ("minutos", Unit::Minute),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("hr", Unit::Hour),
    ("hrs", Unit::Hour),
    ("h", Unit::Hour),
    ("hora", Unit::Hour),
    ("horas", Unit::Hour),
    ("hs", Unit::Hour),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("d", Unit::Day),
    ("daily", Unit::Day),
    ("dia", Unit::Day),
    ("dias", Unit::Day),
    ("jour", Unit::Day),
    ("jours", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("wk", Unit::Week),
    ("wks", Unit::Week),
    ("w", Unit::Week),
    ("weekly", Unit::Week),
    ("semana", Unit::Week),
    ("semanas", Unit::Week),
    ("sem", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("mo", Unit::Month),
    ("mos", Unit::Month),
    ("mth", Unit::Month),
    ("monthly", Unit::Month),
    ("mes", Unit::Month),
    ("meses", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
    ("yr", Unit::Year),
    ("ano", Unit::Year),
    ("anos", Unit::Year),
];

/// The unit of time at a place.
pub(super) fn unit(tokens: &Tokens, at: usize) -> Option<Unit> {
    NAMES.iter().find(|(name, _)| *name == tokens.word(at)).map(|(_, unit)| *unit)
}
