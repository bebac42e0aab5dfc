//! The words of a test: with the part of the body and the side, and with the time when it is to be done.

use crate::follow_up::{self, Timeframe};
use crate::span::Span;
use crate::symptom::site_at;
use crate::test_catalogue::{TestCategory, TestMention};
use crate::words::Words;

/// A time further behind the test belongs to something else.
const FARTHEST: usize = 6;

/// The words of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its name with the part of the body.
    pub(crate) name: Span,
    /// When it is to be done.
    pub(crate) when: Option<Span>,
}

/// Where the words of a test stand.
pub(crate) fn said(words: &Words<'_>, mention: &TestMention) -> Said {
    let first = words.place_at(mention.span.start);
    let behind = words.place_at(mention.span.end);
    let is_image = mention.test.category == TestCategory::Imaging;
    let start = if is_image { before(words, first) } else { first };
    let end = if is_image { site_behind(words, behind).unwrap_or(behind) } else { behind };
    let name = words.span(start, end.saturating_sub(1));
    let time = (end..end + FARTHEST).take_while(|at| *at < words.len() && !words.is_new_sentence(*at));
    let time = time.filter_map(|at| Some((at, follow_up::timeframe(words, at)?))).next();
    let when = time.map(|(at, (_, behind)): (usize, (Timeframe, usize))| words.span(at, behind - 1));
    Said { name, when }
}

/// "right knee x-ray": the part of the body and its side before the test.
fn before(words: &Words<'_>, first: usize) -> usize {
    let mut near = (1..=3).rev().filter_map(|length| first.checked_sub(length));
    let site = near.find(|at| site_at(words, *at).is_some_and(|(_, length)| at + length == first));
    let start = site.unwrap_or(first);
    match start.checked_sub(1) {
        Some(side) if is_side(words.spelled(side)) => side,
        _ => start,
    }
}

/// "x-ray of your right knee": the place behind the part of the body.
fn site_behind(words: &Words<'_>, behind: usize) -> Option<usize> {
    let mut at = behind;
    if !matches!(words.spelled(at), "of" | "on" | "de" | "del") {
        return None;
    }
    at += 1;
    while at < behind + 4 && (is_side(words.spelled(at)) || is_article(words.spelled(at))) {
        at += 1;
    }
    site_at(words, at).map(|(_, length)| at + length)
}

fn is_side(word: &str) -> bool {
    matches!(word, "right" | "left" | "both" | "bilateral" | "derecha" | "derecho" | "izquierda" | "izquierdo")
}

fn is_article(word: &str) -> bool {
    matches!(word, "the" | "your" | "his" | "her" | "my" | "that" | "this" | "a" | "la" | "el" | "su" | "los" | "las")
}
