//! The symptoms and conditions of a text, each with whether it is there.

use serde::Serialize;

use super::{Stated, Status};
use crate::hash::Set;
use crate::span::Span;
use crate::symptom;
use crate::term::{self, Category};
use crate::text::Text;

/// A symptom or condition that a text tells of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedSymptom {
    /// Its clinical name, in English and lower case; the words as written when no table has a name for them.
    pub name: String,
    /// Its other names, and the words as written: "dyspnea", "cannot get enough air".
    pub others: Vec<String>,
    /// Its code in ICD-10-CM, when it has a name of its own there.
    pub code: Option<&'static str>,
    /// Whether it is there. What is past, another's or only advice is left out.
    pub status: Status,
    /// The words.
    pub span: Span,
}

impl StatedSymptom {
    /// Its name with the next best one: "shortness of breath (dyspnea)".
    #[must_use]
    pub fn label(&self) -> String {
        match self.others.first() {
            Some(other) if !self.name.contains('(') => format!("{} ({other})", self.name),
            _ => self.name.clone(),
        }
    }

    /// All its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.others.iter().map(String::as_str))
    }
}

/// Every symptom and condition of a text that is there or denied, in order. The same words may be named twice: "weakness of the
/// left arm" is a weak arm and a weakness of one side.
#[must_use]
pub fn symptoms(text: &Text<'_>) -> Vec<StatedSymptom> {
    let stated = Stated::read(text);
    let mentions = symptom::mentions(text).into_iter().filter_map(|mention| {
        let status = stated.status(mention.span)?;
        let written = mention.span.of(text.written());
        let mut others: Vec<String> = mention.names().skip(1).map(str::to_owned).collect();
        if !mention.names().any(|name| name == written) {
            others.push(written.to_owned());
        }
        Some(StatedSymptom { name: mention.name, others, code: mention.code, status, span: mention.span })
    });
    let mut symptoms: Vec<StatedSymptom> = mentions.collect();
    let named: Set<Span> = symptoms.iter().map(|symptom| symptom.span).collect();
    let terms = term::find(text);
    for term in terms.iter().filter(|term| matches!(term.category, Category::Symptom | Category::Condition)) {
        if let Some(status) = stated.status(term.span).filter(|_| !named.contains(&term.span)) {
            let name = term.span.of(text.written()).to_owned();
            symptoms.push(StatedSymptom { name, others: Vec::new(), code: None, status, span: term.span });
        }
    }
    symptoms.sort_by_key(|symptom| symptom.span);
    symptoms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(written: &str) -> Vec<(String, Status)> {
        symptoms(&Text::read(written)).iter().map(|symptom| (symptom.label(), symptom.status)).collect()
    }

    #[test]
    fn symptoms_have_names_and_whether_they_are_there() {
        let found = labels("He cannot catch his breath. No fever. His mother had asthma.");
        assert!(found.contains(&("shortness of breath (dyspnea)".to_owned(), Status::Present)), "{found:?}");
        assert!(found.contains(&("fever".to_owned(), Status::Denied)), "{found:?}");
        assert!(found.iter().all(|(label, _)| !label.contains("asthma")), "{found:?}");
    }

    #[test]
    fn conditions_without_a_clinical_name_are_given_as_written() {
        let text = "known bronchiectasis, now a cough";
        let found = symptoms(&Text::read(text));
        let condition = found.iter().find(|symptom| symptom.name == "bronchiectasis").expect("a condition");
        assert_eq!((condition.span.of(text), condition.names().count()), ("bronchiectasis", 1));
    }
}
