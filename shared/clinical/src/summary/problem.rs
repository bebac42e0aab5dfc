//! Assessment and plan, problem by problem.

use super::line::{Line, Origin, Topic};
use super::stretch::Stretch;
use super::wording;
use crate::context::Context;
use crate::diagnosis::Diagnosis;
use crate::span::Span;
use crate::visit::Visit;

/// Lines of the assessment and the plan that belong to one problem.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Group {
    /// What the problem is called, with where it is named.
    pub(super) name: Option<(String, usize, Span)>,
    pub(super) lines: Vec<Line>,
}

/// The lines of the assessment and the plan, each with its problem. A new problem begins where a statement is headed by it,
/// "for your second problem, your diabetes", or where the clinician says what it is.
pub(super) fn grouped(visit: &Visit<'_>, lines: Vec<Line>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in lines {
        let named = heading(visit, &line);
        let is_new = named.as_ref().is_some_and(|(name, ..)| {
            groups.iter().all(|group| group.name.as_ref().is_none_or(|(known, ..)| !known.eq_ignore_ascii_case(name)))
        });
        match groups.last_mut() {
            Some(last)
                if is_new && last.name.is_none() && last.lines.iter().all(|line| line.topic == Topic::Assessment) =>
            {
                last.name = named;
                last.lines.push(line);
            }
            Some(last) if !is_new => last.lines.push(line),
            _ => groups.push(Group { name: named, lines: vec![line] }),
        }
    }
    groups
}

/// The conditions that a visit names as the patient's own, for a visit without an assessment.
pub(super) fn named(visit: &Visit<'_>, lines: &[Line]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for line in lines.iter().filter(|line| matches!(line.topic, Topic::Intro | Topic::History)) {
        if matches!(line.origin, Origin::Denied | Origin::Refused | Origin::Absent) {
            continue;
        }
        // Of a question and its answer only what the answer says: a yes to "this or that" does not tell which.
        let is_choice = line.origin != Origin::Affirmed || line.text.contains(" or ");
        let skipped = if is_choice { line.sources.len().saturating_sub(1) } else { 0 };
        for (turn, span) in line.sources.iter().skip(skipped).copied() {
            let Some(stretch) = Stretch::of(visit, (turn, span)) else { continue };
            let context = Context::read(&stretch.text);
            for found in Diagnosis::find(&stretch.text) {
                let assertion = context.of(&stretch.text.tokens_in(found.span));
                let name = wording::finished(found.span.of(stretch.text.written()));
                let is_new = groups.iter().all(|group| group.name.as_ref().is_none_or(|(known, ..)| *known != name));
                if is_new && !assertion.negated && !assertion.other && groups.len() < MOST_NAMED {
                    groups.push(Group { name: Some((name, turn, stretch.placed(found.span))), lines: Vec::new() });
                }
            }
        }
    }
    groups
}

/// A visit without an assessment names at most so many problems.
const MOST_NAMED: usize = 8;

/// Words that head a problem, within the first six: "for your second problem, your diabetes".
const HEADS: &str =
    "for your,for the,for her,for his,in terms,regarding your,regarding the,as far,para su,en cuanto,respecto a";

/// Words with which a clinician says what it is.
const SAYS: &str = "problem is,issue is,diagnosis of,diagnosis is,diagnosis for,consistent with,you have,this is,it is,have a,tiene un,\
    tiene una,parece que,es un,es una,se trata";

/// The problem that a line is headed by.
fn heading(visit: &Visit<'_>, line: &Line) -> Option<(String, usize, Span)> {
    const FIRST: usize = 14;
    const FIRST_OF_HEAD: usize = 6;
    let (turn, span) = line.sources.last().copied()?;
    let stretch = Stretch::of(visit, (turn, span))?;
    let words: Vec<&str> = stretch.text.tokens().iter().map(|token| token.word.as_str()).take(FIRST).collect();
    let is_pair = |listed: &str, pair: &[&str]| listed.split(',').any(|own| own.split(' ').eq(pair.iter().copied()));
    let begins = words.windows(2).take(FIRST_OF_HEAD).any(|pair| is_pair(HEADS, pair));
    let says = line.topic == Topic::Assessment && words.windows(2).any(|pair| is_pair(SAYS, pair));
    if !begins && !says {
        return None;
    }
    let found = Diagnosis::find(&stretch.text).into_iter().next()?;
    Some((wording::finished(found.span.of(stretch.text.written())), turn, stretch.placed(found.span)))
}
