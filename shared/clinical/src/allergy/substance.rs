//! Allergens that are no drugs.

use std::sync::LazyLock;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use crate::dictionary::{Dictionary, rows};

static SUBSTANCE: &str = include_str!("../../data/drug/substance.txt");

/// What people react to besides drugs. Some are traces in drugs and vaccines; the others are known so that an entry of an
/// allergy list is understood and warns of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Substance {
    /// Adhesive tape.
    Adhesive,
    /// Hair and dander of animals.
    Animal,
    /// House dust and mites.
    Dust,
    /// Colours in food.
    Dye,
    /// Hen's egg.
    Egg,
    /// Fish.
    Fish,
    /// Perfume.
    Fragrance,
    /// Fruit.
    Fruit,
    /// Gelatin.
    Gelatin,
    /// Stings of bees, wasps and other insects.
    Insect,
    /// Iodine.
    Iodine,
    /// Natural rubber.
    Latex,
    /// Nickel and other metals.
    Metal,
    /// Milk.
    Milk,
    /// Mould.
    Mold,
    /// Peanut.
    Peanut,
    /// Pollen of grass, trees and weeds.
    Pollen,
    /// Pork.
    Pork,
    /// Shrimp, crab and other shellfish.
    Shellfish,
    /// Soy.
    Soy,
    /// Sulfites in food and drugs; they have nothing in common with sulfonamides.
    Sulfite,
    /// Nuts that grow on trees.
    TreeNut,
    /// Wheat and gluten.
    Wheat,
    /// Yeast.
    Yeast,
}

pub(super) static NAMES: LazyLock<Dictionary<(&'static str, Substance)>> = LazyLock::new(|| {
    let read = |code: &'static str| {
        let code: StrDeserializer<'static, Error> = code.into_deserializer();
        Substance::deserialize(code).ok()
    };
    Dictionary::of(rows(SUBSTANCE).filter_map(|(name, code)| Some((name, (name, read(code)?)))))
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::assert_table;

    #[test]
    fn every_substance_of_the_table_is_known() {
        assert_table(SUBSTANCE);
        for (name, _) in rows(SUBSTANCE) {
            assert!(NAMES.get(name).is_some(), "{name}");
        }
    }
}
