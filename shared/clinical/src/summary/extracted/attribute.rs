//! For how long, how badly and how a symptom is felt.

use std::sync::LazyLock;

use serde::Serialize;

use super::super::question::Asked;
use super::super::stretch::Stretch;
use crate::phrase::{Match, Table};
use crate::span::Span;
use crate::spoken::{self, Spoken};
use crate::symptom::Severity;
use crate::text::Text;
use crate::text::token::{Break, Token};

/// What a phrase tells of a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
enum Quality {
    Severity(Severity),
    /// How it is felt, or how it goes on.
    Felt,
    /// What makes it worse or better: the words behind belong to it.
    Influence,
}

static TABLE: LazyLock<Table<Quality>> = LazyLock::new(|| {
    Table::parse(&[include_str!("../../../data/summary/quality.txt")], |rule| {
        Some(match rule {
            "severity.mild" => Quality::Severity(Severity::Mild),
            "severity.moderate" => Quality::Severity(Severity::Moderate),
            "severity.severe" => Quality::Severity(Severity::Severe),
            "quality.felt" | "quality.course" => Quality::Felt,
            "influence.worse" | "influence.better" => Quality::Influence,
            _ => return None,
        })
    })
});

/// What a statement tells of a symptom, each with its words.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Attributes {
    pub(super) duration: Option<(String, Span)>,
    pub(super) severity: Option<(Severity, Span)>,
    pub(super) characteristics: Vec<(String, Span)>,
}

/// The attributes that a statement tells; `asked` is what the question asks for that it answers.
pub(super) fn read(stretch: &Stretch<'_>, asked: Option<Asked>) -> Attributes {
    let said = &stretch.text;
    let mut attributes = Attributes { duration: duration(said, asked == Some(Asked::Onset)), ..Attributes::default() };
    for found in TABLE.matches(said) {
        match found.label {
            Quality::Severity(severity) => {
                attributes.severity.get_or_insert((severity, found.span));
            }
            Quality::Felt => attributes.characteristics.push((words(said, found.span), found.span)),
            Quality::Influence => attributes.characteristics.extend(influence(said, &found)),
        }
    }
    if let Some(scored) = scored(said, asked == Some(Asked::Severity)) {
        attributes.severity = Some(scored);
    }
    attributes.placed(stretch)
}

impl Attributes {
    fn placed(mut self, stretch: &Stretch<'_>) -> Self {
        let duration = self.duration.iter_mut().map(|(_, span)| span);
        let severity = self.severity.iter_mut().map(|(_, span)| span);
        for span in duration.chain(severity).chain(self.characteristics.iter_mut().map(|(_, span)| span)) {
            *span = stretch.placed(*span);
        }
        self
    }
}

