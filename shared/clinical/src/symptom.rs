//! Symptoms as patients tell them and as clinicians write them.
//!
//! A symptom has a name in any of the tables of conditions ("shortness of breath", "me falta el aire"), or it is a complaint
//! about a part of the body: "my left knee has been hurting", "me duele la espalda", "swelling in both ankles". Its name is
//! the clinical one, in English: "knee pain", "back pain", "ankle swelling".

use std::sync::LazyLock;

use serde::Serialize;

pub use self::sense::Sense;
pub(crate) use self::site::site_at;
use crate::diagnosis;
use crate::dictionary::{Dictionary, rows};
use crate::phrase::RuleId;
use crate::span::Span;
use crate::text::Text;
use crate::words::Words;

mod complaint;
mod sense;
mod site;
mod wording;

static SYNONYM: &str = include_str!("../data/symptom/synonym.txt");

/// By code; codes are no phrases, but are looked up like them.
static SYNONYMS: LazyLock<Dictionary<&'static str>> = LazyLock::new(|| Dictionary::of(rows(SYNONYM)));

/// How strong a symptom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Also a score of pain up to 4.
    Mild,
    /// Also a score of 5 or 6.
    Moderate,
    /// Also a score from 7.
    Severe,
}

/// How a symptom was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// By its name.
    ByName,
    /// As a complaint about a part of the body.
    ByComplaint,
    /// By the wording of patients, by this rule.
    ByWording(RuleId),
}

impl Recognised {
    /// The rule's id.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::ByName => "symptom.name",
            Self::ByComplaint => "symptom.complaint",
            Self::ByWording(rule) => rule.0,
        }
    }
}

/// A symptom in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SymptomMention {
    /// Its clinical name, in English and lower case: "knee pain".
    pub name: String,
    /// The medical word where the name is the everyday one, or the other way round: "pruritus" for itching.
    pub also: Option<&'static str>,
    /// Further names: "sleeplessness", "lower limb swelling".
    pub others: Vec<String>,
    /// Its code in ICD-10-CM, when it has a name of its own.
    pub code: Option<&'static str>,
    /// The part of the body, when it was recognised by that.
    pub site: Option<&'static str>,
    /// What is wrong with it, when it was recognised by that.
    pub sense: Option<Sense>,
    /// How it was recognised.
    pub recognised: Recognised,
    /// Where it stands: the words that say what and where.
    pub span: Span,
}

impl SymptomMention {
    /// All its names, the clinical one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also).chain(self.others.iter().map(String::as_str))
    }

    fn named(names: &'static str, recognised: Recognised, span: Span) -> Self {
        let mut names = names.split(';').map(str::trim);
        Self {
            name: names.next().unwrap_or_default().to_owned(),
            also: names.next(),
            others: names.map(str::to_owned).collect(),
            code: None,
            site: None,
            sense: None,
            recognised,
            span,
        }
    }
}

/// Every symptom that a text tells of, in order, whether affirmed or denied. Of two that overlap, the longer is taken.
#[must_use]
pub fn find(text: &Text<'_>) -> Vec<SymptomMention> {
    longest_first(mentions(text))
}

/// Every mention, also those that overlap: "weakness of the left arm" is a weak arm and a weakness of one side.
#[must_use]
pub fn mentions(text: &Text<'_>) -> Vec<SymptomMention> {
    let words = Words::of(text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let Some((symptom, length)) = at(&words, place) else {
            place += 1;
            continue;
        };
        found.push(symptom);
        place += length;
    }
    let told = wording::find(text).into_iter();
    found.extend(told.map(|found| SymptomMention::named(found.label, Recognised::ByWording(found.rule), found.span)));
    found
}

/// Of mentions that overlap, the longer; "painful swelling of the foot" is two, because they say different things of a place.
fn longest_first(mut found: Vec<SymptomMention>) -> Vec<SymptomMention> {
    found.sort_by_key(|symptom| (symptom.span.start, std::cmp::Reverse(symptom.span.end)));
    let mut kept: Vec<SymptomMention> = Vec::new();
    for symptom in found {
        let differs =
            |last: &SymptomMention| last.site.is_some() && last.site == symptom.site && last.sense != symptom.sense;
        match kept.last_mut().filter(|last| last.span.end > symptom.span.start && !differs(last)) {
            None => kept.push(symptom),
            Some(last) if symptom.span.end - symptom.span.start > last.span.end - last.span.start => *last = symptom,
            Some(_) => {}
        }
    }
    kept
}

/// The symptom that begins at a word, and after how many words the next may begin. What says more words says more.
fn at(words: &Words<'_>, place: usize) -> Option<(SymptomMention, usize)> {
    let named = diagnosis::symptom_at(words, place).map(|(diagnosis, length)| {
        let span = words.span(place, place + length - 1);
        let mut synonyms = SYNONYMS.get(diagnosis.code).into_iter().flat_map(|words| words.split(';'));
        let symptom = SymptomMention {
            name: diagnosis.description.to_lowercase(),
            also: synonyms.next(),
            others: synonyms.map(str::to_owned).collect(),
            code: Some(diagnosis.code),
            site: None,
            sense: None,
            recognised: Recognised::ByName,
            span,
        };
        (symptom, length, length)
    });
    let complaint = complaint::at(words, place).map(|(complaint, length)| {
        let symptom = SymptomMention {
            name: complaint.name(),
            also: None,
            others: complaint.others(),
            code: None,
            site: Some(complaint.site),
            sense: Some(complaint.sense),
            recognised: Recognised::ByComplaint,
            span: words.span(place, place + length - 1),
        };
        let inner = (place + 1..place + length).find(|inner| complaint::begins(words, *inner));
        (symptom, length, inner.map_or(length, |inner| inner - place))
    });
    let longest = [complaint, named].into_iter().flatten().max_by_key(|(_, length, _)| *length)?;
    Some((longest.0, longest.2))
}

/// Codes of conditions and injuries that patients name as what they suffer from: anxiety, depression, stress, abscess, hives,
/// acne, wounds, burns.
const COMPLAINT_CODES: [&str; 10] = ["F32.A", "F41.9", "F43.9", "L02", "L08.9", "L50", "L70", "T14", "T30", "T81.4"];

/// Whether a code stands for what a patient complains of.
pub(crate) fn is_complaint_code(code: &str) -> bool {
    is_symptom_code(code) || code.starts_with('S') || COMPLAINT_CODES.iter().any(|own| code.starts_with(own))
}

/// Codes of ICD-10-CM outside chapter R that stand for symptoms.
const SYMPTOM_CODES: [&str; 42] = [
    "G47.0", "H04.2", "H53.1", "H53.2", "H53.8", "H54.7", "H57.1", "H57.8", "H92.0", "H92.1", "H93.1", "H93.8",
    "J34.89", "K08.89", "K30", "K59.00", "K62.5", "K62.89", "L29", "L53.9", "L65.9", "L85.3", "M25.4", "M25.5",
    "M25.6", "M53.3", "M53.8", "M54.2", "M54.5", "M54.6", "M54.9", "M62.81", "M62.83", "M79.1", "M79.6", "M79.8",
    "N50.8", "N64.4", "N89.8", "N93.9", "N94.6", "K92.0",
];

/// Whether a code stands for a symptom rather than a disease.
pub(crate) fn is_symptom_code(code: &str) -> bool {
    code.starts_with('R') || SYMPTOM_CODES.iter().any(|own| code.starts_with(own))
}

#[cfg(test)]
mod tests;
