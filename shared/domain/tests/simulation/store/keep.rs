//! `store::append` and `store::guards`: thread, messages, guard and version in one transaction, and what must change
//! with them, once.

use std::rc::Rc;
use std::time::Duration;

use domain::append::{Append, Expected};
use domain::error::{Error, Result};
use domain::ids::{MessageId, Seq, ThreadNo};
use domain::message::Message;
use domain::patient::Patient;
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::wamid::Wamid;

use super::Attempt;
use super::contacts::{self, ContactChange};
use super::deliveries::bump;
use super::transaction::{Transaction, Written};
use crate::mutation::Mutation;
use crate::table::value::{GuardKey, GuardRow, Key, Value, number_of};
use crate::table::write::Write;
use crate::world::World;

/// How long an `Idempotency-Key` is remembered.
const KEY_LASTS: Duration = Duration::from_hours(24);
/// How long an inbound message is remembered.
const WAMID_LASTS: Duration = Duration::from_hours(14 * 24);

/// What makes one effect happen once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guard {
    key: GuardKey,
    owner: u64,
    lasts: Duration,
    is_from_client: bool,
}

impl Guard {
    /// The guard of a request: its client's key, or its own id when it has none.
    pub(crate) fn of_request(world: &World, key: Option<u64>) -> Self {
        let owner = world.bits();
        Self {
            key: key.map_or(GuardKey::Request(owner), GuardKey::Key),
            owner,
            lasts: KEY_LASTS,
            is_from_client: key.is_some(),
        }
    }

    /// The guard of an inbound message.
    pub(crate) fn of_inbound(world: &World, wamid: &Wamid) -> Self {
        Self { key: GuardKey::Wamid(number_of(wamid)), owner: world.bits(), lasts: WAMID_LASTS, is_from_client: false }
    }

    /// The guard of the assistant's answer to what the patient wrote up to a message.
    pub(crate) fn of_reply(world: &World, thread: ThreadNo, to: Seq) -> Self {
        let key = GuardKey::Reply(MessageId { thread, seq: to }.get());
        Self { key, owner: world.bits(), lasts: WAMID_LASTS, is_from_client: false }
    }

    /// The guard of what was due about a task at a moment.
    pub(crate) fn of_check_in(world: &World, thread: ThreadNo, at: Timestamp) -> Self {
        let key = GuardKey::CheckIn(thread, at);
        Self { key, owner: world.bits(), lasts: WAMID_LASTS, is_from_client: false }
    }

    fn is_left_out(&self, world: &World) -> bool {
        match self.key {
            GuardKey::Wamid(_) => world.is(Mutation::NoWamidGuard),
            GuardKey::Key(_) | GuardKey::Request(_) => world.is(Mutation::NoGuard),
            GuardKey::Reply(_) => world.is(Mutation::SaidWhateverCame),
            GuardKey::CheckIn(..) => world.is(Mutation::CheckInStaysDue),
        }
    }
}

/// How an append came to be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    /// By this request.
    Now,
    /// By an earlier request with the same guard.
    Before {
        /// Its first message; any of the thread's when it made none.
        pointer: MessageId,
        /// Whether it made one.
        spoke: bool,
    },
}

/// What changes together with an append.
#[derive(Debug, Default, Clone)]
pub(crate) struct Alongside {
    /// The contact.
    pub(crate) contact: Option<ContactChange>,
    /// The patient as read and as they will be.
    pub(crate) patient: Option<(Rc<Patient>, Patient)>,
    /// A patient who comes into being.
    pub(crate) new_patient: Option<Rc<Patient>>,
    /// The thread that was the contact's active one until now.
    pub(crate) deactivate: Option<ThreadNo>,
}

/// Keeps an append once: whatever is retried, repeated or late, the guard lets it happen one time.
pub(crate) async fn keep(world: &World, append: &Append, guard: &Guard, alongside: Alongside) -> Result<Attempt<Kept>> {
    let first = append.messages.first().map(Message::id);
    let mut transaction = compose(world, append, alongside);
    // In one mutant every timeout makes a new request: then the guard guards nothing.
    let is_anew = world.is(Mutation::NewRequestAfterTimeout) && matches!(guard.key, GuardKey::Request(_));
    transaction.is_sent_once = is_anew;
    if !guard.is_left_out(world) {
        let key = if is_anew { GuardKey::Request(world.bits()) } else { guard.key };
        let pointer = first.unwrap_or(MessageId { thread: append.thread.thread, seq: append.thread.last_seq });
        transaction.push(Write::Guard(key, row(world, guard, (pointer, first.is_some()))));
    }
    let kept = outcome(world, transaction, guard, is_anew).await?;
    if matches!(kept, Attempt::Done(Kept::Now)) {
        thread_apart(world, append).await?;
    }
    Ok(kept)
}

