//! `store::deliveries`: every change of a delivery compares and bumps its version.

use std::rc::Rc;

use domain::contact::Contact;
use domain::delivery::Delivery;
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadNo};
use domain::message::Message;
use domain::time::Timestamp;
use domain::wamid::Wamid;

use super::transaction::{Transaction, Written};
use crate::mutation::Mutation;
use crate::table::value::{Key, Value, number_of};
use crate::table::write::Write;
use crate::world::World;

/// Writes to different threads seldom meet at one of these (`store::versions`).
const SHARDS: u32 = 16;

/// The message that WhatsApp calls by this id.
pub(crate) async fn find_sent(world: &World, wamid: &Wamid) -> Result<Option<MessageId>> {
    let found = world.get(&Key::Sent(number_of(wamid))).await?;
    Ok(if let Some(Value::Sent(message)) = found { Some(message) } else { None })
}

/// Claims a message and pays for it from the pair's allowance. `false` when somebody else was faster.
pub(crate) async fn claim(
    world: &World,
    message: &Message,
    claimed: &Delivery,
    contact: Option<(&Contact, Timestamp)>,
) -> Result<bool> {
    let mut transaction = Transaction::default();
    let change = change(message, claimed)?;
    transaction.push_unless(world.is(Mutation::BlindClaim), change);
    if let Some((contact, until)) = contact {
        let pay = Write::Pay { key: contact.key.clone(), read: contact.paid_until, until };
        transaction.push_unless(world.is(Mutation::BlindPay), pay);
    }
    happened(&transaction.insist(world).await?)
}

/// Keeps a new state of a delivery where readers see it. `false` when the delivery is no longer as it was read.
pub(crate) async fn keep(
    world: &World,
    message: &Message,
    delivery: &Delivery,
    opted_out: Option<&Contact>,
) -> Result<bool> {
    let mut transaction = Transaction::default();
    let is_blind = world.is(Mutation::BlindOutcome) || world.is(Mutation::StatusWithoutRank);
    transaction.push_unless(is_blind, change(message, delivery)?);
    // A message is claimed only when all before it are decided, so everything up to here is decided now.
    let through = (message.is_undecided() && delivery.is_decided()).then_some(message.seq);
    transaction.push(Write::Seen { thread: message.thread, through, at: world.now() });
    transaction.push(Write::Bump(message.thread.get() % SHARDS));
    let is_new = message.delivery.as_ref().is_none_or(|known| known.wamid.is_none());
    if let Some(wamid) = delivery.wamid.as_ref().filter(|_| is_new) {
        transaction.push(Write::Put(Key::Sent(number_of(wamid)), Value::Sent(message.id())));
    }
    if let Some(contact) = opted_out {
        transaction.push(Write::OptOut(contact.key.clone()));
    }
    happened(&transaction.insist(world).await?)
}

fn change(message: &Message, delivery: &Delivery) -> Result<Write> {
    let read = message.delivery.as_ref().ok_or(Error::Internal)?;
    Ok(Write::Delivery { id: message.id(), read: read.version, delivery: Box::new(delivery.clone()) })
}

fn happened(written: &Written) -> Result<bool> {
    match written {
        Written::Done => Ok(true),
        Written::Refused(_) => Ok(false),
        Written::Contended => Err(Error::Busy),
        Written::Unknown => Err(Error::Unconfirmed),
    }
}

/// `versions::bump_threads`.
pub(crate) fn bump(thread: ThreadNo) -> Write {
    Write::Bump(thread.get() % SHARDS)
}

/// A message with another delivery.
pub(crate) fn with(message: &Message, delivery: Delivery) -> Rc<Message> {
    Rc::new(Message { delivery: Some(delivery), ..message.clone() })
}
