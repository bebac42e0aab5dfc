//! Threads: numbers without gaps, one provider each, and nothing left to do.

use domain::ids::Seq;
use domain::message::{Author, Message};
use domain::thread::Thread;

use super::{Findings, Kept};
use crate::history::Check;
use crate::world::World;

pub(super) fn check(world: &World, kept: &Kept, findings: &mut Findings) {
    for (no, thread) in &kept.threads {
        let messages = kept.messages.get(no).map_or(&[][..], Vec::as_slice);
        let mut expected = Seq::START;
        for message in messages {
            expected = expected.next();
            if message.seq != expected {
                findings.add(Check::Numbers, *no, format!("{} follows {expected:?}", message.seq.get()));
                break;
            }
        }
        let last = messages.last().map_or(Seq::START, |message| message.seq);
        if thread.last_seq != last {
            let text = format!("the thread says {} and its last message is {}", thread.last_seq.get(), last.get());
            findings.add(Check::Numbers, *no, text);
        }
        for message in messages {
            provider(thread, message, findings);
        }
        at_rest(world, thread, findings);
    }
    for message in kept.all_messages().filter(|message| message.is_undecided()) {
        let text = format!("message {} is still {:?}", message.seq.get(), message.delivery);
        findings.add(Check::Liveness, message.thread, text);
    }
}

/// Nobody takes a thread from anybody here, so all of a thread's answers come from one provider.
fn provider(thread: &Thread, message: &Message, findings: &mut Findings) {
    let (Author::Doctor { provider_id } | Author::Staff { provider_id }) = message.author else { return };
    let assigned = thread.care.assigned.as_ref().map(|assignee| assignee.provider_id);
    if assigned != Some(provider_id) {
        let text = format!("message {} is from {provider_id}, the thread is {assigned:?}'s", message.seq.get());
        findings.add(Check::OneProvider, thread.thread, text);
    }
}

fn at_rest(world: &World, thread: &Thread, findings: &mut Findings) {
    let is_due = world.tables().due(world.now()).contains(&thread.thread);
    if is_due {
        findings.add(Check::Liveness, thread.thread, "the thread is still due".to_owned());
    }
}
