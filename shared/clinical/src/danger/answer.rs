//! A short yes to a question about suicide or self-harm.
//!
//! Screening asks outright ("Have you had thoughts of ending your life?", Columbia-Suicide Severity Rating Scale), and a yes is
//! then all that is said.

use std::sync::LazyLock;

use crate::{
    danger::{Category, Experiencer, Finding, Severity},
    phrase::{RuleId, Table},
    reading::{self, Kind, Value},
    span::Span,
    text::Text,
};

/// What such an answer is found by.
const ANSWERED: RuleId = RuleId("self_harm.answered");
/// An answer of more words says itself what is meant.
const LONGEST: usize = 6;

static QUESTIONS: LazyLock<Table<About>> =
    LazyLock::new(|| Table::parse(&[include_str!("../../data/danger/question.txt")], About::of));

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Suicide or self-harm.
    Harm,
    /// Help, or that it is over: a yes to it is no danger.
    Help,
    /// The answer is as good as a yes.
    Yes,
}

impl About {
    fn of(rule: &str) -> Option<Self> {
        match rule {
            "harm" => Some(Self::Harm),
            "help" => Some(Self::Help),
            "yes" => Some(Self::Yes),
            _ => None,
        }
    }
}

/// The danger in a short answer to what the patient was asked last; `None` when the question was another one, or the answer
/// is no or says more.
#[must_use]
pub(crate) fn to(question: &str, answer: &Text<'_>) -> Option<Finding> {
    let span = affirmed(answer)?;
    let question = last_question(question)?;
    let about: Vec<About> = QUESTIONS.matches(&Text::read(question)).into_iter().map(|found| found.label).collect();
    let harm = about.contains(&About::Harm) && !about.contains(&About::Help);
    harm.then(|| Finding {
        category: Category::SelfHarm,
        severity: Severity::High,
        experiencer: Experiencer::Writer,
        rule: ANSWERED,
        span,
        language: answer.language(),
    })
}

/// The words of a yes that is all, or nearly all, of an answer.
fn affirmed(answer: &Text<'_>) -> Option<Span> {
    if answer.tokens().len() > LONGEST {
        return None;
    }
    let readings = reading::read(answer, &[Kind::YesNo]);
    match readings.iter().find(|reading| reading.kind == Kind::YesNo) {
        Some(said) if said.value == Value::Answer(true) => Some(said.span),
        Some(_) => None,
        None => QUESTIONS.matches(answer).into_iter().find(|found| found.label == About::Yes).map(|found| found.span),
    }
}

/// The last sentence with a question mark, which is what a yes answers.
fn last_question(question: &str) -> Option<&str> {
    let (asked, _) = question.rsplit_once('?')?;
    let start = asked.rfind(['?', '.', '!', '\n', '\u{bf}']).unwrap_or_default();
    asked.get(start..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn danger(question: &str, answer: &str) -> Option<String> {
        to(question, &Text::read(answer)).map(|finding| finding.span.of(answer).to_owned())
    }

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(QUESTIONS.mistakes(), []);
    }

    #[test]
    fn a_yes_to_a_question_about_self_harm_is_a_danger() {
        for question in [
            "Are you thinking about suicide?",
            "Thank you for telling me. Have you had thoughts of ending your life?",
            "Do you ever feel like hurting yourself? Please be honest.",
            "Have you been having any suicidal thoughts this week?",
            "Are you going to kill yourself?",
            "Do you wish you were dead?",
            "\u{bf}Ha pensado en quitarse la vida?",
            "Gracias por contarlo. \u{bf}Tienes ganas de hacerte daño?",
            "\u{bf}Piensa usted en el suicidio?",
            "\u{bf}Quieres morirte?",
        ] {
            assert_eq!(danger(question, "Yes"), Some("Yes".into()), "{question}");
            for answer in ["yes", "Sí.", "si", "yeah", "yes, I do", "sometimes", "a veces", "I think so"] {
                assert!(danger(question, answer).is_some(), "{question}: {answer}");
            }
            for answer in ["no", "No, never", "nunca", "not really", "not yes but no", "what do you mean", ""] {
                assert_eq!(danger(question, answer), None, "{question}: {answer}");
            }
        }
    }

    #[test]
    fn a_yes_to_another_question_is_none() {
        for question in [
            "Did you take your tablets?",
            "You said that you thought of suicide. Did you sleep?",
            "Would you like the number of the suicide hotline?",
            "Have you called the suicide prevention line?",
            "Did you hurt yourself when you fell?",
            "Are you thinking about suicide",
            "\u{bf}Tomó sus pastillas?",
            "\u{bf}Quiere el teléfono de prevención del suicidio?",
            "",
        ] {
            assert_eq!(danger(question, "yes"), None, "{question}");
        }
    }
}
