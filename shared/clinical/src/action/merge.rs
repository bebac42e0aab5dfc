//! What is ordered several times in a visit is one order.

use std::collections::HashMap;

use super::order::Given;
use super::{Category, Details, Detected, Kind};
use crate::visit::{Evidence, Visit};

/// The orders of a visit, each once. The instruction that says most is kept, of equal ones the later: it corrects the earlier.
pub(super) fn merged(visit: &Visit<'_>, orders: Vec<Given>) -> Vec<Detected> {
    let mut places: HashMap<(Kind, String), usize> = HashMap::new();
    let mut merged: Vec<Detected> = Vec::new();
    for order in orders {
        let utterance = visit.turns().get(order.turn).map(|turn| turn.id.to_owned()).unwrap_or_default();
        let evidence = Evidence { utterance, spans: order.spans.clone() };
        let place = *places.entry((order.details.kind(), order.name.clone())).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(known) => add(known, order, evidence),
            None => merged.push(begun(order, evidence)),
        }
    }
    merged
}

fn begun(order: Given, evidence: Evidence) -> Detected {
    Detected {
        details: order.details,
        category: order.category,
        certainty: order.certainty,
        reason: order.reason,
        warnings: Vec::new(),
        evidence: vec![evidence],
        rule: order.rule,
    }
}

fn add(known: &mut Detected, order: Given, evidence: Evidence) {
    if said(&order.details) >= said(&known.details) {
        known.details = order.details;
    }
    if order.certainty > known.certainty {
        (known.certainty, known.rule) = (order.certainty, order.rule);
    }
    if order.category != Category::Routine {
        known.category = order.category;
    }
    known.reason = known.reason.take().or(order.reason);
    match known.evidence.last_mut().filter(|last| last.utterance == evidence.utterance) {
        Some(last) => {
            last.spans.extend(evidence.spans);
            last.spans.sort_unstable();
            last.spans.dedup();
        }
        None => known.evidence.push(evidence),
    }
}

/// How much an order says.
fn said(details: &Details) -> usize {
    match details {
        Details::Medication(medication) => medication.filled(),
        Details::Test(test) => test.name.len() + test.when.as_ref().map_or(0, String::len),
        Details::FollowUp(appointment) => usize::from(appointment.timeframe.is_some()),
        Details::Referral(_) | Details::Vaccination(_) | Details::Procedure(_) => 0,
    }
}
