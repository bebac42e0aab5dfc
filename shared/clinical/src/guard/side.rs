//! Sides of the body.

use super::{Kind, Mismatch};
use crate::span::Span;
use crate::symptom::site_at;
use crate::text::Text;
use crate::words::Words;

/// A side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
}

/// A side that is named, with the part of the body if one stands near.
#[derive(Debug, Clone, Copy)]
struct Named {
    side: Side,
    site: Option<&'static str>,
    span: Span,
    /// The word may mean something else: "right now", "I left".
    is_doubtful: bool,
}

/// Words between a side and its part of the body, at most.
const NEAR: usize = 3;
/// So many sides of each text are compared one by one.
const MOST: usize = 64;

/// The sides that two texts do not share.
pub(super) fn compare(one: &Text<'_>, other: &Text<'_>) -> Vec<Mismatch> {
    let (original, translated) = (sides(one), sides(other));
    let lost = original.iter().filter(|side| !is_among(side, &translated)).map(|side| side.span);
    let gained = translated.iter().filter(|side| !is_among(side, &original)).map(|side| side.span);
    let (lost, gained): (Vec<Span>, Vec<Span>) = (lost.collect(), gained.collect());
    let count = lost.len().max(gained.len());
    let at = |spans: &[Span], place: usize| spans.get(place).copied().into_iter().collect();
    (0..count)
        .map(|place| Mismatch { kind: Kind::Laterality, original: at(&lost, place), translated: at(&gained, place) })
        .collect()
}

/// Whether a side is named in the other text too: of the same part of the body, when both name that part.
fn is_among(own: &Named, others: &[Named]) -> bool {
    let same = |other: &Named| own.site.zip(other.site).is_none_or(|(one, other)| one == other);
    let opposed = others
        .iter()
        .any(|other| other.side != own.side && own.site.is_some() && own.site == other.site && !other.is_doubtful);
    let found = others.iter().any(|other| other.side == own.side && same(other));
    let anywhere = others.iter().any(|other| other.side == own.side);
    own.is_doubtful || found || (anywhere && !opposed)
}

fn sides(text: &Text<'_>) -> Vec<Named> {
    let words = Words::of(text);
    (0..words.len()).filter_map(|place| named(&words, place)).take(MOST).collect()
}

fn named(words: &Words<'_>, place: usize) -> Option<Named> {
    let word = words.spelled(place);
    let is_english = matches!(word, "left" | "right" | "both");
    let side = match word {
        "left" => Side::Left,
        "right" => Side::Right,
        "both" | "bilateral" | "bilaterally" | "bilaterales" | "ambos" | "ambas" => Side::Both,
        _ if word.starts_with("izquierd") => Side::Left,
        "dos" if is_the(words, place) => Side::Both,
        "derecho" | "derecha" | "derechos" | "derechas" => Side::Right,
        _ => return None,
    };
    // English names the side before the part, Spanish behind it; both may do otherwise.
    let behind = (place + 1..=place + NEAR).take_while(|at| *at < words.len() && !words.is_new_sentence(*at));
    let before = (1..=NEAR).filter_map(|back| place.checked_sub(back));
    let at = |at: usize| site_at(words, at).map(|(site, _)| site);
    let (near, far): (Option<&str>, Option<&str>) = if is_english {
        (behind.clone().find_map(at), before.clone().find_map(at))
    } else {
        (before.clone().find_map(at), behind.clone().find_map(at))
    };
    let is_side =
        |at: usize| matches!(words.spelled(at), "side" | "sided" | "hand" | "handed" | "lado" | "mano" | "hemi");
    let is_told = behind.clone().chain(before).any(is_side);
    let site = near.or(far);
    let is_alone = behind.clone().next().is_none_or(|at| site_at(words, at).is_none());
    if word == "dos" && is_alone {
        return None;
    }
    Some(Named { side, site, span: words.span(place, place), is_doubtful: site.is_none() && !is_told })
}

/// "los dos riñones": the article before "dos".
fn is_the(words: &Words<'_>, place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| matches!(words.spelled(before), "los" | "las"))
}
