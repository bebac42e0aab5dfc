//! Why the patient comes, in a few words.

use super::cue::Cue;
use super::line::{Line, Origin, Topic};
use super::patient::Patient;
use super::stretch::Stretch;
use super::{condense, label, wording};
use crate::context::Context;
use crate::diagnosis::Diagnosis;
use crate::language::Language;
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
const LEADS: &str = "presents today with complaints of,presents with complaints of,with complaints of,with a complaint of,\
    complaining of,complaints of,presents today for evaluation of,presents for evaluation of,for evaluation of,\
    for the evaluation of,presents today with,presents today for,presents with,presents for,presenting with,presenting for,\
    chief complaint of,chief complaint is,here today for,here today with,here for,here with,comes in today with,\
    comes in today for,comes in with,comes in for,came in with,came in for,coming in with,coming in for,acude por,viene por,\
    consulta por,viene hoy por,motivo de consulta es";

/// Words that end a complaint.
const STOPS: &str = "and who that so okay i how what she he which you since uh um today but for desde y que";

/// Words that a complaint does not begin with.
const ARTICLES: &str = "a an some the your uh um this un una unos el la los las su";

/// What is said of any complaint.
const WORRIES: &str = "worried nervous concerned scared afraid preocupad nervios";

/// A complaint has at most so many words.
const LONGEST: usize = 14;
/// The complaint is told in so many of the first turns.
const FIRST_TURNS: usize = 24;

fn has(listed: &str, word: &str) -> bool {
    listed.split(' ').any(|own| own == word)
}

/// Why the patient comes: as the clinician introduces it, or as the patient tells it first.
pub(super) fn of(visit: &Visit<'_>, lines: &[Line], patient: Patient) -> Option<Complaint> {
    let turns = visit.turns().iter().enumerate().take(FIRST_TURNS);
    let introduced = turns
        .filter(|(_, turn)| turn.speaker != Some(Speaker::Patient))
        .find_map(|(number, turn)| introduced(number, turn));
    introduced.or_else(|| told(visit, lines, patient)).or_else(|| in_own_words(lines))
}

/// "… presents with joint pain": the words behind, up to the end of the clause.
fn introduced(number: usize, turn: &Turn<'_>) -> Option<Complaint> {
    let tokens = turn.text.tokens();
    (0..tokens.len()).find_map(|at| {
        let start = at + lead(&turn.text, at)?;
        let ends = |at: &usize| {
            tokens.get(*at).is_none_or(|token| {
                let is_stop = token.before == Break::Comma || has(STOPS, &token.word);
                token.before >= Break::Clause || (*at > start && is_stop)
            })
        };
        let end = (start..=start + LONGEST).find(ends)?;
        let skipped = tokens.get(start..end)?.iter().take_while(|token| has(ARTICLES, &token.word)).count();
        let span = turn.text.span(start + skipped..end)?;
        let text = Text::read(span.of(turn.text.written()));
        let is_known = !symptom::find(&text).is_empty() || !Diagnosis::find(&text).is_empty();
        is_known.then(|| Complaint { text: wording::finished(text.written()), turn: number, spans: vec![span] })
    })
}

fn lead(text: &Text<'_>, at: usize) -> Option<usize> {
    let begins = |lead: &&str| {
        let mut rest = text.tokens().iter().skip(at);
        lead.split(' ').all(|word| rest.next().is_some_and(|token| token.word == word))
    };
    LEADS.split(',').find(begins).map(|lead| lead.split(' ').count())
}

/// Whether a line may tell why the patient comes.
fn complains(line: &&Line) -> bool {
    let is_own = matches!(line.origin, Origin::Told | Origin::Answered | Origin::Affirmed);
    let is_other = matches!(
        line.topic,
        Topic::Family | Topic::Social | Topic::Allergy | Topic::Medication | Topic::Past | Topic::Noise
    );
    is_own && !is_other && line.turn <= FIRST_TURNS && !line.tells(Cue::Social) && !line.tells(Cue::Family)
}

