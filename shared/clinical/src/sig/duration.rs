//! For how long a drug is taken.

use serde::Serialize;

use super::number::{self, Range};
use super::period::{self, Unit};
use super::token::Tokens;
use crate::span::Span;

/// So many units of time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Duration {
    /// How many.
    pub count: Range,
    /// Of which unit.
    pub unit: Unit,
    /// Where it stands, without the "for" before it.
    pub span: Span,
}

impl Duration {
    /// In days; of a range the longer.
    #[must_use]
    pub fn days(self) -> f64 {
        self.count.most * self.unit.days()
    }

    /// What one says, without "for": "7 days" (document 004).
    #[must_use]
    pub fn text(self) -> String {
        self.unit.counted(self.count)
    }
}

const LEADS: [(&str, ()); 24] = [
    ("for", ()),
    ("for the next", ()),
    ("for another", ()),
    ("for a total of", ()),
    ("for up to", ()),
    ("for at least", ()),
    ("for about", ()),
    ("times for", ()),
    ("times", ()),
    ("x", ()),
    ("over", ()),
    ("over the next", ()),
    ("during", ()),
    ("por", ()),
    ("por los proximos", ()),
    ("durante", ()),
    ("durante los proximos", ()),
    ("durante unos", ()),
    ("hasta por", ()),
    ("pour", ()),
    ("pendant", ()),
    ("continue for", ()),
    ("duration", ()),
    ("duracion", ()),
];

/// The duration that begins at a place, with or without the word that leads to it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<(Duration, usize)> {
    let lead = tokens.longest(at, &LEADS).map_or(at, |((), behind)| behind);
    let is_led = lead > at;
    let lead = lead + usize::from(is_led && tokens.is_mark(lead, ':'));
    let (count, behind) = if is_led { led_count(tokens, lead)? } else { number::read(tokens, lead)? };
    let unit_at = behind + usize::from(tokens.is_mark(behind, '-'));
    let is_adverb = tokens.is_one_of(unit_at, &["daily", "weekly", "monthly"]);
    let Some(unit) = period::unit(tokens, unit_at).filter(|unit| *unit != Unit::Minute && !is_adverb) else {
        return bare_days(tokens, at, count, behind);
    };
    let behind = unit_at + 1;
    let is_course = tokens.is_one_of(behind, &["course", "supply", "treatment", "therapy", "mas"]);
    let is_date = !is_led && !is_course && (unit == Unit::Hour || is_point_in_time(tokens, at));
    if is_before_or_after(tokens, behind) || is_date {
        return None;
    }
    Some((Duration { count, unit, span: tokens.span(lead, behind) }, behind + usize::from(is_course)))
}

fn led_count(tokens: &Tokens, at: usize) -> Option<(Range, usize)> {
    number::read_with_article(tokens, at)
        .or_else(|| tokens.is_one_of(at, &["the"]).then_some((Range::one(1.0), at + 1)))
}

/// "x14" at the end of an instruction counts days.
fn bare_days(tokens: &Tokens, at: usize, count: Range, behind: usize) -> Option<(Duration, usize)> {
    let is_cross = tokens.is_one_of(at, &["x"]) && tokens.word(behind).is_empty() && tokens.digits(behind).is_none();
    is_cross.then(|| (Duration { count, unit: Unit::Day, span: tokens.span(at + 1, behind) }, behind))
}

/// "in 2 weeks" is a point in time.
fn is_point_in_time(tokens: &Tokens, at: usize) -> bool {
    const BEFORE: [&str; 16] = [
        "in", "within", "after", "last", "past", "previous", "about", "en", "dentro", "hace", "ultimos", "every",
        "cada", "than", "other", "age",
    ];
    at.checked_sub(1).is_some_and(|before| tokens.is_one_of(before, &BEFORE))
}

/// "2 hours before food" is a time of day, not a duration.
fn is_before_or_after(tokens: &Tokens, at: usize) -> bool {
    const AFTER: [&str; 13] = [
        "before", "after", "prior", "antes", "despues", "apart", "later", "ago", "old", "history", "follow", "from",
        "earlier",
    ];
    tokens.is_one_of(at + usize::from(tokens.is_mark(at, '-')), &AFTER)
}
