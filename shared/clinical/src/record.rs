//! What the engines make of a visit (document 004), in the types in which it is kept and decided about.

mod grounding;
mod note;
mod order;
mod utterance;

pub use grounding::is_grounded;
pub use note::{Line, note};
pub use order::{Chart, orders};
pub use utterance::heard;

use domain::visit::evidence::{MOST_PLACES, Place};
use domain::visit::language::LanguageTag;
use domain::visit::utterance::Role;

use crate::language::Language;
use crate::span::Span;
use crate::visit::Speaker;

/// The language of a tag, as far as the engines know words of it.
fn language(tag: &LanguageTag) -> Language {
    match tag.primary().as_str() {
        "en" => Language::English,
        "es" => Language::Spanish,
        "fr" => Language::French,
        _ => Language::Unknown,
    }
}

fn speaker(role: Role) -> Speaker {
    match role {
        Role::Clinician => Speaker::Clinician,
        Role::Patient => Speaker::Patient,
        Role::Assistant => Speaker::Assistant,
        Role::Family => Speaker::Family,
    }
}

/// The first places of a finding.
fn places<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Vec<Place> {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let place = |span: &Span| Place { start: number(span.start), end: number(span.end) };
    spans.into_iter().take(MOST_PLACES).map(place).collect()
}

#[cfg(test)]
mod tests;