/// The complaints of the first line in which the patient tells one, by their clinical names.
fn told(visit: &Visit<'_>, lines: &[Line], patient: Patient) -> Option<Complaint> {
    let complaint = |line: &Line| {
        let (turn, span) = line.sources.last().copied()?;
        let names = named(&Stretch::of(visit, (turn, span))?, patient.language());
        (!names.is_empty()).then(|| {
            let texts: Vec<String> = names.iter().map(|(name, _)| name.clone()).collect();
            let text = wording::finished(&condense::listed(&texts, label::and(patient.language())));
            Complaint { text, turn, spans: names.into_iter().map(|(_, span)| span).collect() }
        })
    };
    let mut told = lines.iter().filter(complains).filter_map(complaint);
    let first = told.next()?;
    // "I am in pain" is not yet why; "it is in my back" follows.
    let is_vague = |complaint: &Complaint| matches!(complaint.text.as_str(), "Pain." | "Dolor.");
    let next = if is_vague(&first) { told.find(|complaint| !is_vague(complaint)) } else { None };
    Some(next.unwrap_or(first))
}

/// The first line with which the patient answers why; as it was said, when it is short.
fn in_own_words(lines: &[Line]) -> Option<Complaint> {
    const FEWEST: usize = 2;
    let is_short = |line: &&Line| (FEWEST..=LONGEST).contains(&line.length());
    let own = || lines.iter().filter(complains).filter(is_short);
    let line = own().find(|line| !line.terms.is_empty()).or_else(|| own().find(|line| line.tells(Cue::Intro)))?;
    let (turn, span) = line.sources.last().copied()?;
    let text = line.text.strip_prefix("The patient ").map_or_else(|| line.text.clone(), wording::finished);
    Some(Complaint { text, turn, spans: vec![span] })
}

/// The complaints and conditions that a stretch names, each with its side, none denied.
fn named(stretch: &Stretch<'_>, language: Language) -> Vec<(String, Span)> {
    const MOST: usize = 3;
    let text = &stretch.text;
    let context = Context::read(text);
    let symptoms = symptom::find(text).into_iter().map(|found| (found.name, found.span));
    let conditions =
        Diagnosis::find(text).into_iter().map(|found| (found.diagnosis.description.to_lowercase(), found.span));
    let mut found: Vec<(String, Span)> = symptoms.chain(conditions).collect();
    found.retain(|(_, span)| {
        let assertion = context.of(&text.tokens_in(*span));
        // "I am worried about my leg" is about the leg.
        let is_worry = WORRIES.split(' ').any(|worry| span.of(text.written()).to_lowercase().contains(worry));
        !assertion.negated && !assertion.other && !is_worry
    });
    found.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    found.retain(|(_, span)| {
        let is_free = span.start >= end;
        end = end.max(span.end);
        is_free
    });
    found.truncate(MOST);
    // The names are English; in another language the words themselves are the name.
    let name = |name: String, span: Span| match language {
        Language::Spanish => pain(&span.of(text.written()).to_lowercase()),
        Language::French => span.of(text.written()).to_lowercase(),
        Language::English | Language::Unknown => sided(text, &name, span),
    };
    found.into_iter().map(|(own, span)| (name(own, span), stretch.placed(span))).collect()
}

/// "me duele la garganta" is "dolor de garganta" in charts.
fn pain(said: &str) -> String {
    const LEADS: [&str; 8] =
        ["me duele ", "me duelen ", "le duele ", "le duelen ", "duele ", "duelen ", "me ha dolido ", "dolor en "];
    const ARTICLES: [&str; 6] = ["la ", "el ", "las ", "los ", "mi ", "mis "];
    match LEADS.iter().find_map(|lead| said.strip_prefix(lead)) {
        Some(site) => {
            let bare = ARTICLES.iter().find_map(|article| site.strip_prefix(article)).unwrap_or(site);
            format!("dolor de {bare}")
        }
        None => said.to_owned(),
    }
}

/// "leg pain" with "left" before it, when the words around say so.
fn sided(text: &Text<'_>, name: &str, span: Span) -> String {
    const NEAR: usize = 4;
    let tokens = text.tokens_in(span);
    let around = text.tokens().iter().take(tokens.end + NEAR).skip(tokens.start.saturating_sub(2));
    let side = around.map(|token| token.word.as_str()).find(|word| matches!(*word, "left" | "right"));
    match side {
        Some(side) if !name.contains(side) => format!("{side} {name}"),
        _ => name.to_owned(),
    }
}
