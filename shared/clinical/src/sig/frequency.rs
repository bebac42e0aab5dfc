//! How often a drug is taken.

use serde::Serialize;

use super::day_part::DayPart;
use super::number::{self, Range};
use super::period::{self, Unit};
use super::token::Tokens;
use crate::span::Span;

/// So many times in every so many units of time: 2 times in every 1 day; 1 time in every 8 hours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frequency {
    /// How many times.
    pub times: Range,
    /// In every how many units.
    pub every: Range,
    /// The unit.
    pub unit: Unit,
    /// The parts of the day that were named, if any.
    pub when: Vec<DayPart>,
    /// Where it stands.
    pub span: Span,
}

impl Frequency {
    pub(super) fn new(times: Range, every: Range, unit: Unit) -> Self {
        Self { times, every, unit, when: Vec::new(), span: Span { start: 0, end: 0 } }
    }

    /// Times per day: 0.5 for every other day. Of a range the usual reading counts: "every 4 to 6 hours" is 4, "3 to 4 times
    /// a day" is 4.
    #[must_use]
    pub fn times_per_day(&self) -> f64 {
        self.times.most / (self.every.most * self.unit.days())
    }

    /// The most times per day that the words allow: 6 for "every 4 to 6 hours".
    #[must_use]
    pub fn most_per_day(&self) -> f64 {
        self.times.most / (self.every.least * self.unit.days())
    }

    /// What one says: "twice daily", "every 8 hours", "once daily at bedtime".
    #[must_use]
    pub fn text(&self) -> String {
        let once = self.times == Range::one(1.0);
        match self.unit {
            Unit::Day if self.every == Range::one(1.0) => self.daily(),
            Unit::Day if once && self.every == Range::one(2.0) => "every other day".to_owned(),
            Unit::Week | Unit::Month | Unit::Year if self.every == Range::one(1.0) => {
                format!("{} a {}", counted(self.times), self.unit.name())
            }
            unit if once && self.every == Range::one(1.0) => format!("every {}", unit.name()),
            unit if once => format!("every {}", unit.counted(self.every)),
            unit => format!("{} every {}", counted(self.times), unit.counted(self.every)),
        }
    }

    fn daily(&self) -> String {
        let counted = counted(self.times);
        let phrases: Vec<_> = self.when.iter().map(|part| part.phrase()).collect();
        match phrases.as_slice() {
            [] => format!("{counted} daily"),
            [phrase] => format!("{counted} daily {phrase}"),
            several => format!("{counted} daily ({})", several.join(" and ")),
        }
    }
}

fn counted(times: Range) -> String {
    match times {
        _ if times == Range::one(1.0) => "once".to_owned(),
        _ if times == Range::one(2.0) => "twice".to_owned(),
        _ if times == Range::one(3.0) => "three times".to_owned(),
        _ if times == Range::one(4.0) => "four times".to_owned(),
        _ => format!("{times} times"),
    }
}

/// Times, every, unit.
type Rate = (f64, f64, Unit);

