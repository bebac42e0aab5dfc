//! What one calls the patient in a note.

use std::sync::LazyLock;

use serde::Serialize;

use crate::language::Language;
use crate::phrase::Table;
use crate::visit::Visit;

/// What the visit says of the patient's sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Sex {
    Female,
    Male,
}

static TABLE: LazyLock<Table<Sex>> = LazyLock::new(|| {
    Table::parse(&[include_str!("../../data/summary/patient.txt")], |rule| match rule {
        "patient.female" => Some(Sex::Female),
        "patient.male" => Some(Sex::Male),
        _ => None,
    })
});

/// The words for the patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patient {
    sex: Option<Sex>,
    /// The language of the visit.
    language: Language,
}

impl Patient {
    /// What the visit says; nothing when it says nothing, or both.
    pub(super) fn of(visit: &Visit<'_>) -> Self {
        let mut counts = [0_usize; 2];
        for turn in visit.turns() {
            for found in TABLE.matches(&turn.text) {
                let place = usize::from(found.label == Sex::Male);
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
        let sex = match counts {
            [female, male] if female > 2 * male => Some(Sex::Female),
            [female, male] if male > 2 * female => Some(Sex::Male),
            _ => None,
        };
        Self { sex, language: language(visit) }
    }

    /// The language that most words of the visit are in; English when that cannot be told.
    pub(super) fn language(self) -> Language {
        self.language
    }

    /// Whether the visit says which.
    pub(super) fn is_known(self) -> bool {
        self.sex.is_some()
    }

    /// "he".
    pub(super) fn subject(self) -> &'static str {
        match self.sex {
            Some(Sex::Female) => "she",
            Some(Sex::Male) => "he",
            None => "the patient",
        }
    }

    /// "him".
    pub(super) fn object(self) -> &'static str {
        match self.sex {
            Some(Sex::Female) => "her",
            Some(Sex::Male) => "him",
            None => "the patient",
        }
    }

    /// "his"; "the" when the sex is unknown.
    pub(super) fn possessive(self) -> &'static str {
        match self.sex {
            Some(Sex::Female) => "her",
            Some(Sex::Male) => "his",
            // Charts write "pain in the abdomen" rather than "in their abdomen".
            None => "the",
        }
    }

    /// "himself".
    pub(super) fn reflexive(self) -> &'static str {
        match self.sex {
            Some(Sex::Female) => "herself",
            Some(Sex::Male) => "himself",
            None => "themselves",
        }
    }
}

fn language(visit: &Visit<'_>) -> Language {
    let words = |language: Language| {
        let turns = visit.turns().iter().filter(|turn| turn.text.language() == language);
        turns.map(|turn| turn.text.tokens().len()).sum::<usize>()
    };
    let (spanish, french) = (words(Language::Spanish), words(Language::French));
    match words(Language::English) {
        english if spanish > english && spanish >= french => Language::Spanish,
        english if french > english => Language::French,
        _ => Language::English,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::Utterance;

    #[test]
    fn the_sex_is_taken_from_what_is_said() {
        assert_eq!(TABLE.mistakes(), []);
        let subject = |text: &str| Patient::of(&Visit::read(&[Utterance { id: "1", speaker: None, text }])).subject();
        assert_eq!(subject("Joseph is a 58-year-old male who comes for a check"), "he");
        assert_eq!(subject("this is a 61 year old woman"), "she");
        assert_eq!(subject("good morning mister Jones"), "he");
        assert_eq!(subject("buenos días señora López"), "she");
        assert_eq!(subject("my mother is 80 years old"), "the patient");
    }
}
