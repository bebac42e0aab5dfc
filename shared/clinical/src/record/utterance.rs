//! What an utterance says that is kept with it: terms, what its translation lost, danger.

use domain::visit::alert;
use domain::visit::language::Languages;
use domain::visit::utterance::{Heard, MedicalTerm, Mismatch, Role, UtteranceEntry};

use crate::language::Language;
use crate::term::{self, Category, Term};
use crate::text::Text;
use crate::{assess, guard};

/// Terms of one utterance that are kept, and things that its translation lost: a hostile text has thousands.
const MOST: usize = 200;

/// What is heard in an utterance of a visit in these languages. Terms are looked for only when the client sent none; danger only
/// in what the patient says.
#[must_use]
pub fn heard(entry: &UtteranceEntry, languages: &Languages) -> Heard {
    let terms = if entry.terms.is_empty() { terms(&entry.original_text) } else { Vec::new() };
    let dangers = match entry.role {
        Role::Patient => assess::message(&entry.original_text, None).dangers,
        Role::Clinician | Role::Assistant | Role::Family => Vec::new(),
    };
    Heard { terms, mismatches: mismatches(entry, languages), danger: alert::sentence(&dangers) }
}

fn terms(written: &str) -> Vec<MedicalTerm> {
    let found = term::find(&Text::read(written));
    let kept = |found: Term| MedicalTerm {
        term: found.span.of(written).to_owned(),
        category: category(found.category).to_owned(),
        confidence: Some((f64::from(found.confidence) * 100.0).round() / 100.0),
    };
    found.into_iter().take(MOST).map(kept).collect()
}

fn category(category: Category) -> &'static str {
    match category {
        Category::Symptom => "symptom",
        Category::Condition => "condition",
        Category::Medication => "medication",
        Category::Test => "test",
        Category::Procedure => "procedure",
        Category::Anatomy => "anatomy",
        Category::VitalSign => "vital_sign",
    }
}

/// What the translation says differently, between the two languages of which the guards know the words.
fn mismatches(entry: &UtteranceEntry, languages: &Languages) -> Vec<Mismatch> {
    let Some(translated) = &entry.translated_text else { return Vec::new() };
    let into = languages.other_than(&entry.original_language);
    let is_known = |language| matches!(language, Language::English | Language::Spanish);
    if !is_known(super::language(&entry.original_language)) || !is_known(super::language(into)) {
        return Vec::new();
    }
    let kept = |mismatch: guard::Mismatch| Mismatch {
        rule: mismatch.kind.rule().to_owned(),
        reason: mismatch.reason(&entry.original_text, translated),
    };
    guard::compare(&entry.original_text, translated).into_iter().take(MOST).map(kept).collect()
}