const ABBREVIATIONS: [(&str, Rate); 58] = [
    ("daily", (1.0, 1.0, Unit::Day)),
    ("dly", (1.0, 1.0, Unit::Day)),
    ("qd", (1.0, 1.0, Unit::Day)),
    ("od", (1.0, 1.0, Unit::Day)),
    ("a day", (1.0, 1.0, Unit::Day)),
    ("per day", (1.0, 1.0, Unit::Day)),
    ("por dia", (1.0, 1.0, Unit::Day)),
    ("q day", (1.0, 1.0, Unit::Day)),
    ("q daily", (1.0, 1.0, Unit::Day)),
    ("diario", (1.0, 1.0, Unit::Day)),
    ("diaria", (1.0, 1.0, Unit::Day)),
    ("diariamente", (1.0, 1.0, Unit::Day)),
    ("a diario", (1.0, 1.0, Unit::Day)),
    ("todos los dias", (1.0, 1.0, Unit::Day)),
    ("al dia", (1.0, 1.0, Unit::Day)),
    ("bid", (2.0, 1.0, Unit::Day)),
    ("bd", (2.0, 1.0, Unit::Day)),
    ("bds", (2.0, 1.0, Unit::Day)),
    ("tid", (3.0, 1.0, Unit::Day)),
    ("tds", (3.0, 1.0, Unit::Day)),
    ("qid", (4.0, 1.0, Unit::Day)),
    ("qds", (4.0, 1.0, Unit::Day)),
    ("qod", (1.0, 2.0, Unit::Day)),
    ("q o d", (1.0, 2.0, Unit::Day)),
    ("every other day", (1.0, 2.0, Unit::Day)),
    ("every other night", (1.0, 2.0, Unit::Day)),
    ("every other morning", (1.0, 2.0, Unit::Day)),
    ("every other evening", (1.0, 2.0, Unit::Day)),
    ("every second day", (1.0, 2.0, Unit::Day)),
    ("every third day", (1.0, 3.0, Unit::Day)),
    ("every fourth day", (1.0, 4.0, Unit::Day)),
    ("alternate days", (1.0, 2.0, Unit::Day)),
    ("alt days", (1.0, 2.0, Unit::Day)),
    ("alternate day", (1.0, 2.0, Unit::Day)),
    ("cada dos dias", (1.0, 2.0, Unit::Day)),
    ("on alternate days", (1.0, 2.0, Unit::Day)),
    ("dia por medio", (1.0, 2.0, Unit::Day)),
    ("un dia si y otro no", (1.0, 2.0, Unit::Day)),
    ("dias alternos", (1.0, 2.0, Unit::Day)),
    ("en dias alternos", (1.0, 2.0, Unit::Day)),
    ("cada tercer dia", (1.0, 2.0, Unit::Day)),
    ("every other week", (1.0, 2.0, Unit::Week)),
    ("fortnightly", (1.0, 2.0, Unit::Week)),
    ("every fortnight", (1.0, 2.0, Unit::Week)),
    ("weekly", (1.0, 1.0, Unit::Week)),
    ("per week", (1.0, 1.0, Unit::Week)),
    ("por semana", (1.0, 1.0, Unit::Week)),
    ("qwk", (1.0, 1.0, Unit::Week)),
    ("semanal", (1.0, 1.0, Unit::Week)),
    ("semanalmente", (1.0, 1.0, Unit::Week)),
    ("biw", (2.0, 1.0, Unit::Week)),
    ("tiw", (3.0, 1.0, Unit::Week)),
    ("qiw", (4.0, 1.0, Unit::Week)),
    ("monthly", (1.0, 1.0, Unit::Month)),
    ("per month", (1.0, 1.0, Unit::Month)),
    ("mensual", (1.0, 1.0, Unit::Month)),
    ("hourly", (1.0, 1.0, Unit::Hour)),
    ("yearly", (1.0, 1.0, Unit::Year)),
];

/// The frequency that begins at a place, and the place behind it.
pub(super) fn read(tokens: &Tokens, at: usize) -> Option<(Frequency, usize)> {
    let abbreviated = tokens
        .longest(at, &ABBREVIATIONS)
        .map(|((times, every, unit), behind)| (Frequency::new(Range::one(times), Range::one(every), unit), behind));
    let read = times(tokens, at)
        .or_else(|| interval(tokens, at))
        .or_else(|| numbered_hourly(tokens, at))
        .or_else(|| weekdays(tokens, at));
    let longest = [read, abbreviated].into_iter().flatten().max_by_key(|(_, behind)| *behind)?;
    let (mut frequency, behind) = longest;
    frequency.span = tokens.span(at, behind);
    Some((frequency, behind))
}

/// A bare number with a period, "3/day" or "2 daily": so many doses, or so many units of the drug in one dose.
pub(super) fn bare(tokens: &Tokens, at: usize) -> Option<(Range, Unit, usize)> {
    let (count, behind) = number::read(tokens, at)?;
    let linked = if tokens.is_mark(behind, '/') { behind + 1 } else { connector(tokens, behind) };
    let adverb = tokens.is_one_of(behind, &["daily", "weekly", "monthly", "diaria", "diarias", "diario", "diarios"]);
    let behind = if adverb { behind } else { Some(linked).filter(|linked| *linked > behind)? };
    let unit = period::unit(tokens, behind).or_else(|| adverb.then_some(Unit::Day))?;
    matches!(unit, Unit::Day | Unit::Week | Unit::Month).then_some((count, unit, behind + 1))
}

/// "1-0-1" or "1-1-1-1": what is taken in the morning, at noon, in the evening and at night.
pub(super) fn schedule(tokens: &Tokens, at: usize) -> Option<(Vec<f64>, usize)> {
    let mut counts = vec![tokens.digits(at)?];
    let mut behind = at + 1;
    while counts.len() <= 4 && (tokens.is_mark(behind, '-') || tokens.is_mark(behind, '+')) {
        counts.push(tokens.digits(behind + 1)?);
        behind += 2;
    }
    let is_schedule = (3..=4).contains(&counts.len())
        && counts.iter().all(|count| *count <= 4.0)
        && counts.iter().any(|count| *count > 0.0);
    is_schedule.then_some((counts, behind))
}

