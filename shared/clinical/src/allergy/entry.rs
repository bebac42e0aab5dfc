//! What an entry of a patient's list of allergies says.

use super::substance::{NAMES, Substance};
use crate::drug::class_name;
use crate::drug::{self, Class, Drug};
use crate::span::Span;
use crate::text::Text;
use crate::words::Words;

/// Something that a patient reacts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allergen {
    /// A drug or a class of drugs.
    Drug(Drug),
    /// Something else, by its name in the list.
    Substance(Substance, String),
}

/// An allergen and where the entry names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What.
    pub allergen: Allergen,
    /// Where in the entry.
    pub span: Span,
}

/// Words after which an entry says what is no allergy, up to the next stop: "penicillin; tolerates cephalexin".
const NOT_ALLERGIC: [&str; 12] =
    ["no", "not", "denies", "denied", "without", "tolerates", "tolerated", "tolerate", "niega", "sin", "tolera", "can"];

/// Reads one entry: "Penicillin (hives), latex", "alérgico a las sulfas", "NKDA". Nothing is listed when it denies allergies.
#[must_use]
pub fn read(entry: &str) -> Vec<Listed> {
    let text = Text::read(entry);
    let words = Words::of(&text);
    let mut listed = Vec::new();
    let (mut place, mut denied) = (0, false);
    while place < words.len() {
        denied = (denied && words.is_joined(place)) || NOT_ALLERGIC.contains(&words.spelled(place));
        let found = at(&words, place).filter(|_| !denied);
        let length = found.as_ref().map_or(1, |(_, length)| *length);
        if let Some((allergen, _)) = found {
            listed.push(Listed { allergen, span: words.span(place, place + length - 1) });
        }
        place += length;
    }
    listed
}

/// The longest name of a drug, a class or a substance that begins at a word.
fn at(words: &Words<'_>, place: usize) -> Option<(Allergen, usize)> {
    let substance = NAMES.longest(words, place);
    let class = class_name::NAMES.longest(words, place).map(|found| (Drug::of_class(found.meaning), found.words));
    let drug = class.or_else(|| drug::at(words, place)).map(|(drug, length)| (Allergen::Drug(drug), length));
    let substance = substance.map(|found| {
        let (name, substance) = found.meaning;
        (Allergen::Substance(substance, name.to_owned()), found.words)
    });
    [drug, substance].into_iter().flatten().max_by_key(|(_, length)| *length)
}

/// Whether two drugs share an ingredient.
pub(super) fn share_ingredient(one: &Drug, other: &Drug) -> bool {
    one.ingredients.iter().any(|own| other.ingredients.contains(own))
}

/// The classes that two drugs share.
pub(super) fn shared_classes(one: &Drug, other: &Drug) -> impl Iterator<Item = Class> {
    one.classes.iter().copied().filter(|class| other.classes.contains(class))
}
