//! Phones: every message that counts as sent, each thread in order, nothing twice that was not in doubt, and never
//! faster than the pair limit.

use std::collections::BTreeMap;

use domain::delivery::{InDoubt, Status};
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::pacing::{BURST, INTERVAL};
use domain::time::Timestamp;

use super::{Findings, Kept};
use crate::counters::Count;
use crate::history::{Check, Resend};
use crate::world::World;

pub(super) fn check(world: &World, kept: &Kept, findings: &mut Findings) {
    let mut times: BTreeMap<MessageId, usize> = BTreeMap::new();
    let mut last: BTreeMap<ThreadNo, Seq> = BTreeMap::new();
    for id in world.whatsapp().lines.iter().flat_map(|line| line.receipts.iter().copied()) {
        let count = times.entry(id).or_default();
        *count += 1;
        if *count > 1 {
            world.count(Count::ReceivedTwice);
            continue;
        }
        let before = last.insert(id.thread, id.seq);
        if before.is_some_and(|before| before > id.seq) {
            let text = format!("the phone got {} after {before:?}", id.seq.get());
            findings.add(Check::PhoneOrder, id.thread, text);
        }
    }
    for message in kept.all_messages() {
        let status = message.delivery.as_ref().map(|delivery| delivery.status);
        let counts_as_sent = matches!(status, Some(Status::Sent | Status::Delivered | Status::Read));
        if counts_as_sent && !times.contains_key(&message.id()) {
            let text = format!("message {} is {status:?} and never came", message.seq.get());
            findings.add(Check::PhoneMissed, message.thread, text);
        }
    }
    let history = world.history();
    for (id, count) in &times {
        twice(world, *id, (*count, history.resends.get(id).map_or(&[], Vec::as_slice)), findings);
    }
    for times in history.claims.values() {
        paced(times, &history, findings);
    }
}

/// A message comes twice only when a claim was left without an outcome and its hold had passed.
fn twice(world: &World, id: MessageId, (count, resends): (usize, &[Resend]), findings: &mut Findings) {
    let in_doubt = resends.iter().filter(|resend| resend.decided >= resend.held_until).count();
    let allowed = if world.settings.policy == InDoubt::Resend { in_doubt } else { 0 };
    if count > 1 + allowed {
        let text = format!("the phone got {} {count} times, {in_doubt} times it was in doubt", id.seq.get());
        findings.add(Check::PhoneTwice, id.thread, text);
    }
    if in_doubt < resends.len() {
        let text = format!("message {} was claimed while another claim held", id.seq.get());
        findings.add(Check::PhoneTwice, id.thread, text);
    }
}

/// Counted anew, by claims in a window: `pacing` itself is not asked.
fn paced(times: &[Timestamp], history: &crate::history::History, findings: &mut Findings) {
    let burst = usize::try_from(BURST).unwrap_or(usize::MAX);
    for (index, first) in times.iter().enumerate() {
        for (count, last) in times.iter().skip(index).enumerate().skip(burst) {
            let refilled = last.since(*first).as_millis() / INTERVAL.as_millis();
            if u128::try_from(count + 1 - burst).unwrap_or(u128::MAX) > refilled {
                let thread = history.opened.first().map(|opened| opened.thread);
                if let Some(thread) = thread {
                    let text = format!("{} claims within {:?}", count + 1, last.since(*first));
                    findings.add(Check::Pace, thread, text);
                }
                return;
            }
        }
    }
}
