//! Readers: a poller saw every message once and in order; a viewer sees in the end how it is.

use domain::delivery::Status;
use domain::ids::Seq;

use super::{Findings, Kept};
use crate::history::Check;
use crate::readers::shown;
use crate::world::World;

pub(super) fn check(world: &World, kept: &Kept, findings: &mut Findings) {
    let readers = world.readers();
    for ((thread, which), poller) in &readers.pollers {
        let messages = kept.messages.get(thread).map_or(&[][..], Vec::as_slice);
        if let Some(pair) = poller.seen.windows(2).find(|pair| !pair.is_sorted_by(|first, second| first < second)) {
            findings.add(Check::Pollers, *thread, format!("poller {which} saw {pair:?} in this order"));
        }
        // A tombstone may have been seen before it was one.
        let missed =
            messages.iter().find(|message| !message.deleted && poller.seen.binary_search(&message.seq).is_err());
        if let Some(missed) = missed {
            findings.add(Check::Pollers, *thread, format!("poller {which} never saw {}", missed.seq.get()));
        }
    }
    for (thread, viewer) in &readers.viewers {
        let messages = kept.messages.get(thread).map_or(&[][..], Vec::as_slice);
        for message in messages.iter().rev().take(3) {
            let is = message.delivery.as_ref().map(shown);
            let seen = viewer.statuses.get(&message.seq).copied();
            if is != seen {
                findings.add(Check::FreshView, *thread, text(message.seq, is, seen));
            }
        }
    }
}

fn text(seq: Seq, is: Option<Status>, seen: Option<Status>) -> String {
    format!("message {} is {is:?} and its viewer sees {seen:?}", seq.get())
}
