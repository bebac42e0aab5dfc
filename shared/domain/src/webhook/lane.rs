//! What an endpoint is owed of one stream: its events in their order, one after the other. A lane is there only while something is
//! owed; what waits behind an event that is tried again waits with it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::schedule::Next;
use crate::ids::{EndpointId, OrganizationId, Seq, StreamNo};
use crate::time::Timestamp;

/// For so long an attempt belongs to the worker that began it: longer than an attempt can take.
pub const LEASE: Duration = Duration::from_secs(60);

/// A lane as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The endpoint.
    pub endpoint: EndpointId,
    /// The stream.
    pub stream: StreamNo,
    /// Up to here everything was told, given up, or is not for this endpoint.
    pub done: Seq,
    /// Up to here it is owed.
    pub last: Seq,
    /// How often the event after `done` was begun, so that an attempt that dies with its worker counts, too.
    pub attempts: u32,
    /// When somebody must look at it: an event is due, or a lease is over.
    pub due: Timestamp,
    /// Moves with every change.
    pub version: u32,
}

impl Lane {
    /// The lane in which an endpoint is owed the events after one up to another.
    #[must_use]
    pub fn opened(
        (organization_id, endpoint): (OrganizationId, EndpointId),
        stream: StreamNo,
        (done, last): (Seq, Seq),
        now: Timestamp,
    ) -> Self {
        Self { organization_id, endpoint, stream, done, last, attempts: 0, due: now, version: 0 }
    }

    /// This lane with further events owed. Nothing when it has them.
    #[must_use]
    pub fn extended(&self, last: Seq) -> Option<Self> {
        (last > self.last).then(|| Self { last, ..self.bumped() })
    }

    /// This lane with the events after one owed again. What is being tried is tried later again.
    #[must_use]
    pub fn rewound(&self, (done, last): (Seq, Seq), now: Timestamp) -> Self {
        let last = self.last.max(last);
        if done >= self.done {
            return Self { last, ..self.bumped() };
        }
        Self { done, last, attempts: 0, due: now, ..self.bumped() }
    }

    /// This lane while an attempt to tell its event with this number is made; everything before it is not for this endpoint.
    #[must_use]
    pub fn begun(&self, seq: Seq, now: Timestamp) -> Self {
        let is_next = seq == self.done.next();
        let attempts = if is_next { self.attempts.saturating_add(1) } else { 1 };
        Self { done: seq.back(1), attempts, due: now.plus(LEASE), ..self.bumped() }
    }

    /// This lane after that attempt; nothing when nothing is owed any more.
    #[must_use]
    pub fn settled(&self, next: Next, now: Timestamp) -> Option<Self> {
        match next {
            Next::Again { at } => Some(Self { due: at, ..self.bumped() }),
            Next::Told | Next::GivenUp | Next::Gone => self.passed(self.done.next(), now),
        }
    }

    /// Whether the attempt for which that lane was begun is still its worker's: nothing but further events came.
    #[must_use]
    pub fn is_held_as(&self, begun: &Self) -> bool {
        (self.done, self.attempts, self.due) == (begun.done, begun.attempts, begun.due)
    }

    /// This lane with everything up to a number done; nothing when nothing is owed any more.
    #[must_use]
    pub fn passed(&self, done: Seq, now: Timestamp) -> Option<Self> {
        (done < self.last).then(|| Self { done, attempts: 0, due: now, ..self.bumped() })
    }

    fn bumped(&self) -> Self {
        Self { version: self.version.saturating_add(1), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ThreadNo;

    const NOW: Timestamp = Timestamp::from_seconds(1_000);

    fn seq(number: u32) -> Seq {
        Seq::new(number).unwrap()
    }

    fn lane(done: u32, last: u32) -> Lane {
        let owner = (OrganizationId::new(21).unwrap(), EndpointId::from_random(1));
        Lane::opened(owner, ThreadNo::from_random(7).into(), (seq(done), seq(last)), NOW)
    }

    #[test]
    fn one_event_after_the_other() {
        let begun = lane(0, 2).begun(seq(1), NOW);
        assert_eq!((begun.done.get(), begun.attempts, begun.due), (0, 1, NOW.plus(LEASE)));
        let at = NOW.plus(Duration::from_secs(5));
        let waiting = begun.settled(Next::Again { at }, NOW).unwrap();
        assert_eq!(
            (waiting.done.get(), waiting.attempts, waiting.due),
            (0, 1, at),
            "the second waits behind the first"
        );
        let again = waiting.begun(seq(1), at);
        assert_eq!(again.attempts, 2);
        let second = again.settled(Next::GivenUp, at).unwrap();
        assert_eq!((second.done.get(), second.attempts, second.due), (1, 0, at));
        assert_eq!(second.begun(seq(2), at).settled(Next::Told, at), None, "nothing is owed any more");
    }

    #[test]
    fn what_is_not_for_the_endpoint_is_passed_over() {
        let begun = lane(0, 5).begun(seq(1), NOW).begun(seq(4), NOW);
        assert_eq!((begun.done.get(), begun.attempts), (3, 1), "another event's attempts do not count");
        assert_eq!(lane(0, 5).passed(seq(5), NOW), None);
    }

    #[test]
    fn new_events_go_behind_and_leave_an_attempt_alone() {
        let waiting = lane(0, 1).begun(seq(1), NOW);
        let extended = waiting.extended(seq(3)).unwrap();
        assert_eq!((extended.last.get(), extended.due, extended.attempts), (3, waiting.due, 1));
        assert_eq!(extended.extended(seq(3)), None);
        assert!(extended.version > waiting.version && extended.is_held_as(&waiting));
        assert!(!lane(0, 1).begun(seq(1), NOW.plus(LEASE)).is_held_as(&waiting));
    }

    #[test]
    fn a_replay_goes_back_and_never_ahead() {
        let waiting = lane(4, 6).begun(seq(5), NOW);
        let later = NOW.plus(LEASE);
        let back = waiting.rewound((seq(1), seq(3)), later);
        assert_eq!((back.done.get(), back.last.get(), back.attempts, back.due), (1, 6, 0, later));
        let ahead = waiting.rewound((seq(5), seq(8)), later);
        assert_eq!((ahead.done.get(), ahead.last.get(), ahead.attempts, ahead.due), (4, 8, 1, waiting.due));
    }
}
