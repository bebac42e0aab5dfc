//! What an order may be about: the drugs, tests, services and appointments that a turn names.

use std::ops::Range;
use std::sync::LazyLock;

use super::ordered_test::{self, Said};
use crate::dictionary::Dictionary;
use crate::drug::{self, Class, DrugMention};
use crate::follow_up::{self, FollowUp};
use crate::span::Span;
use crate::specialty::{self, SpecialtyMention};
use crate::term::{self, Category};
use crate::test_catalogue::{Test, TestMention};
use crate::text::Text;
use crate::words::Words;

static REMEDIES: LazyLock<Dictionary<()>> = LazyLock::new(|| {
    let rows = include_str!("../../data/action/remedy.txt").lines().filter(|row| !row.starts_with('#'));
    Dictionary::of(rows.map(|row| (row, ())))
});

/// What is named.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Subject {
    Drug(DrugMention),
    /// A remedy without the name of a drug: "emollients".
    Remedy,
    Vaccine(DrugMention),
    Test(TestMention, Said),
    Procedure,
    Specialty(SpecialtyMention),
    FollowUp(FollowUp),
}

/// Something that a turn names and that may be ordered there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) subject: Subject,
    pub(crate) span: Span,
    pub(crate) tokens: Range<usize>,
}

/// Everything that a turn names, in order, none of it within another.
pub(crate) fn find(text: &Text<'_>) -> Vec<Candidate> {
    let words = Words::of(text);
    let drugs = drug::find_in(&words).into_iter().map(|drug| (drug.span, of_drug(drug)));
    let tests =
        Test::find(text).into_iter().map(|test| (test.span, Subject::Test(test, ordered_test::said(&words, &test))));
    let services = specialty::find(text).into_iter().map(|found| (found.span, Subject::Specialty(found)));
    let calls = follow_up::find(text).into_iter().map(|call| (call.span, Subject::FollowUp(call)));
    let procedures = term::find(text).into_iter().filter(|term| term.category == Category::Procedure);
    let procedures = procedures.map(|term| (term.span, Subject::Procedure));
    let found = drugs.chain(tests).chain(services).chain(calls).chain(procedures).chain(remedies(&words));
    let mut candidates = without_overlap(text, found.collect());
    join_forms(text, &mut candidates);
    candidates
}

/// "albuterol inhaler", "ointment tacrolimus": the remedy beside a drug is its form.
fn join_forms(text: &Text<'_>, candidates: &mut Vec<Candidate>) {
    let is_drug = |candidate: &Candidate| matches!(candidate.subject, Subject::Drug(_));
    let touches = |one: &Candidate, other: &Candidate| {
        let between = Span { start: one.span.end, end: other.span.start }.of(text.written());
        is_drug(one) != is_drug(other) && one.span.end < other.span.start && between.trim().is_empty()
    };
    let beside: Vec<bool> = (0..candidates.len())
        .map(|place| {
            let own = candidates.get(place);
            let before = place.checked_sub(1).and_then(|before| candidates.get(before));
            let after = candidates.get(place + 1);
            let is_remedy = own.is_some_and(|own| own.subject == Subject::Remedy);
            let follows = own.zip(before).is_some_and(|(own, before)| is_drug(before) && touches(before, own));
            is_remedy && (follows || own.zip(after).is_some_and(|(own, after)| is_drug(after) && touches(own, after)))
        })
        .collect();
    let mut places = beside.into_iter();
    candidates.retain(|_| !places.next().unwrap_or(false));
}

fn of_drug(drug: DrugMention) -> Subject {
    if drug.drug.classes.contains(&Class::Vaccine) { Subject::Vaccine(drug) } else { Subject::Drug(drug) }
}

fn remedies(words: &Words<'_>) -> Vec<(Span, Subject)> {
    let found = (0..words.len()).filter_map(|place| Some((place, REMEDIES.longest(words, place)?.words)));
    found.map(|(place, length)| (words.span(place, place + length - 1), Subject::Remedy)).collect()
}

/// Of two that overlap, the longer; of two of one length, the one that was looked for first. An appointment may hold a
/// test: "come back for a chest X-ray".
fn without_overlap(text: &Text<'_>, mut found: Vec<(Span, Subject)>) -> Vec<Candidate> {
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Candidate> = Vec::new();
    for (span, subject) in found {
        let is_call = matches!(subject, Subject::FollowUp(_));
        let rival = kept
            .iter_mut()
            .rev()
            .take(2)
            .find(|other| matches!(other.subject, Subject::FollowUp(_)) == is_call && other.span.end > span.start);
        match rival {
            None => kept.push(Candidate { tokens: text.tokens_in(span), subject, span }),
            Some(rival) if span.end - span.start > rival.span.end - rival.span.start => {
                *rival = Candidate { tokens: text.tokens_in(span), subject, span };
            }
            Some(_) => {}
        }
    }
    kept
}
