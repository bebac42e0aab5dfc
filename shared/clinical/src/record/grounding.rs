//! Whether what a model wrote of a visit rests on what was said in it: every number and every drug must have been said.

use std::collections::BTreeSet;

use domain::visit::summary::content::Content;

use super::note::Line;
use crate::drug::Drug;
use crate::spoken;
use crate::text::Text;

/// Whether every number and every drug of a model's summary was said, or stands in the summary of the rules.
#[must_use]
pub fn is_grounded(written: &Content, said: &[Line], by_rules: &Content) -> bool {
    let mut known = Known::default();
    said.iter().for_each(|line| known.learn(&line.text));
    by_rules.texts().for_each(|text| known.learn(text));
    written.texts().all(|text| known.has(text))
}

/// Numbers as they are written, and drugs by their ingredients and names.
#[derive(Debug, Default)]
struct Known {
    numbers: BTreeSet<String>,
    drugs: BTreeSet<String>,
}

impl Known {
    fn learn(&mut self, text: &str) {
        let read = Text::read(text);
        self.numbers.extend(numbers(text));
        self.numbers.extend(spoken::numbers(&read).iter().map(|number| number.value.to_string()));
        self.drugs.extend(Drug::find(&read).iter().flat_map(|mention| names(&mention.drug)));
    }

    fn has(&self, text: &str) -> bool {
        let is_said = |drug: &Drug| names(drug).iter().any(|name| self.drugs.contains(name));
        // The numbers of a list are no numbers of the visit.
        let listed = |number: &String| number.len() == 1;
        numbers(text).all(|number| listed(&number) || self.numbers.contains(&number))
            && Drug::find(&Text::read(text)).iter().all(|mention| is_said(&mention.drug))
    }
}

fn names(drug: &Drug) -> Vec<String> {
    let ingredients = drug.ingredients.iter().map(|ingredient| ingredient.name().to_owned());
    std::iter::once(drug.name.to_lowercase()).chain(ingredients).collect()
}

/// Runs of digits, with a point or comma between them.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let runs = text.split(move |c: char| !is_part(c));
    runs.map(|run| run.trim_matches(['.', ',']).replace(',', ".")).filter(|run| !run.is_empty())
}
