//! Patients' messages: kept exactly once when answered 200, and in one thread per person.

use std::collections::BTreeMap;

use domain::ids::{MessageId, Seq};
use domain::message::Message;

use super::{Findings, Kept};
use crate::history::Check;
use crate::people::whom;
use crate::table::value::number_of;
use crate::world::World;

pub(super) fn check(world: &World, kept: &Kept, findings: &mut Findings) {
    let mut found: BTreeMap<u64, Vec<MessageId>> = BTreeMap::new();
    for message in kept.all_messages() {
        if let Some(wamid) = &message.wamid {
            found.entry(number_of(wamid)).or_default().push(message.id());
        }
    }
    let history = world.history();
    for (number, person) in &history.received {
        match found.get(number).map_or(&[][..], Vec::as_slice) {
            [id] => {
                let contact = kept.threads.get(&id.thread).and_then(|thread| thread.contact.as_ref());
                if contact.and_then(whom) != Some(*person) {
                    findings.add(Check::Inbound, id.thread, format!("inbound {number} is in another's thread"));
                }
            }
            [] => lost(*number, findings, kept),
            several @ [first, ..] => {
                let text = format!("inbound {number} is there as {several:?}");
                findings.add(Check::Inbound, first.thread, text);
            }
        }
    }
    one_thread(world, kept, findings);
}

fn lost(number: u64, findings: &mut Findings, kept: &Kept) {
    if let Some(thread) = kept.threads.keys().next() {
        findings.add(Check::Inbound, *thread, format!("inbound {number} was answered 200 and is nowhere"));
    }
}

/// A person's message opens a thread only when they have none, and exactly one thread gets their next message.
fn one_thread(world: &World, kept: &Kept, findings: &mut Findings) {
    let mut threads: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for thread in kept.threads.values() {
        if let Some(person) = thread.contact.as_ref().and_then(whom) {
            threads.entry(person).or_default().push(thread);
        }
    }
    for threads in threads.values() {
        let Some(first) = threads.first() else { continue };
        let is_theirs = |seq: &&std::rc::Rc<Message>| seq.author.is_patient() && seq.seq == Seq::START.next();
        let opens =
            |no| kept.messages.get(no).and_then(|messages| messages.first()).is_some_and(|message| is_theirs(&message));
        let opened = threads.iter().filter(|thread| opens(&thread.thread)).count();
        if opened > 1 {
            findings.add(Check::OneThread, first.thread, format!("a person opened {opened} threads"));
        }
        let active: Vec<_> = threads.iter().filter(|thread| thread.active).map(|thread| thread.thread).collect();
        let pointed = threads
            .iter()
            .filter_map(|thread| thread.contact.as_ref())
            .find_map(|key| Some(world.tables().contact(key)?.contact()?.active?.thread));
        if active.first() != pointed.as_ref() || active.len() != 1 {
            let text = format!("of {} threads {active:?} are active, the contact says {pointed:?}", threads.len());
            findings.add(Check::OneThread, first.thread, text);
        }
        let mut owners: Vec<_> =
            threads.iter().filter_map(|thread| Some(thread.care.assigned.as_ref()?.provider_id)).collect();
        owners.sort_unstable();
        if owners.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            findings.add(Check::OneThread, first.thread, "a provider has two threads with one person".to_owned());
        }
    }
}