/// "3 times a day", "twice weekly", "once every 12 hours", "dos veces al día".
fn times(tokens: &Tokens, at: usize) -> Option<(Frequency, usize)> {
    let (count, behind, is_word) = count(tokens, at)?;
    if let Some((interval, behind)) = interval(tokens, behind) {
        return Some((Frequency { times: count, ..interval }, behind));
    }
    if let Some(((_, every, unit), behind)) =
        tokens.longest(behind, &ABBREVIATIONS).filter(|((times, ..), _)| *times <= 1.0)
    {
        return Some((Frequency::new(count, Range::one(every), unit), behind));
    }
    let linked = if tokens.is_mark(behind, '/') { behind + 1 } else { connector(tokens, behind) };
    if tokens.is_one_of(linked, &["diarias", "diarios"]) {
        return Some((Frequency::new(count, Range::one(1.0), Unit::Day), linked + 1));
    }
    match period::unit(tokens, linked) {
        Some(unit) => Some((Frequency::new(count, Range::one(1.0), unit), linked + 1)),
        None => is_word.then(|| (Frequency::new(count, Range::one(1.0), Unit::Day), behind)),
    }
}

/// A count of times: "twice", "3 times", "3x". The last part says whether it may stand without a period.
fn count(tokens: &Tokens, at: usize) -> Option<(Range, usize, bool)> {
    const WORDS: [(&str, f64); 8] = [
        ("once", 1.0),
        ("twice", 2.0),
        ("thrice", 3.0),
        ("one time", 1.0),
        ("un par de veces", 2.0),
        ("once or twice", 2.0),
        ("two or three times", 3.0),
        ("three or four times", 4.0),
    ];
    if let Some((times, behind)) = tokens.longest(at, &WORDS) {
        return Some((Range::one(times), behind, true));
    }
    let (count, behind) = number::read(tokens, at)?;
    let is_times = tokens.is_one_of(behind, &["times", "time", "veces", "vez"]);
    let is_cross = tokens.is_one_of(behind, &["x"]) || tokens.is_mark(behind, '×');
    (is_times || is_cross).then_some((count, behind + 1, is_times && count.most <= 6.0))
}

/// The place behind the small words between a count and its period.
fn connector(tokens: &Tokens, at: usize) -> usize {
    const CONNECTORS: [(&str, ()); 15] = [
        ("a", ()),
        ("an", ()),
        ("per", ()),
        ("each", ()),
        ("every", ()),
        ("in a", ()),
        ("in one", ()),
        ("in the", ()),
        ("al", ()),
        ("a la", ()),
        ("por", ()),
        ("cada", ()),
        ("in", ()),
        ("en el", ()),
        ("en un", ()),
    ];
    tokens.longest(at, &CONNECTORS).map_or(at, |((), behind)| behind)
}

/// "every 8 hours", "q4-6h", "cada 12 horas", "each week".
fn interval(tokens: &Tokens, at: usize) -> Option<(Frequency, usize)> {
    const EVERY: [(&str, ()); 7] =
        [("every", ()), ("each", ()), ("q", ()), ("cada", ()), ("evry", ()), ("one every", ()), ("todas las", ())];
    let ((), behind) = tokens.longest(at, &EVERY)?;
    let (every, behind) = number::read(tokens, behind).unwrap_or((Range::one(1.0), behind));
    let is_joined = tokens.is_mark(behind, '-') || tokens.is_one_of(behind, &["nd", "rd", "th"]);
    let behind = behind + usize::from(is_joined);
    let unit = period::unit(tokens, behind)?;
    (every.least > 0.0).then(|| (Frequency::new(Range::one(1.0), every, unit), behind + 1))
}

/// "6 hourly", "4-6 hrly".
fn numbered_hourly(tokens: &Tokens, at: usize) -> Option<(Frequency, usize)> {
    let (every, behind) = number::read(tokens, at)?;
    let behind = behind + usize::from(tokens.is_mark(behind, '-'));
    let hourly = tokens.is_one_of(behind, &["hourly", "hrly"]) && every.least > 0.0;
    hourly.then(|| (Frequency::new(Range::one(1.0), every, Unit::Hour), behind + 1))
}

/// "on Mondays", "Monday, Wednesday and Friday", "los lunes y jueves".
fn weekdays(tokens: &Tokens, at: usize) -> Option<(Frequency, usize)> {
    const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado \
        domingo";
    let is_weekday = |at: usize| {
        let word = tokens.word(at);
        !word.is_empty() && DAYS.split(' ').any(|day| word == day || word.strip_suffix('s') == Some(day))
    };
    let start = at + usize::from(tokens.is_one_of(at, &["on", "every", "each", "los", "cada"]));
    if !is_weekday(start) {
        return None;
    }
    let (mut days, mut behind) = (1.0, start + 1);
    loop {
        let mut next = behind + usize::from(tokens.is_mark(behind, ',') || tokens.is_mark(behind, '/'));
        next += usize::from(tokens.is_one_of(next, &["and", "y", "los"]));
        if next == behind || !is_weekday(next) {
            break;
        }
        (days, behind) = (days + 1.0, next + 1);
    }
    Some((Frequency::new(Range::one(days), Range::one(1.0), Unit::Week), behind))
}
