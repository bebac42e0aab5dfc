//! Drugs: ingredients, brands and classes, by every name that people use.
//!
//! RxNorm codes were written by hand and checked against RxNorm; brands and most classes come from the FDA's National Drug
//! Code Directory. A name may be American, British or Spanish, a brand, an abbreviation, a class, or slightly misspelled.

use serde::{Deserialize, Serialize};

pub use self::class::Class;
use self::table::Named;
use crate::span::Span;
use crate::text::Text;
use crate::words::{Words, spell_phrase};

mod class;
pub(crate) mod class_name;
mod spelling;
mod table;

/// An active ingredient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ingredient {
    name: &'static str,
    rxnorm: Option<&'static str>,
    classes: &'static str,
    other_names: &'static str,
}

impl Ingredient {
    /// Its name in the United States, in lower case: "acetaminophen".
    #[must_use]
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Its code in RxNorm, where one is known for certain: "723" for amoxicillin.
    #[must_use]
    pub fn rxnorm(self) -> Option<&'static str> {
        self.rxnorm
    }

    /// The classes that it belongs to.
    pub fn classes(self) -> impl Iterator<Item = Class> {
        Class::of_codes(self.classes)
    }

    /// Whether it belongs to a class.
    #[must_use]
    pub fn is(self, class: Class) -> bool {
        self.classes().any(|own| own == class)
    }

    /// The ingredient with this name, or with this other name, in any case: "Paracetamol" is acetaminophen.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        table::ingredient(&spell_phrase(name))
    }
}

/// How a drug was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownAs {
    /// By its ingredient, in any of its names.
    Ingredient,
    /// By the name of a product.
    Brand,
    /// Only by a class: "a statin". Such a drug has no ingredients.
    Class,
    /// By a misspelled name of an ingredient or a common product, or a Spanish one that differs from English by its ending.
    Misspelling,
}

impl KnownAs {
    /// The rule's id.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::Ingredient => "drug.ingredient",
            Self::Brand => "drug.brand",
            Self::Class => "drug.class",
            Self::Misspelling => "drug.misspelling",
        }
    }
}

/// What a name of a drug stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drug {
    /// The name without case, accents and slips: "amoxicillin", "tylenol", "nsaid", "amoxicillin-clavulanate".
    pub name: String,
    /// What is in it; several in a combination, none when only a class was named.
    pub ingredients: Vec<Ingredient>,
    /// The classes of all its ingredients, or the class that was named.
    pub classes: Vec<Class>,
    /// How it was called.
    pub known_as: KnownAs,
}

impl Drug {
    /// Reads a name as one finds it in a list: "Amoxicillin 500 mg" and "penicillins" are read, "take rest" is not.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let known = table::NAMES.get_any_number(&spell_phrase(name)).map(|(name, named)| Self::of(name, named));
        known.or_else(|| Self::find(&Text::read(name)).into_iter().next().map(|mention| mention.drug))
    }

    /// Every drug that a text names, in order. Where names overlap, the longest is taken.
    #[must_use]
    pub fn find(text: &Text<'_>) -> Vec<DrugMention> {
        find_in(&Words::of(text))
    }

    /// The code of its ingredient in RxNorm, when it has one ingredient.
    #[must_use]
    pub fn rxnorm(&self) -> Option<&'static str> {
        match self.ingredients.as_slice() {
            [only] => only.rxnorm,
            _ => None,
        }
    }

    pub(crate) fn of_class((name, codes): (&'static str, &'static str)) -> Self {
        Self::of(name, Named::Class(codes))
    }

    fn of(name: &'static str, named: Named) -> Self {
        let (known_as, ingredients, classes) = match named {
            Named::Ingredient(ingredient) => (KnownAs::Ingredient, vec![ingredient], ""),
            Named::Brand(names) => (KnownAs::Brand, names.split('+').filter_map(table::ingredient).collect(), ""),
            Named::Class(codes) => (KnownAs::Class, Vec::new(), codes),
        };
        let name = ingredients.first().filter(|_| known_as == KnownAs::Ingredient).map_or(name, |own| own.name);
        let mut drug = Self { name: name.to_owned(), ingredients: Vec::new(), classes: Vec::new(), known_as };
        drug.classes.extend(Class::of_codes(classes));
        ingredients.into_iter().for_each(|ingredient| drug.add(ingredient));
        drug
    }

    fn add(&mut self, ingredient: Ingredient) {
        if self.ingredients.contains(&ingredient) {
            return;
        }
        self.ingredients.push(ingredient);
        for class in ingredient.classes() {
            if !self.classes.contains(&class) {
                self.classes.push(class);
            }
        }
    }

    /// The combination of two ingredients that are written as one: "lisinopril/hydrochlorothiazide".
    fn combine(&mut self, other: Self) {
        self.name = format!("{}-{}", self.name, other.name);
        other.ingredients.into_iter().for_each(|ingredient| self.add(ingredient));
    }
}

/// A drug in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrugMention {
    /// Which.
    pub drug: Drug,
    /// Where its name stands.
    pub span: Span,
}

pub(crate) fn find_in(words: &Words<'_>) -> Vec<DrugMention> {
    let mut found: Vec<DrugMention> = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let Some((drug, length)) = at(words, place) else {
            place += 1;
            continue;
        };
        let span = words.span(place, place + length - 1);
        match found.last_mut().filter(|last| are_one(words.written, last, &drug, span)) {
            Some(last) => {
                last.span = last.span.to(span);
                last.drug.combine(drug);
            }
            None => found.push(DrugMention { drug, span }),
        }
        place += length;
    }
    found
}

/// Whether two ingredients are written as one drug, with nothing but a hyphen, a slash or a plus between them.
fn are_one(text: &str, last: &DrugMention, next: &Drug, span: Span) -> bool {
    let between = Span { start: last.span.end, end: span.start }.of(text).trim();
    matches!(between, "-" | "/" | "+") && !last.drug.ingredients.is_empty() && !next.ingredients.is_empty()
}

/// The drug whose name, also misspelled, begins at a word, and how many words the name has.
pub(crate) fn at(words: &Words<'_>, place: usize) -> Option<(Drug, usize)> {
    named_at(words, place).or_else(|| misspelled_at(words, place).map(|drug| (drug, 1)))
}

/// The drug whose name begins at a word, and how many words the name has.
pub(crate) fn named_at(words: &Words<'_>, place: usize) -> Option<(Drug, usize)> {
    let found = table::NAMES.longest(words, place)?;
    let (name, named) = found.meaning;
    let plain = !matches!(named, Named::Class(_)) || class_name::is_plain(name);
    plain.then(|| (Drug::of(name, named), found.words))
}

/// The drug that a word misspells.
pub(crate) fn misspelled_at(words: &Words<'_>, place: usize) -> Option<Drug> {
    let (name, named) = table::NAMES.get(spelling::corrected(words.spelled(place))?)?;
    Some(Drug { known_as: KnownAs::Misspelling, ..Drug::of(name, named) })
}

#[cfg(test)]
mod tests;
