//! The tables of ingredients and brands.

use std::sync::LazyLock;

use super::Ingredient;
use super::class_name;
use crate::dictionary::{Dictionary, rows};

pub(crate) static INGREDIENT: &str = include_str!("../../data/drug/ingredient.txt");
pub(crate) static FURTHER_INGREDIENT: &str = include_str!("../../data/drug/further_ingredient.txt");
pub(crate) static BRAND: &str = include_str!("../../data/drug/brand.txt");

/// What a name of the tables stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Named {
    /// An ingredient, by its own name or by another.
    Ingredient(Ingredient),
    /// A product, with the names of its ingredients.
    Brand(&'static str),
    /// A class or a group of classes, as codes.
    Class(&'static str),
}

/// Every name of a drug or of a class.
pub(crate) static NAMES: LazyLock<Dictionary<(&'static str, Named)>> = LazyLock::new(|| {
    let own = ingredients().map(|ingredient| (ingredient.name, (ingredient.name, Named::Ingredient(ingredient))));
    let others = ingredients().flat_map(|ingredient| {
        let names = ingredient.other_names.split(',').filter(|name| !name.is_empty());
        names.map(move |name| (name, (name, Named::Ingredient(ingredient))))
    });
    let brands = rows(BRAND).map(|(brand, ingredients)| (brand, (brand, Named::Brand(ingredients))));
    let classes = class_name::names().map(|(name, codes)| (name, (name, Named::Class(codes))));
    Dictionary::of(own.chain(others).chain(brands).chain(classes))
});

/// Every ingredient: those with a RxNorm code, then the others.
pub(crate) fn ingredients() -> impl Iterator<Item = Ingredient> {
    let coded = rows(INGREDIENT).filter_map(|(name, rest)| {
        let mut cells = rest.split('|');
        let rxnorm = cells.next().filter(|code| !code.is_empty());
        Some(Ingredient { name, rxnorm, classes: cells.next()?, other_names: cells.next()? })
    });
    let further = rows(FURTHER_INGREDIENT).filter_map(|(name, rest)| {
        let (classes, other_names) = rest.split_once('|')?;
        Some(Ingredient { name, rxnorm: None, classes, other_names })
    });
    coded.chain(further)
}

/// The ingredient of that very name.
pub(crate) fn ingredient(name: &str) -> Option<Ingredient> {
    match NAMES.get(name)? {
        (_, Named::Ingredient(ingredient)) => Some(ingredient),
        _ => None,
    }
}