/// `store::append::keep_nothing`: uses up a client's key for a request that changes nothing.
pub(crate) async fn keep_nothing(world: &World, thread: &Thread, guard: &Guard) -> Result<Attempt<Kept>> {
    if !guard.is_from_client || guard.is_left_out(world) {
        return Ok(Attempt::Done(Kept::Now));
    }
    let pointer = MessageId { thread: thread.thread, seq: thread.last_seq };
    let mut transaction = Transaction::default();
    transaction.push(Write::Guard(guard.key, row(world, guard, (pointer, false))));
    outcome(world, transaction, guard, false).await
}

fn row(world: &World, guard: &Guard, (pointer, spoke): (MessageId, bool)) -> GuardRow {
    GuardRow { owner: guard.owner, pointer, spoke, expires: world.now().plus(guard.lasts) }
}

async fn outcome(world: &World, transaction: Transaction, guard: &Guard, is_anew: bool) -> Result<Attempt<Kept>> {
    match transaction.run(world).await? {
        Written::Done => Ok(Attempt::Done(Kept::Now)),
        Written::Contended | Written::Refused(None) => Ok(Attempt::Raced),
        Written::Refused(Some(met)) => Ok(Attempt::Done(replayed(guard, met))),
        Written::Unknown if is_anew => Ok(Attempt::Raced),
        Written::Unknown => match find(world, guard).await {
            Ok(Some(met)) => Ok(Attempt::Done(replayed(guard, met))),
            Ok(None) | Err(_) => Err(Error::Unconfirmed),
        },
    }
}

/// What an earlier request with the same guard kept, if there was one.
pub(crate) async fn kept_before(world: &World, guard: &Guard) -> Result<Option<Kept>> {
    if !guard.is_from_client {
        return Ok(None);
    }
    Ok(find(world, guard).await?.map(|met| replayed(guard, met)))
}

async fn find(world: &World, guard: &Guard) -> Result<Option<GuardRow>> {
    let found = world.get(&Key::Guard(guard.key)).await?;
    Ok(found.as_ref().and_then(Value::guard).filter(|row| row.expires > world.now()))
}

/// The guard row that was met is this request's own when an earlier sending of it got through without an answer.
fn replayed(guard: &Guard, met: GuardRow) -> Kept {
    let before = Kept::Before { pointer: met.pointer, spoke: met.spoke };
    if met.owner == guard.owner { Kept::Now } else { before }
}

fn compose(world: &World, append: &Append, alongside: Alongside) -> Transaction {
    let mut transaction = Transaction::default();
    let is_blind = world.is(Mutation::BlindPut);
    let thread = Rc::new(append.thread.clone());
    match &append.expected {
        Expected::Absent => transaction.push(Write::New(Key::Thread(thread.thread), Value::Thread(thread))),
        Expected::Thread(_) if world.is(Mutation::ThreadRowApart) => {}
        Expected::Thread(read) => {
            let uncompared = is_blind || world.is(Mutation::NumbersFromTheClock);
            let read = Rc::new(read.as_ref().clone());
            transaction.push_unless(uncompared, Write::Thread { read, thread });
        }
    }
    for message in &append.messages {
        let put = Write::New(Key::Message(message.id()), Value::Message(Rc::new(message.clone())));
        transaction.push_unless(is_blind, put);
    }
    transaction.push(bump(append.thread.thread));
    if let Some(change) = &alongside.contact {
        contacts::write(world, &mut transaction, change);
    }
    if let Some((read, patient)) = alongside.patient {
        transaction.push(Write::Patient { read: read.version, patient: Rc::new(patient) });
    }
    if let Some(patient) = alongside.new_patient {
        transaction.push(Write::New(Key::Patient(patient.patient_id), Value::Patient(patient)));
    }
    if let Some(thread) = alongside.deactivate {
        transaction.push(Write::Deactivate(thread));
    }
    transaction
}

/// One mutant writes the thread's row by itself, afterwards and blindly.
async fn thread_apart(world: &World, append: &Append) -> Result<()> {
    if let (Expected::Thread(read), true) = (&append.expected, world.is(Mutation::ThreadRowApart)) {
        let mut apart = Transaction::default();
        let (read, thread) = (Rc::new(read.as_ref().clone()), Rc::new(append.thread.clone()));
        apart.push_unless(true, Write::Thread { read, thread });
        apart.run(world).await?;
    }
    Ok(())
}

/// The messages of an append as one mutant numbers them: by the clock, four numbers a second.
pub(crate) fn numbered(world: &World, mut append: Append) -> Append {
    if !world.is(Mutation::NumbersFromTheClock) {
        return append;
    }
    let elapsed = world.now().since(crate::world::BEGINNING).as_millis() / 250;
    let mut seq = Seq::new(u32::try_from(elapsed).unwrap_or(u32::MAX)).unwrap_or(Seq::MAX);
    for message in &mut append.messages {
        seq = seq.next();
        *message = Message { seq, ..message.clone() };
    }
    append.thread.last_seq = seq.max(append.thread.last_seq);
    append
}
