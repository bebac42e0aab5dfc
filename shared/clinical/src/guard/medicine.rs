//! Names of drugs.

use super::{Kind, Mismatch};
use crate::drug::{Drug, DrugMention};
use crate::span::Span;
use crate::text::Text;

/// So many drugs of each text are compared one by one.
const MOST: usize = 64;

/// The drugs that two texts do not share. Two names of one drug, "Tylenol" and "paracetamol", are one.
pub(super) fn compare(one: &Text<'_>, other: &Text<'_>) -> Vec<Mismatch> {
    let found = |text: &Text<'_>| -> Vec<DrugMention> { Drug::find(text).into_iter().take(MOST).collect() };
    let (original, translated) = (found(one), found(other));
    let missing = |own: &[DrugMention], others: &[DrugMention]| -> Vec<Span> {
        let is_missing = |mention: &&DrugMention| !others.iter().any(|other| are_alike(&mention.drug, &other.drug));
        own.iter().filter(is_missing).map(|mention| mention.span).collect()
    };
    let (lost, gained) = (missing(&original, &translated), missing(&translated, &original));
    let count = lost.len().max(gained.len());
    let at = |spans: &[Span], place: usize| spans.get(place).copied().into_iter().collect();
    (0..count)
        .map(|place| Mismatch { kind: Kind::Drug, original: at(&lost, place), translated: at(&gained, place) })
        .collect()
}

/// Whether two names stand for the same drug; a class stands for itself and for its drugs.
fn are_alike(one: &Drug, other: &Drug) -> bool {
    if one.ingredients.is_empty() || other.ingredients.is_empty() {
        return one.name == other.name || one.classes.iter().any(|class| other.classes.contains(class));
    }
    one.ingredients.iter().any(|own| other.ingredients.contains(own))
}
