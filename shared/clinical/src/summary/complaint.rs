//! Why the patient comes, in a few words.

use super::cue::Cue;
use super::line::{Line, Origin, Topic};
use super::wording;
use crate::diagnosis::Diagnosis;
use crate::span::Span;
use crate::symptom;
use crate::text::Text;
use crate::text::token::Break;
use crate::visit::{Speaker, Turn, Visit};

/// A complaint with where it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) text: String,
    pub(super) turn: usize,
    pub(super) spans: Vec<Span>,
}

/// Words of a clinician behind which stands why the patient comes; the longer before the shorter.
const LEADS: [&str; 30] = [
    "presents today with complaints of",
    "presents with complaints of",
    "with complaints of",
    "with a complaint of",
    "complaining of",
    "complaints of",
    "presents today for evaluation of",
    "presents for evaluation of",
    "for evaluation of",
    "for the evaluation of",
    "presents today with",
    "presents today for",
    "presents with",
    "presents for",
    "presenting with",
    "presenting for",
    "chief complaint of",
    "chief complaint is",
    "here today for",
    "here today with",
    "here for",
    "here with",
    "comes in today with",
    "comes in today for",
    "comes in with",
    "comes in for",
    "came in with",
    "came in for",
    "coming in with",
    "coming in for",
];

/// A complaint has at most so many words.
const LONGEST: usize = 14;
/// The complaint is told in so many of the first turns.
const FIRST_TURNS: usize = 24;

/// Why the patient comes: as the clinician introduces it, or as the patient tells it first.
pub(super) fn of(visit: &Visit<'_>, lines: &[Line]) -> Option<Complaint> {
    let turns = visit.turns().iter().enumerate().take(FIRST_TURNS);
    let introduced = turns
        .filter(|(_, turn)| turn.speaker != Some(Speaker::Patient))
        .find_map(|(number, turn)| introduced(number, turn));
    introduced.or_else(|| told(visit, lines))
}

/// "… presents with joint pain": the words behind, up to the end of the clause.
fn introduced(number: usize, turn: &Turn<'_>) -> Option<Complaint> {
    let tokens = turn.text.tokens();
    (0..tokens.len()).find_map(|at| {
        let length = lead(&turn.text, at)?;
        let start = at + length;
        let ends = |at: &usize| {
            let token = tokens.get(*at);
            let stops = [
                "and", "who", "that", "so", "okay", "i", "how", "what", "she", "he", "which", "you", "since", "uh",
                "um", "today", "but", "for",
            ];
            token.is_none_or(|token| {
                token.before >= Break::Clause
                    || (*at > start && (token.before == Break::Comma || stops.contains(&token.word.as_str())))
            })
        };
        let end = (start..=start + LONGEST).find(ends)?;
        let skipped = tokens
            .get(start..end)?
            .iter()
            .take_while(|token| {
                matches!(token.word.as_str(), "a" | "an" | "some" | "the" | "your" | "uh" | "um" | "this")
            })
            .count();
        let span = turn.text.span(start + skipped..end)?;
        let text = Text::read(span.of(turn.text.written()));
        let is_known = !symptom::find(&text).is_empty() || !Diagnosis::find(&text).is_empty();
        is_known.then(|| Complaint { text: wording::finished(text.written()), turn: number, spans: vec![span] })
    })
}

fn lead(text: &Text<'_>, at: usize) -> Option<usize> {
    let begins = |lead: &&&str| {
        let mut rest = text.tokens().iter().skip(at);
        lead.split(' ').all(|word| rest.next().is_some_and(|token| token.word == word))
    };
    LEADS.iter().find(begins).map(|lead| lead.split(' ').count())
}

/// The complaints of the first line in which the patient tells one, by their clinical names.
fn told(visit: &Visit<'_>, lines: &[Line]) -> Option<Complaint> {
    let first = |line: &&Line| {
        let is_told = matches!(line.origin, Origin::Told | Origin::Answered | Origin::Affirmed)
            && !matches!(line.topic, Topic::Family | Topic::Social | Topic::Allergy | Topic::Medication | Topic::Past);
        is_told && line.turn <= FIRST_TURNS && !line.tells(Cue::Social)
    };
    lines.iter().filter(first).find_map(|line| {
        let (turn, span) = line.sources.last().copied()?;
        let said = visit.turns().get(turn)?;
        let names = named(&said.text, span);
        (!names.is_empty()).then(|| {
            let texts: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
            let text = wording::finished(&super::condense::listed(&texts, "and"));
            Complaint { text, turn, spans: names.into_iter().map(|(_, span)| span).collect() }
        })
    })
}

/// The complaints and conditions within a stretch, each with its side, none denied.
fn named(text: &Text<'_>, within: Span) -> Vec<(String, Span)> {
    const MOST: usize = 3;
    let context = crate::context::Context::read(text);
    let symptoms = symptom::find(text).into_iter().map(|found| (found.name, found.span));
    let conditions =
        Diagnosis::find(text).into_iter().map(|found| (found.diagnosis.description.to_lowercase(), found.span));
    let mut found: Vec<(String, Span)> =
        symptoms.chain(conditions).filter(|(_, span)| span.start >= within.start && span.end <= within.end).collect();
    found.retain(|(_, span)| {
        let assertion = context.of(&text.tokens_in(*span));
        !assertion.negated && !assertion.other
    });
    found.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    found.retain(|(_, span)| {
        let is_free = span.start >= end;
        end = end.max(span.end);
        is_free
    });
    found.truncate(MOST);
    found.into_iter().map(|(name, span)| (sided(text, &name, span), span)).collect()
}

/// "leg pain" with "left" before it, when the words around say so.
fn sided(text: &Text<'_>, name: &str, span: Span) -> String {
    const NEAR: usize = 4;
    let tokens = text.tokens_in(span);
    let around = text
        .tokens()
        .get(tokens.start.saturating_sub(2)..tokens.end + NEAR)
        .or_else(|| text.tokens().get(tokens.clone()));
    let side = around.unwrap_or_default().iter().find_map(|token| match token.word.as_str() {
        "left" | "izquierdo" | "izquierda" => Some("left"),
        "right" | "derecho" | "derecha" => Some("right"),
        _ => None,
    });
    match side {
        Some(side) if !name.contains(side) => format!("{side} {name}"),
        _ => name.to_owned(),
    }
}
