//! How far a cue reaches.

use std::ops::Range;

use crate::{
    context::{Cue, Label, Property},
    phrase::Match,
    text::{
        Text,
        clause::Opener,
        token::{Break, Kind, Token},
    },
};

/// How many properties there are: stretches of other properties that may stand between a cue and its own.
const PROPERTIES: usize = 5;
/// Words that a cue reaches over at most. Lists of findings are long, sentences without a full stop are longer.
pub(super) const LONGEST: usize = 50;

/// The cues among the matches, each with its reach.
pub(super) fn cues(text: &Text<'_>, matches: &[Match<Label>]) -> Vec<Cue> {
    let stops = Stops::new(text, matches);
    let hidden = hidden(matches);
    let mut cues = Vec::new();
    for found in matches {
        let (property, reach) = match found.label {
            Label::Forward(property) => (property, found.tokens.end..stops.after(found.tokens.end)),
            Label::Backward(property) => (property, stops.before(found.tokens.start)..found.tokens.start),
            Label::Answer => match stops.answered(found.tokens.start) {
                Some(reach) => (Property::Negated, reach),
                None => continue,
            },
            Label::Hidden(_) | Label::Stop => continue,
        };
        if !is_hidden(&hidden, property, &found.tokens) {
            cues.push(Cue { property, span: found.span, reach, rule: found.rule });
        }
    }
    cues.sort_by_key(|cue| cue.reach.start);
    cues
}

/// The stretches in which cues of a property do not count, in order, those that overlap as one.
fn hidden(matches: &[Match<Label>]) -> Vec<(Property, Range<usize>)> {
    let mut hidden: Vec<(Property, Range<usize>)> = Vec::new();
    for found in matches {
        let Label::Hidden(property) = found.label else { continue };
        match hidden.iter_mut().rev().take(PROPERTIES).find(|(other, _)| *other == property) {
            Some((_, last)) if last.end > found.tokens.start => last.end = last.end.max(found.tokens.end),
            _ => hidden.push((property, found.tokens.clone())),
        }
    }
    hidden
}

fn is_hidden(hidden: &[(Property, Range<usize>)], property: Property, cue: &Range<usize>) -> bool {
    let behind = hidden.partition_point(|(_, range)| range.start <= cue.start);
    let near = hidden.iter().take(behind).rev().take(PROPERTIES);
    near.into_iter().any(|(other, range)| *other == property && cue.end <= range.end)
}

/// What the place in front of a token does to a reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Border {
    #[default]
    None,
    /// A bracket opens.
    Open,
    /// A bracket closes: it ends what began inside it, and what goes on over a whole bracket goes on.
    Close,
    /// Nothing reaches over it.
    Wall,
}

/// The borders between the tokens.
struct Stops<'a> {
    text: &'a Text<'a>,
    /// The border in front of each token.
    borders: Vec<Border>,
}

impl<'a> Stops<'a> {
    fn new(text: &'a Text<'a>, matches: &[Match<Label>]) -> Self {
        let mut borders = vec![Border::None; text.tokens().len()];
        let openings =
            text.clauses().iter().map(|clause| (clause.tokens.start, border(text, clause.tokens.start, clause.opener)));
        let phrases = matches.iter().filter(|found| found.label == Label::Stop);
        for (at, border) in openings.chain(phrases.map(|found| (found.tokens.start, Border::Wall))) {
            if let Some(place) = borders.get_mut(at) {
                *place = border;
            }
        }
        Self { text, borders }
    }

    /// The first border at or behind a token.
    fn after(&self, start: usize) -> usize {
        let mut open = 0;
        let behind = self.borders.iter().skip(start).take(LONGEST);
        let end = behind.clone().position(|border| {
            open += usize::from(*border == Border::Open);
            let left = *border == Border::Close && open == 0;
            open -= usize::from(*border == Border::Close && open > 0);
            *border == Border::Wall || left
        });
        start + end.unwrap_or(behind.len())
    }

    /// `Drains: none`: what a clause that is only an answer speaks about.
    fn answered(&self, start: usize) -> Option<Range<usize>> {
        let asks = self.text.between(start).contains([':', '?', '=', '-']);
        let last = start.checked_sub(1).filter(|_| asks)?;
        Some(self.before(start)..last + 1)
    }

    /// The last border at or before a token.
    fn before(&self, end: usize) -> usize {
        let first = end.saturating_sub(LONGEST);
        let inside = self.borders.get(first..end).unwrap_or_default();
        first + inside.iter().rposition(|border| matches!(border, Border::Wall | Border::Open)).unwrap_or_default()
    }
}

/// What the opening of a clause does to what was said before it.
fn border(text: &Text<'_>, start: usize, opener: Opener) -> Border {
    match opener {
        Opener::Plain if text.tokens().get(start).is_none_or(|token| token.before == Break::Sentence) => Border::Wall,
        Opener::Plain => match text.between(start) {
            between if between.contains(['(', '[']) => Border::Open,
            between if between.contains([')', ']']) => Border::Close,
            _ => Border::Wall,
        },
        Opener::Contrast | Opener::Concession | Opener::Cause | Opener::Condition | Opener::Time | Opener::Addition => {
            Border::Wall
        }
    }
}

/// Words that end the nearest words of a negation: what follows them is said of something else.
const TURNS: &[&str] = &[
    "y", "e", "se", "es", "esta", "fue", "hasta", "tras", "desde", "durante", "pese", "sino", "ha", "han", "hoy",
    "tiene", "ni", "sin", "no", "para", "al", "which", "that", "since", "until", "during", "on", "is", "are", "was",
    "has", "nor", "without",
];
/// The nearest words in front of a cue are at most so many.
const FOCUS_BEFORE: usize = 4;

/// The nearest words in the reach of a cue.
pub(super) fn focus(text: &Text<'_>, cue: &Cue) -> Range<usize> {
    let inside = text.tokens().get(cue.reach.clone()).unwrap_or_default();
    let turns = |token: &&Token| TURNS.contains(&token.word.as_str());
    let behind = inside.first().is_some_and(|first| first.span.start >= cue.span.end);
    if behind {
        let goes_on = inside
            .iter()
            .enumerate()
            .take_while(|(at, token)| *at == 0 || (token.before == Break::None && !turns(token)));
        return cue.reach.start..cue.reach.start + goes_on.count();
    }
    let before = inside.iter().rev().take(FOCUS_BEFORE).take_while(|token| !turns(token) && token.kind == Kind::Word);
    let goes_on = before.clone().position(|token| token.before != Break::None).map_or(before.count(), |at| at + 1);
    cue.reach.end - goes_on.min(inside.len())..cue.reach.end
}
