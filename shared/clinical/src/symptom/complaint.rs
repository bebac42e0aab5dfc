//! A complaint about a part of the body: what is wrong, and where.

use super::sense::{Sense, sense};
use super::site::site_at;
use crate::words::Words;

/// What is wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Complaint {
    sense: Sense,
    pub(super) site: &'static str,
}

impl Complaint {
    /// The clinical name: "knee pain", "headache".
    pub(super) fn name(self) -> String {
        match (self.sense, self.site) {
            (Sense::Pain, "head") => "headache".to_owned(),
            (Sense::Pain, "throat") => "sore throat".to_owned(),
            (Sense::Pain, "tooth") => "toothache".to_owned(),
            (Sense::Pain, "abdomen") => "abdominal pain".to_owned(),
            (Sense::Pain, "heart") => "chest pain".to_owned(),
            (Sense::Swelling | Sense::Lump, "lymph node") => "swollen lymph nodes (lymphadenopathy)".to_owned(),
            (sense, site) => format!("{site} {}", sense.noun()),
        }
    }
}

/// Words that may stand between the two: small words, sides, and how bad it is.
const BETWEEN: [&str; 118] = [
    "a",
    "about",
    "across",
    "acute",
    "all",
    "also",
    "always",
    "an",
    "and",
    "are",
    "area",
    "around",
    "at",
    "bad",
    "badly",
    "been",
    "behind",
    "below",
    "bend",
    "bilateral",
    "bit",
    "both",
    "breathe",
    "chronic",
    "constant",
    "constantly",
    "deep",
    "down",
    "dull",
    "entire",
    "feel",
    "feeling",
    "feels",
    "from",
    "front",
    "get",
    "gets",
    "getting",
    "giving",
    "had",
    "has",
    "have",
    "having",
    "her",
    "his",
    "i",
    "in",
    "inner",
    "inside",
    "intense",
    "into",
    "is",
    "it",
    "its",
    "just",
    "keep",
    "keeps",
    "kind",
    "left",
    "lift",
    "little",
    "lot",
    "lower",
    "me",
    "middle",
    "mild",
    "moderate",
    "move",
    "moving",
    "my",
    "new",
    "now",
    "of",
    "on",
    "or",
    "outer",
    "over",
    "painless",
    "part",
    "press",
    "push",
    "raise",
    "really",
    "recurrent",
    "right",
    "s",
    "severe",
    "sharp",
    "side",
    "so",
    "some",
    "started",
    "starting",
    "starts",
    "still",
    "stretch",
    "the",
    "their",
    "then",
    "these",
    "this",
    "through",
    "to",
    "too",
    "touch",
    "touching",
    "turn",
    "under",
    "unilateral",
    "up",
    "upper",
    "very",
    "was",
    "when",
    "while",
    "whole",
    "with",
    "your",
];

const BETWEEN_SPANISH: [&str; 40] = [
    "al",
    "aqui",
    "ambas",
    "ambos",
    "bajo",
    "con",
    "de",
    "debajo",
    "del",
    "derecha",
    "derecho",
    "detras",
    "el",
    "en",
    "esta",
    "este",
    "fuerte",
    "izquierda",
    "izquierdo",
    "la",
    "lado",
    "las",
    "leve",
    "lo",
    "los",
    "mi",
    "mis",
    "muchisimo",
    "mucho",
    "muy",
    "parte",
    "por",
    "se",
    "su",
    "sus",
    "tengo",
    "toda",
    "todo",
    "un",
    "una",
];

/// No more words than this may stand between the two.
const MAX_BETWEEN: usize = 6;

/// The complaint that begins at a word, and how many words tell it.
pub(super) fn at(words: &Words<'_>, place: usize) -> Option<(Complaint, usize)> {
    if let Some(sense) = sense(words.spelled(place)) {
        return sense_first(words, place, sense);
    }
    let (site, length) = site_at(words, place)?;
    let (at, sense) = reach(words, place + length, |place| sense(words.spelled(place)).map(|sense| (place, sense)))?;
    Some((Complaint { sense, site }, at - place + 1))
}

/// "pain in my left knee". The last word of the site ends it; a second site belongs to the next complaint.
fn sense_first(words: &Words<'_>, place: usize, sense: Sense) -> Option<(Complaint, usize)> {
    let next = place + 1;
    let (at, (site, length)) = reach(words, next, |place| site_at(words, place).map(|site| (place, site)))?;
    // "dry cough and throat": an adjective belongs to what stands right behind it.
    let is_near = at == next || is_linked(words, place, at);
    let behind = at + length;
    // "burning chest pain" is a pain: what stands before the site only says of what kind.
    let is_pain = is_near && matches!(words.spelled(behind), "pain" | "pains" | "ache" | "discomfort");
    if is_pain && words.is_joined(behind) {
        return Some((Complaint { sense: Sense::Pain, site }, behind + 1 - place));
    }
    is_near.then(|| (Complaint { sense, site }, behind - place))
}

/// Whether a word of place stands between the two: "pain in the knee", "dolor de rodilla", "me duele la rodilla".
fn is_linked(words: &Words<'_>, place: usize, site: usize) -> bool {
    const LINKS: [&str; 32] = [
        "in", "on", "at", "of", "to", "around", "my", "the", "his", "her", "your", "under", "behind", "across", "over",
        "inside", "into", "left", "right", "lower", "upper", "de", "del", "en", "la", "el", "las", "los", "mi", "mis",
        "al", "su",
    ];
    (place + 1..site).any(|between| LINKS.contains(&words.spelled(between)))
}

/// The first place from here on that is found, with only words of little weight before it, in the same sentence.
fn reach<T>(words: &Words<'_>, from: usize, found: impl Fn(usize) -> Option<(usize, T)>) -> Option<(usize, T)> {
    for place in from..=from + MAX_BETWEEN {
        if !words.is_joined(place) {
            return None;
        }
        if let Some(found) = found(place) {
            return Some(found);
        }
        let word = words.spelled(place);
        if !BETWEEN.contains(&word) && !BETWEEN_SPANISH.contains(&word) {
            return None;
        }
    }
    None
}
