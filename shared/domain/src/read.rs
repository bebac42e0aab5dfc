//! The read rule: pollers and workers see only the contiguous prefix of a thread.
//!
//! A query is not one atomic read against a transaction: it can show message 6 before message 5. A reader that moved
//! its cursor to 6 would never see 5. Because the sequence has no gaps, the missing 5 is noticed.

use std::time::Duration;

use crate::ids::Seq;
use crate::message::Message;
use crate::time::Timestamp;

/// How long a gap may be a write in flight; an older one is looked at row by row.
pub const HOLE_AGE: Duration = Duration::from_secs(30);

/// Whether whoever reads now sees all of what changed at `changed`. The rows of a young transaction may become visible
/// one after the other: until then no version may promise what was seen.
#[must_use]
pub fn has_settled(changed: Timestamp, now: Timestamp) -> bool {
    now.since(changed) >= HOLE_AGE
}

/// What a query result means to a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// The messages that the reader may see now, in order.
    pub visible: Vec<Message>,
    /// Numbers missing among the visible ones for longer than [`HOLE_AGE`]: to be fetched one by one, then given up.
    pub holes: Vec<Seq>,
    /// Whether later messages were held back behind a young gap.
    pub held_back: bool,
}

/// The contiguous prefix after `after` of messages that a query returned in ascending order.
#[must_use]
pub fn prefix(after: Seq, queried: Vec<Message>, now: Timestamp) -> Prefix {
    let mut prefix = Prefix { visible: Vec::with_capacity(queried.len()), holes: Vec::new(), held_back: false };
    let mut expected = after.next();
    for message in queried {
        if message.seq > expected && now.since(message.created) < HOLE_AGE {
            prefix.held_back = true;
            break;
        }
        while expected < message.seq {
            prefix.holes.push(expected);
            expected = expected.next();
        }
        expected = message.seq.next();
        prefix.visible.push(message);
    }
    prefix
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrganizationId, ThreadNo};
    use crate::message::Author;

    fn message(seq: u32, created: i64) -> Message {
        Message {
            thread: ThreadNo::from_random(1),
            seq: Seq::new(seq).unwrap(),
            organization_id: OrganizationId::new(1).unwrap(),
            author: Author::Patient,
            text: None,
            media: None,
            template: None,
            fallback: None,
            unasked: false,
            audience: crate::message::Audience::Everybody,
            dangers: Vec::new(),
            delivery: None,
            wamid: None,
            sent_at: None,
            shared_phone: false,
            deleted: false,
            created: Timestamp::from_seconds(created),
        }
    }

    fn seen(prefix: &Prefix) -> Vec<u32> {
        prefix.visible.iter().map(|m| m.seq.get()).collect()
    }

    #[test]
    fn nothing_behind_a_young_gap_is_shown() {
        let rows = vec![message(4, 100), message(5, 100), message(7, 100)];
        let prefix = prefix(Seq::new(3).unwrap(), rows, Timestamp::from_seconds(129));
        assert_eq!(seen(&prefix), [4, 5]);
        assert!(prefix.held_back && prefix.holes.is_empty());
    }

    #[test]
    fn an_old_gap_is_named_and_passed() {
        let rows = vec![message(5, 100), message(8, 100)];
        let prefix = prefix(Seq::new(3).unwrap(), rows, Timestamp::from_seconds(130));
        assert_eq!(seen(&prefix), [5, 8]);
        assert_eq!(prefix.holes.iter().map(|s| s.get()).collect::<Vec<_>>(), [4, 6, 7]);
        assert!(!prefix.held_back);
    }
}
