//! Whether a drug goes with a patient's allergies.
//!
//! The list of allergies is free text, as a chart or a patient writes it. A drug is compared by ingredient, by class and by
//! what is known to cross from one class to another. An intolerance ("codeine: nausea") warns like an allergy: which of the
//! two it is, a clinician decides.

use serde::{Deserialize, Serialize};

pub use self::entry::{Allergen, Listed, read};
pub use self::substance::Substance;
use crate::drug::class_name::WithinClass;
use crate::drug::{Class, Drug, KnownAs};
use crate::span::Span;

mod cross;
mod entry;
mod substance;

/// How much speaks against the drug.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It may be given with care: the allergy may cross to it.
    Caution,
    /// It is what the patient reacts to, or of its kind.
    Contraindicated,
}

/// A drug against an allergy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// How much speaks against the drug.
    pub level: Level,
    /// The rule that says so.
    pub rule: &'static str,
    /// What one calls the allergy: "penicillin", "NSAID", "Bactrim".
    pub allergy: String,
    /// Which entry of the list it is in.
    pub entry: usize,
    /// Where in that entry.
    pub span: Span,
}

/// The rule of a drug that has an ingredient of the allergen.
pub const SAME_INGREDIENT: &str = "allergy.same_ingredient";
/// The rule of a drug of the class that the patient names as the allergen.
pub const NAMED_CLASS: &str = "allergy.named_class";
/// The rule of a drug of the same class as the allergen.
pub const SAME_CLASS: &str = "allergy.same_class";
/// The rule of a drug that is a mirror image or a product of the allergen in the body.
pub const KIN: &str = "allergy.kin";

impl Conflict {
    /// What to tell the clinician: "Patient has penicillin allergy" (document 004, `POST /api/actions/detect`).
    #[must_use]
    pub fn warning(&self) -> String {
        match self.level {
            Level::Contraindicated => format!("Patient has {} allergy", self.allergy),
            Level::Caution => format!("Possible cross-reactivity with {} allergy", self.allergy),
        }
    }
}

/// What of a patient's list of allergies speaks against a drug, the strongest first; one conflict for each listed allergen.
#[must_use]
pub fn check<S: AsRef<str>>(drug: &Drug, allergies: &[S]) -> Vec<Conflict> {
    let entries = allergies.iter().enumerate();
    let listed = entries.flat_map(|(entry, text)| read(text.as_ref()).into_iter().map(move |listed| (entry, listed)));
    let mut conflicts: Vec<_> = listed
        .filter_map(|(entry, Listed { allergen, span })| {
            let (level, rule) = conflict(drug, &allergen)?;
            Some(Conflict { level, rule, allergy: called(&allergen), entry, span })
        })
        .collect();
    conflicts.sort_by_key(|conflict| std::cmp::Reverse(conflict.level));
    conflicts
}

fn called(allergen: &Allergen) -> String {
    match allergen {
        Allergen::Substance(_, name) => name.clone(),
        Allergen::Drug(drug) => match (drug.known_as, drug.classes.as_slice()) {
            (KnownAs::Class, [class]) => class.name().to_owned(),
            _ => drug.name.clone(),
        },
    }
}

fn conflict(drug: &Drug, allergen: &Allergen) -> Option<(Level, &'static str)> {
    // "An antibiotic" may be one that the patient tolerates.
    if drug.known_as == KnownAs::Class && drug.classes.len() > 1 {
        return None;
    }
    match allergen {
        Allergen::Drug(allergen) => same(drug, allergen).or_else(|| crossed(drug, allergen)),
        Allergen::Substance(substance, _) => by_substance(drug, *substance),
    }
}

/// The same ingredient, its kin, or the same class.
fn same(drug: &Drug, allergen: &Drug) -> Option<(Level, &'static str)> {
    if entry::share_ingredient(drug, allergen) {
        return Some((Level::Contraindicated, SAME_INGREDIENT));
    }
    if cross::KIN.iter().any(|kin| has_one(drug, kin) && has_one(allergen, kin)) {
        return Some((Level::Contraindicated, KIN));
    }
    let of_class = |class: Class| match (allergen.known_as, class.within()) {
        (KnownAs::Class, _) => Some((Level::Contraindicated, NAMED_CLASS)),
        (_, WithinClass::Certain) => Some((Level::Contraindicated, SAME_CLASS)),
        (_, WithinClass::Caution) => Some((Level::Caution, SAME_CLASS)),
        (_, WithinClass::None) => None,
    };
    entry::shared_classes(drug, allergen).filter_map(of_class).max_by_key(|(level, _)| *level)
}

fn crossed(drug: &Drug, allergen: &Drug) -> Option<(Level, &'static str)> {
    let classes = cross::CLASSES
        .iter()
        .filter(|rule| allergen.classes.contains(&rule.from) && drug.classes.contains(&rule.to))
        .map(|rule| (rule.level, rule.rule));
    let to_ingredient = cross::CLASS_TO_INGREDIENT
        .iter()
        .filter(|rule| allergen.classes.contains(&rule.from) && has_one(drug, &[rule.to]))
        .map(|rule| (rule.level, rule.rule));
    let ingredients = cross::INGREDIENTS
        .iter()
        .filter(|rule| has_one(allergen, &[rule.from]) && has_one(drug, &[rule.to]))
        .map(|rule| (rule.level, rule.rule));
    classes.chain(to_ingredient).chain(ingredients).max_by_key(|(level, _)| *level)
}

fn by_substance(drug: &Drug, substance: Substance) -> Option<(Level, &'static str)> {
    let ingredients = cross::SUBSTANCE_TO_INGREDIENT
        .iter()
        .filter(|rule| rule.from == substance && has_one(drug, &[rule.to]))
        .map(|rule| (rule.level, rule.rule));
    let classes = cross::SUBSTANCE_TO_CLASS
        .iter()
        .filter(|rule| rule.from == substance && drug.classes.contains(&rule.to))
        .map(|rule| (rule.level, rule.rule));
    ingredients.chain(classes).max_by_key(|(level, _)| *level)
}

fn has_one(drug: &Drug, names: &[&str]) -> bool {
    drug.ingredients.iter().any(|own| names.contains(&own.name()))
}

#[cfg(test)]
mod tests;
