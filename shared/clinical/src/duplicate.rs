//! Two drugs that do the same: the same ingredient twice, or two of a class of which one is enough.

use serde::{Deserialize, Serialize};

use crate::drug::{Class, Drug, Ingredient};

/// What two drugs have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicate {
    /// The same ingredient.
    Ingredient(Ingredient),
    /// A class of which one drug at a time is enough.
    Class(Class),
}

/// Which rule found a duplicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Two products with one ingredient.
    SameIngredient,
    /// Two drugs of one class.
    SameClass,
}

impl Rule {
    /// The rule's id.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::SameIngredient => "duplicate.ingredient",
            Self::SameClass => "duplicate.class",
        }
    }
}

impl Duplicate {
    /// The rule that found it.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Ingredient(_) => Rule::SameIngredient,
            Self::Class(_) => Rule::SameClass,
        }
    }

    /// What to tell the clinician, with the name of the drug that the patient already takes.
    #[must_use]
    pub fn warning(self, taken: &str) -> String {
        match self {
            Self::Ingredient(ingredient) => format!("Duplicate therapy: {taken} also contains {}", ingredient.name()),
            Self::Class(class) => format!("Duplicate therapy: {taken} is also a drug of the class {}", class.name()),
        }
    }
}

/// Classes of which two at a time are a mistake more often than a plan. Insulins, opioids, bronchodilators, diuretics of
/// different kinds, anticonvulsants and laxatives are combined on purpose and are left out.
const ONE_IS_ENOUGH: [Class; 24] = [
    Class::AceInhibitor,
    Class::Arb,
    Class::BetaBlocker,
    Class::Benzodiazepine,
    Class::Biguanide,
    Class::Bisphosphonate,
    Class::CalciumChannelBlocker,
    Class::Cephalosporin,
    Class::Dpp4Inhibitor,
    Class::FactorXaInhibitor,
    Class::Fluoroquinolone,
    Class::Glp1Agonist,
    Class::H2Blocker,
    Class::Macrolide,
    Class::Nsaid,
    Class::Penicillin,
    Class::ProtonPumpInhibitor,
    Class::Sglt2Inhibitor,
    Class::Snri,
    Class::Ssri,
    Class::Statin,
    Class::Sulfonylurea,
    Class::Triptan,
    Class::ZDrug,
];

/// What a new drug duplicates of one that the patient takes. Low-dose aspirin beside another NSAID is reported like any NSAID.
#[must_use]
pub fn check(new: &Drug, taken: &Drug) -> Option<Duplicate> {
    let ingredient = new.ingredients.iter().find(|own| taken.ingredients.contains(own));
    let class = || new.classes.iter().find(|class| taken.classes.contains(class) && ONE_IS_ENOUGH.contains(class));
    ingredient
        .map(|ingredient| Duplicate::Ingredient(*ingredient))
        .or_else(|| class().map(|class| Duplicate::Class(*class)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(new: &str, taken: &str) -> Option<String> {
        let found = check(&Drug::named(new).unwrap(), &Drug::named(taken).unwrap())?;
        Some(found.warning(taken))
    }

    #[test]
    fn the_same_ingredient_or_class_is_found() {
        assert_eq!(
            warning("Tylenol", "Percocet").as_deref(),
            Some("Duplicate therapy: Percocet also contains acetaminophen")
        );
        assert_eq!(
            warning("naproxen", "ibuprofen").as_deref(),
            Some("Duplicate therapy: ibuprofen is also a drug of the class NSAID")
        );
        assert_eq!(
            warning("simvastatina", "Lipitor").as_deref(),
            Some("Duplicate therapy: Lipitor is also a drug of the class statin")
        );
    }

    #[test]
    fn what_is_combined_on_purpose_is_silent() {
        for (new, taken) in [
            ("insulin glargine", "Humalog"),
            ("albuterol", "salmeterol"),
            ("oxycodone", "morphine"),
            ("metformin", "lisinopril"),
        ] {
            assert_eq!(warning(new, taken), None, "{new} {taken}");
        }
    }

    #[test]
    fn every_rule_has_an_id() {
        assert_eq!([Rule::SameIngredient.id(), Rule::SameClass.id()], ["duplicate.ingredient", "duplicate.class"]);
        let both = check(&Drug::named("aspirin").unwrap(), &Drug::named("ibuprofen").unwrap()).unwrap();
        assert_eq!(both.rule(), Rule::SameClass);
    }
}
