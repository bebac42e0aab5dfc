//! Questions to the patient. Each is there to learn of findings that could change the level.

use std::sync::LazyLock;

use serde::Serialize;

use crate::dictionary::rows;
use crate::reading::Kind as Reading;
use crate::triage::finding::Finding;
use crate::triage::spoken::Spoken;

pub(super) static QUESTION: &str = include_str!("../../data/triage/question.txt");

static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| rows(QUESTION).filter_map(Question::of).collect());

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// By yes or no.
    YesNo,
    /// By a time.
    Since,
    /// By a number from 0 to 10.
    Pain,
    /// By an age.
    Age,
    /// By a temperature.
    Temperature,
    /// In the patient's own words.
    Open,
}

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its id: "thunderclap".
    pub id: &'static str,
    /// How it is answered.
    pub answer: Answer,
    #[serde(skip)]
    findings: &'static str,
    #[serde(skip)]
    texts: [&'static str; 2],
}

impl Question {
    fn of((id, rest): (&'static str, &'static str)) -> Option<Self> {
        let mut fields = rest.split('|');
        let answer = match fields.next()? {
            "yes" => Answer::YesNo,
            "since" => Answer::Since,
            "pain" => Answer::Pain,
            "age" => Answer::Age,
            "temperature" => Answer::Temperature,
            "open" => Answer::Open,
            _ => return None,
        };
        Some(Self { id, answer, findings: fields.next()?, texts: [fields.next()?, fields.next()?] })
    }

    /// The question with this id.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        QUESTIONS.iter().find(|question| question.id == id).copied()
    }

    /// Its wording.
    #[must_use]
    pub fn text(self, language: Spoken) -> &'static str {
        let [english, spanish] = self.texts;
        language.pick(english, spanish)
    }

    /// What a yes affirms, the first of them, and a no denies.
    pub(super) fn findings(self) -> impl Iterator<Item = Finding> {
        self.findings.split_whitespace().filter_map(Finding::named)
    }

    /// The question that clears up a finding.
    pub(super) fn about(finding: Finding) -> Option<Self> {
        QUESTIONS.iter().find(|question| question.findings().next() == Some(finding)).copied()
    }

    /// The questions that a message of ours asked.
    pub(super) fn asked_in(message: &str) -> impl Iterator<Item = Self> {
        let asks = message.contains('?') || message.contains(':');
        let asked =
            QUESTIONS.iter().filter(move |question| asks && question.texts.iter().any(|text| message.contains(text)));
        asked.copied()
    }

    /// What a bare number in its answer measures.
    pub(super) fn reading(self) -> Option<Reading> {
        match self.answer {
            Answer::YesNo => Some(Reading::YesNo),
            Answer::Pain => Some(Reading::Pain),
            Answer::Temperature => Some(Reading::Temperature),
            Answer::Since | Answer::Age | Answer::Open => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_complete_and_about_known_findings() {
        assert_eq!(QUESTIONS.len(), rows(QUESTION).count());
        for question in QUESTIONS.iter() {
            let known = question.findings.split_whitespace().count();
            assert_eq!(question.findings().count(), known, "{}", question.id);
            assert_eq!(known > 0, question.answer == Answer::YesNo, "{}", question.id);
            assert!(question.texts.iter().all(|text| text.ends_with('?') || text.ends_with('.')), "{}", question.id);
        }
        assert!(rows(QUESTION).map(|(id, _)| id).is_sorted());
    }

    #[test]
    fn a_question_is_known_again_in_the_message_that_asked_it() {
        let question = Question::named("fever").unwrap();
        let message = format!("Thank you. {}", question.text(Spoken::Spanish));
        assert_eq!(Question::asked_in(&message).collect::<Vec<_>>(), [question]);
        assert_eq!(Question::asked_in("Thank you.").count(), 0);
        assert_eq!(Question::about(Finding::named("fever").unwrap()), Some(question));
    }
}
