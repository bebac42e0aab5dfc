//! A complaint about a part of the body: what is wrong, and where.

use std::sync::LazyLock;

use super::sense::{Sense, sense};
use super::site::{others, site_at};
use crate::dictionary::Dictionary;
use crate::words::Words;

/// What is wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) sense: Sense,
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

    /// Other names: "lower limb swelling" for the leg, "red eye".
    pub(super) fn others(self) -> Vec<String> {
        let adjective = match self.sense {
            Sense::Swelling => Some("swollen"),
            Sense::Redness => Some("red"),
            Sense::Itching => Some("itchy"),
            Sense::Dryness => Some("dry"),
            _ => None,
        };
        let described = adjective.map(|adjective| format!("{adjective} {}", self.site));
        described.into_iter().chain(others(self.site).map(|site| format!("{site} {}", self.sense.noun()))).collect()
    }
}

static BETWEEN: LazyLock<Dictionary<()>> = LazyLock::new(|| {
    let table = include_str!("../../data/symptom/between.txt");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    Dictionary::of(lines.flat_map(|line| line.split(' ')).map(|word| (word, ())))
});

/// No more words than this may stand between the two.
const MAX_BETWEEN: usize = 6;

/// The complaint that begins at a word, and how many words tell it.
pub(super) fn at(words: &Words<'_>, place: usize) -> Option<(Complaint, usize)> {
    if let Some(sense) = sense(words.spelled(place)) {
        return sense_first(words, place, sense).or_else(|| listed(words, place, sense));
    }
    let (site, length) = site_at(words, place)?;
    let found = |at: usize| sense(words.spelled(at)).filter(|_| sense_first(words, at, Sense::Pain).is_none());
    let (at, sense) = reach(words, place + length, |at| found(at).map(|sense| (at, sense)))?;
    Some((Complaint { sense, site }, at - place + 1))
}

/// Whether a word says that something else is wrong: "painful swelling of the foot".
pub(super) fn begins(words: &Words<'_>, place: usize) -> bool {
    sense(words.spelled(place)).is_some()
}

/// "pain, ankle" and "injury, left finger", as clinicians list complaints: nothing follows in the sentence but the next comma.
fn listed(words: &Words<'_>, place: usize, sense: Sense) -> Option<(Complaint, usize)> {
    let first = place + 1;
    let is_listed = !words.is_joined(first) && !words.is_new_sentence(first);
    let is_qualified = QUALIFIERS.contains(&words.spelled(first)) && words.is_joined(first + 1);
    let (at, (site, length)) = [first, first + usize::from(is_qualified)]
        .into_iter()
        .find_map(|at| site_at(words, at).map(|site| (at, site)))?;
    let behind = at + length;
    (is_listed && !words.is_joined(behind)).then(|| (Complaint { sense, site }, behind - place))
}

/// Words of place in such lists.
const QUALIFIERS: [&str; 8] = ["left", "right", "lt", "rt", "both", "lower", "upper", "ant"];

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
    const LINKS: [&str; 34] = [
        "in", "on", "at", "of", "to", "around", "my", "the", "his", "her", "your", "under", "behind", "across", "over",
        "inside", "into", "left", "right", "lower", "upper", "both", "near", "de", "del", "en", "la", "el", "las",
        "los", "mi", "mis", "al", "su",
    ];
    (place + 1..site).any(|between| LINKS.contains(&words.spelled(between)))
}

/// The first place from here on that is found, with only words of little weight before it, or of something else that is
/// wrong ("pain and swelling in the knee"), in the same sentence.
fn reach<T>(words: &Words<'_>, from: usize, found: impl Fn(usize) -> Option<(usize, T)>) -> Option<(usize, T)> {
    for place in from..=from + MAX_BETWEEN {
        if !words.is_joined(place) {
            return None;
        }
        if let Some(found) = found(place) {
            return Some(found);
        }
        let word = words.spelled(place);
        if BETWEEN.get(word).is_none() && sense(word).is_none() {
            return None;
        }
    }
    None
}