fn words(text: &Text<'_>, span: Span) -> String {
    span.of(text.written()).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// "worse after meals": the words behind, up to the end of the clause.
fn influence(text: &Text<'_>, found: &Match<Quality>) -> Option<(String, Span)> {
    const LONGEST: usize = 6;
    const LEADS: [&str; 17] = [
        "with", "when", "after", "at", "in", "on", "by", "if", "before", "during", "whenever", "con", "cuando", "al",
        "despues", "por", "de",
    ];
    let tokens = text.tokens();
    let last = found.tokens.end.checked_sub(1)?;
    let has_lead = |place: usize| tokens.get(place).is_some_and(|token| LEADS.contains(&token.word.as_str()));
    if !has_lead(last) && !has_lead(found.tokens.end) {
        return None;
    }
    let ends = |place: &usize| {
        tokens.get(*place).is_none_or(|token| {
            token.before != Break::None
                || matches!(token.word.as_str(), "and" | "but" | "so" | "y" | "pero" | "i" | "it")
        })
    };
    let from = found.tokens.end + 1;
    let end = (from..from + LONGEST).find(ends).unwrap_or(from + LONGEST).min(tokens.len());
    let span = text.span(found.tokens.start..end)?;
    Some((words(text, span), span))
}

/// A score of pain, in words: mild up to 4, moderate up to 6, severe above (Serlin et al., Pain 1995). A number alone is one
/// when it was asked for.
fn scored(text: &Text<'_>, is_asked: bool) -> Option<(Severity, Span)> {
    const MOST: f64 = 10.0;
    let numbers = spoken::numbers(text);
    let word = |place: usize| text.tokens().get(place).map(|token| token.word.as_str()).unwrap_or_default();
    let is_out_of_ten = |number: &Spoken| {
        let end = number.tokens.end;
        let behind = match (word(end), word(end + 1)) {
            ("out", "of") => end + 2,
            ("de" | "sobre" | "of", _) => end + 1,
            _ => end,
        };
        let is_fraction = behind > end || text.between(end).contains('/');
        is_fraction && numbers.iter().any(|other| other.tokens.start == behind && other.value == MOST)
    };
    let mut scores = numbers.iter().filter(|number| number.value > 0.0 && number.value <= MOST);
    let score = scores.find(|number| is_asked || is_out_of_ten(number))?;
    let severity = match score.value {
        ..=4.0 => Severity::Mild,
        ..=6.0 => Severity::Moderate,
        _ => Severity::Severe,
    };
    Some((severity, text.span(score.tokens.clone())?))
}

const UNITS: &str = "minute minutes hour hours day days night nights week weeks month months year years minuto minutos hora horas \
    dia dias noche noches semana semanas mes meses ano anos";
const FEW: &str = "few couple several un una unos unas pocos pocas varios varias par a";

fn has(listed: &str, word: &str) -> bool {
    listed.split_whitespace().any(|own| own == word)
}

/// "for three days" is "3 days", "since last Monday" stays as it is.
fn duration(text: &Text<'_>, is_asked_since: bool) -> Option<(String, Span)> {
    let numbers = spoken::numbers(text);
    let counted = (0..text.tokens().len()).find_map(|at| counted(text, &numbers, at, is_asked_since));
    counted.or_else(|| since(text))
}

/// A number of units of time, where something says that it is how long.
fn counted(text: &Text<'_>, numbers: &[Spoken], at: usize, is_asked_since: bool) -> Option<(String, Span)> {
    let tokens = text.tokens();
    let word = |place: usize| tokens.get(place).map(|token| token.word.as_str()).unwrap_or_default();
    let number = numbers.iter().find(|number| number.tokens.start == at);
    let behind = match number {
        Some(number) => number.tokens.end,
        None if has(FEW, word(at)) => at + 1 + usize::from(matches!(word(at + 1), "of" | "de" | "couple" | "few")),
        None => return None,
    };
    let behind = behind + usize::from(word(behind) == "of");
    let unit = has(UNITS, word(behind)).then(|| word(behind))?;
    let is_age = word(behind + 1) == "old" || matches!(word(at.wrapping_sub(1)), "age" | "tiene" | "tengo");
    let leads = |token: &Token| {
        matches!(
            token.word.as_str(),
            "for" | "since" | "past" | "last" | "hace" | "desde" | "over" | "durante" | "about"
        )
    };
    let before = tokens.get(at.saturating_sub(4)..at).unwrap_or_default();
    let is_led = before.iter().any(leads) || matches!(word(behind + 1), "ago" | "now");
    if is_age || !(is_led || is_asked_since) {
        return None;
    }
    let span = text.span(at..behind + 1)?;
    let count = number.map(|number| number.value.to_string());
    let count = count.unwrap_or_else(|| text.span(at..behind).map(|span| words(text, span)).unwrap_or_default());
    let written = tokens.get(behind).map_or(unit, |token| token.span.of(text.written()));
    Some((format!("{count} {}", written.to_lowercase()), span))
}

/// "since yesterday".
fn since(text: &Text<'_>) -> Option<(String, Span)> {
    const LONGEST: usize = 3;
    const DAYS: &str = "yesterday today morning afternoon evening night week month year weekend monday tuesday wednesday thursday \
        friday saturday sunday january february march april may june july august september october november december christmas \
        childhood birth summer winter spring fall ayer anoche hoy manana tarde noche semana mes ano lunes martes miercoles jueves \
        viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre nino nina";
    let tokens = text.tokens();
    let start = tokens.iter().position(|token| matches!(token.word.as_str(), "since" | "desde"))?;
    let behind = tokens.get(start + 1..).unwrap_or_default().iter().take(LONGEST + 1);
    let end = behind.take_while(|token| token.before == Break::None).position(|token| has(DAYS, &token.word))?;
    let span = text.span(start..start + end + 2)?;
    Some((words(text, span), span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::{Utterance, Visit};

    fn attributes(written: &str) -> (Option<String>, Option<Severity>, Vec<String>) {
        let visit = Visit::read(&[Utterance { id: "1", speaker: None, text: written }]);
        let span = Span { start: 0, end: written.len() };
        let read = read(&Stretch::of(&visit, (0, span)).unwrap(), None);
        for (name, span) in &read.characteristics {
            assert_eq!(span.of(written).to_lowercase(), *name);
        }
        let names = read.characteristics.into_iter().map(|(name, _)| name).collect();
        (read.duration.map(|(text, _)| text), read.severity.map(|(severity, _)| severity), names)
    }

    #[test]
    fn every_line_of_the_table_is_understood() {
        assert_eq!(TABLE.mistakes(), []);
    }

    #[test]
    fn durations_are_told_from_ages_and_doses() {
        for (said, duration) in [
            ("my knee has hurt for three days", Some("3 days")),
            ("it began about two weeks ago", Some("2 weeks")),
            ("a cough since yesterday", Some("since yesterday")),
            ("me duele desde hace cinco días", Some("5 días")),
            ("tengo tos desde el lunes", Some("desde el lunes")),
            ("it has hurt for a couple of weeks", Some("a couple of weeks")),
            ("I am forty years old", None),
            ("I take it three times a day", None),
        ] {
            assert_eq!(attributes(said).0.as_deref(), duration, "{said}");
        }
    }

    #[test]
    fn severity_is_said_in_words_or_as_a_score() {
        assert_eq!(attributes("a mild headache").1, Some(Severity::Mild));
        assert_eq!(attributes("the pain is 8 out of 10").1, Some(Severity::Severe));
        assert_eq!(attributes("maybe a six out of ten").1, Some(Severity::Moderate));
        assert_eq!(attributes("3/10 pain").1, Some(Severity::Mild));
        assert_eq!(attributes("I had two of them").1, None);
        assert_eq!(attributes("un dolor muy fuerte").1, Some(Severity::Severe));
        assert_eq!(attributes("I have a cough").1, None);
    }

    #[test]
    fn characteristics_are_the_words_of_the_patient() {
        assert_eq!(attributes("a burning pain, worse after meals").2, ["burning", "worse after meals"]);
        assert_eq!(
            attributes("it comes and goes and is better when I rest").2,
            ["comes and goes", "better when i rest"]
        );
    }
}
