//! The same lists in the order of movement alone (DP-2.1), read from their ranges of class and risk.

use std::fmt;
use std::str::FromStr;

use super::{Class, rank};
use crate::care::Risk;
use crate::error::Error;
use crate::page;
use crate::thread::Thread;
use crate::time::Timestamp;

/// The place of a thread among those that moved last. Greater comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moved {
    updated: Timestamp,
    thread: u32,
}

impl Moved {
    /// The place of a thread.
    #[must_use]
    pub fn of(thread: &Thread) -> Self {
        Self { updated: thread.updated, thread: thread.thread.get() }
    }
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:013}-{:010}", self.updated.millis().max(0), self.thread)
    }
}

impl FromStr for Moved {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let parsed = text.split_once('-').and_then(|(updated, thread)| {
            Some(Self { updated: Timestamp::from_millis(updated.parse().ok()?), thread: thread.parse().ok()? })
        });
        // Only our own spelling is a cursor: one place, one text.
        parsed.filter(|place| place.to_string() == text).ok_or_else(page::bad_cursor)
    }
}

/// A range of a list in which sort keys are in the order of movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The lowest sort key.
    pub low: String,
    /// The highest sort key.
    pub high: String,
}

/// The ranges of a list in which sort keys are in the order of movement, below a place.
#[must_use]
pub fn ranges(before: Option<Moved>) -> Vec<Range> {
    let range = |class: Class, risk: Risk| {
        let prefix = format!("{}{}-", class.prefix(), rank(risk));
        let high = before.map_or_else(|| format!("{prefix}~"), |before| format!("{prefix}{before}"));
        Range { low: prefix, high }
    };
    let risks = [Risk::Low, Risk::Medium, Risk::High, Risk::Critical];
    [Class::Waiting, Class::Answered].into_iter().flat_map(|class| risks.map(|risk| range(class, risk))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::key;
    use super::*;

    #[test]
    fn every_thread_is_in_one_range() {
        let mut thread = crate::thread::tests::thread();
        for risk in [Risk::Low, Risk::Medium, Risk::High, Risk::Critical] {
            thread.care.risk = risk;
            let fits = |range: &Range| (range.low.clone()..=range.high.clone()).contains(&key(&thread));
            assert_eq!(ranges(None).iter().filter(|range| fits(range)).count(), 1);
            assert_eq!(ranges(Some(Moved::of(&thread))).iter().filter(|range| fits(range)).count(), 1);
            let earlier = Thread { updated: Timestamp::from_seconds(99), ..thread.clone() };
            assert_eq!(ranges(Some(Moved::of(&earlier))).iter().filter(|range| fits(range)).count(), 0);
        }
    }

    #[test]
    fn a_cursor_has_one_spelling() {
        let place = Moved::of(&crate::thread::tests::thread());
        assert_eq!(place.to_string().parse::<Moved>(), Ok(place));
        for text in ["", "1-1", "x", "0000000100000", "-1-1", "0000000100000-01048581"] {
            assert_eq!(text.parse::<Moved>(), Err(page::bad_cursor()), "{text}");
        }
    }
}
