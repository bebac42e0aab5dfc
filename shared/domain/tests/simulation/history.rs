//! What happened, as the clients, the patients and the table saw it: what the checker judges.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::contact::ContactKey;
use domain::delivery::{Delivery, HOLD, Status};
use domain::ids::{MessageId, ThreadNo};
use domain::time::Timestamp;

const EPOCH: Timestamp = Timestamp::from_millis(0);

/// What the checker checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Check {
    /// An acknowledged request is in its thread exactly once, where the answer said.
    Acknowledged,
    /// A request of which nothing was written is not there; one that nobody confirmed is there at most once.
    Refused,
    /// Nobody is told of an internal error or of a thread that does not exist.
    Answers,
    /// Numbers are gap-free, and the thread knows the highest.
    Numbers,
    /// What a client sent one after the other stands in that order.
    ClientOrder,
    /// A poller saw every message, once, in order.
    Pollers,
    /// An inbound message that was answered 200 is kept exactly once.
    Inbound,
    /// A contact has one thread that their messages go to.
    OneThread,
    /// The phone got what counts as sent.
    PhoneMissed,
    /// The phone got a thread's messages in order.
    PhoneOrder,
    /// The phone got nothing twice that was not in doubt.
    PhoneTwice,
    /// Free text goes out inside the window only.
    Window,
    /// The pair's allowance is kept.
    Pace,
    /// A status never falls.
    Status,
    /// What a viewer sees last is how it is.
    FreshView,
    /// At rest nothing is undecided.
    Liveness,
    /// A thread has one provider.
    OneProvider,
    /// The assistant never speaks after a human and never twice to one burst.
    Turns,
    /// A check-in goes out once.
    Occasions,
}

/// Something that must not be.
#[derive(Debug, Clone)]
pub(crate) struct Violation {
    /// What found it.
    pub(crate) check: Check,
    /// Where.
    pub(crate) thread: Option<ThreadNo>,
    /// What it is.
    pub(crate) text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thread = self.thread.map_or_else(String::new, |thread| format!(" (thread {thread})"));
        write!(f, "{:?}: {}{thread}", self.check, self.text)
    }
}

/// What a client made of the answers to its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belief {
    /// Nothing was answered yet, or only that nothing was written.
    NothingKept,
    /// It may have been kept.
    Unknown,
    /// It is kept, as this message.
    Kept(MessageId),
}

/// A request of a client, with all its repetitions.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// Whose: what one client sends comes one after the other.
    pub(crate) client: u64,
    /// How many messages it makes.
    pub(crate) messages: usize,
    /// What the client knows.
    pub(crate) belief: Belief,
}

/// A message that was claimed again without an outcome of the claim before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resend {
    /// When it was decided.
    pub(crate) decided: Timestamp,
    /// Until when the claim before held.
    pub(crate) held_until: Timestamp,
}

/// A thread that came into being.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) thread: ThreadNo,
    pub(crate) at: Timestamp,
    pub(crate) contact: Option<ContactKey>,
}

/// Everything that happened.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) operations: Vec<Operation>,
    pub(crate) opened: Vec<Opened>,
    pub(crate) resends: BTreeMap<MessageId, Vec<Resend>>,
    /// When messages to a contact were claimed, in the order of the commits.
    pub(crate) claims: BTreeMap<ContactKey, Vec<Timestamp>>,
    /// How many messages patients wrote; each has a number.
    pub(crate) written: u64,
    /// Who wrote at all.
    pub(crate) writers: BTreeSet<usize>,
    /// Inbound messages that were answered 200, by their number, and who wrote them.
    pub(crate) received: BTreeMap<u64, usize>,
    /// Webhooks that are not answered yet.
    pub(crate) webhooks: u64,
    /// Messages that are not decided yet.
    pub(crate) undecided: u64,
    /// Requests that clients began, and clients that are done.
    pub(crate) requests: u64,
    pub(crate) clients_done: u64,
    /// Devices that were used for one request.
    pub(crate) devices: u64,
    pub(crate) violations: Vec<Violation>,
    pub(crate) trace: Vec<String>,
    digest: u64,
}

impl History {
    /// Begins a request.
    pub(crate) fn begin(&mut self, operation: Operation) -> usize {
        self.requests += 1;
        self.operations.push(operation);
        self.operations.len() - 1
    }

    /// It turned out that a request makes no message, because everything was so already.
    pub(crate) fn makes_nothing(&mut self, operation: usize) {
        if let Some(operation) = self.operations.get_mut(operation) {
            operation.messages = 0;
        }
    }

    /// What a client knows of its request by now. What may have been kept stays so until it is confirmed.
    pub(crate) fn believe(&mut self, operation: usize, belief: Belief) {
        if let Some(operation) = self.operations.get_mut(operation)
            && (operation.belief == Belief::NothingKept || matches!(belief, Belief::Kept(_)))
        {
            operation.belief = belief;
        }
    }

    /// A delivery went from one state to another.
    pub(crate) fn delivered(&mut self, id: MessageId, states: (&Delivery, &Delivery), at: Timestamp) {
        let (before, after) = states;
        if before.status != Status::Sending || !matches!(after.status, Status::Sending | Status::Queued) {
            return;
        }
        let held_until = before.hold_until.unwrap_or(EPOCH);
        // A claim is decided `HOLD` before it ends.
        let claimed = after.hold_until.map(|until| until.minus(HOLD));
        let decided = claimed.unwrap_or(at);
        // Back in the queue while the claim held is what a refusal by WhatsApp comes to; later, the message was in doubt
        // and the pair's allowance used up.
        if claimed.is_some() || decided >= held_until {
            self.resends.entry(id).or_default().push(Resend { decided, held_until });
        }
    }

    /// A message to a contact was claimed, and paid for when it was decided.
    pub(crate) fn claimed(&mut self, delivery: &Delivery, contact: Option<ContactKey>) {
        if let (Some(until), Some(contact)) = (delivery.hold_until, contact) {
            self.claims.entry(contact).or_default().push(until.minus(HOLD));
        }
    }

    /// Something must not be.
    pub(crate) fn violated(&mut self, check: Check, thread: Option<ThreadNo>, text: String) {
        // A broken design breaks thousandfold; the first cases tell enough.
        if self.violations.iter().filter(|violation| violation.check == check).count() < 5 {
            self.violations.push(Violation { check, thread, text });
        }
    }

    /// Mixes an event into the digest of this history.
    pub(crate) fn note(&mut self, at: Timestamp, what: u64) {
        let time = u64::try_from(at.millis()).unwrap_or_default();
        for part in [time, what] {
            self.digest = (self.digest ^ part).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(29);
        }
    }

    /// A number that two histories share only when they are the same.
    pub(crate) fn digest(&self) -> u64 {
        self.digest
    }
}
