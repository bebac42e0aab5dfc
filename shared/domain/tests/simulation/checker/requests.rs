//! Requests: what was acknowledged is there once, what was not kept is not there, and one client's messages stand in the
//! order in which it sent them.

use std::collections::BTreeMap;

use domain::ids::{MessageId, Seq, ThreadNo};

use super::{Findings, Kept};
use crate::doctors::request_of;
use crate::history::{Belief, Check, Operation};
use crate::world::World;

pub(super) fn check(world: &World, kept: &Kept, findings: &mut Findings) {
    let mut found: BTreeMap<usize, Vec<MessageId>> = BTreeMap::new();
    for message in kept.all_messages().filter(|message| message.author.is_provider()) {
        if let Some(operation) = request_of(message) {
            found.entry(operation).or_default().push(message.id());
        }
    }
    let history = world.history();
    for (number, operation) in history.operations.iter().enumerate() {
        let messages = found.get(&number).map_or(&[][..], Vec::as_slice);
        once(number, operation, messages, findings);
    }
    order(&history.operations, findings);
}

fn once(number: usize, operation: &Operation, found: &[MessageId], findings: &mut Findings) {
    let is_whole = found.len() == operation.messages && are_neighbours(found);
    match (operation.belief, found.first()) {
        // Nothing was to be said.
        (_, None) if operation.messages == 0 => {}
        (Belief::Kept(id), first) => {
            if !is_whole || first != Some(&id) {
                let text = format!("request {number} was acknowledged as {id:?} and is there as {found:?}");
                findings.add(Check::Acknowledged, id.thread, text);
            }
        }
        (Belief::NothingKept, Some(first)) => {
            let text = format!("request {number} was answered as not kept and is there as {found:?}");
            findings.add(Check::Refused, first.thread, text);
        }
        (Belief::Unknown, Some(first)) if !is_whole => {
            let text = format!("request {number} was not confirmed and is there as {found:?}");
            findings.add(Check::Refused, first.thread, text);
        }
        (Belief::NothingKept | Belief::Unknown, _) => {}
    }
}

fn are_neighbours(found: &[MessageId]) -> bool {
    found.windows(2).all(|pair| matches!(pair, [first, second] if second.seq == first.seq.next()))
}

fn order(operations: &[Operation], findings: &mut Findings) {
    let mut last: BTreeMap<(u64, ThreadNo), Seq> = BTreeMap::new();
    for operation in operations {
        let Belief::Kept(id) = operation.belief else { continue };
        let before = last.insert((operation.client, id.thread), id.seq);
        if before.is_some_and(|before| before >= id.seq) {
            let text = format!("client {} sent {:?} after {before:?}", operation.client, id.seq);
            findings.add(Check::ClientOrder, id.thread, text);
        }
    }
}
