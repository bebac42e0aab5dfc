//! One attempt at one message: may it go, claim, send, write the outcome.

use std::time::Duration;

use domain::contact::{Contact, ContactKey};
use domain::delivery::{Channel, Delivery, Failure, Refusal, Status};
use domain::error::{Error, Result};
use domain::message::Message;
use domain::pacing::{Pace, pace};
use domain::provider_error::ErrorClass;
use domain::thread::Thread;
use domain::window::Window;

use super::After;
use crate::counters::Count;
use crate::faults::STALLED;
use crate::mutation::Mutation;
use crate::store::contacts;
use crate::store::deliveries::{claim, keep, with};
use crate::store::transaction::Transaction;
use crate::table::value::{Key, Value};
use crate::table::write::Write;
use crate::whatsapp::{Outcome, Post, post};
use crate::world::World;

/// The error code under which WhatsApp refuses free text outside the window.
const WINDOW_CLOSED: u32 = 131_047;
/// After this long of an account error one message is tried again (`store::sender`).
const PAUSE: Duration = Duration::from_mins(1);

/// Sends one message that is due.
pub(super) async fn attempt(world: &World, thread: &Thread, message: &Message) -> Result<After> {
    let delivery = message.delivery.as_ref().ok_or(Error::Internal)?;
    let Some(key) = thread.contact.as_ref().filter(|_| delivery.channel == Channel::Whatsapp) else {
        return Ok(After::when(keep(world, message, &delivery.accepted(None), None).await?));
    };
    let contact = contacts::load(world, key).await?;
    if let Some((failure, code)) = refused_by_us(world, message, &contact) {
        let happened = keep(world, message, &delivery.failed(failure, code), None).await?;
        if happened && failure == Failure::ReengagementRequired {
            world.count(Count::WindowClosedAtDelivery);
        }
        return Ok(After::when(happened));
    }
    if let Some(Value::Pause(until)) = world.get(&Key::Pause).await?
        && world.now() < until
    {
        return Ok(After::Later(until));
    }
    let paid_until = match pace(world.now(), contact.paid_until) {
        Pace::Go { paid_until } => paid_until,
        Pace::Wait { until } => {
            world.count(Count::Paced);
            return postpone(world, message, &delivery.postponed(until)).await;
        }
    };
    let claimed = delivery.claimed(world.now());
    if !claim(world, message, &claimed, Some((&contact, paid_until))).await? {
        return Ok(After::Stop);
    }
    if delivery.status == Status::Sending {
        world.count(Count::InDoubtResends);
    }
    world.may_crash(Count::CrashesAfterClaim).await;
    if world.trouble(STALLED) {
        world.take(500, 9_000).await;
    }
    let message = with(message, claimed);
    send(world, &message, &contact).await
}

/// Whether this message must not go, decided anew at the moment of sending.
fn refused_by_us(world: &World, message: &Message, contact: &Contact) -> Option<(Failure, Option<u32>)> {
    let window = Window::at(world.now(), contact.last_inbound_at);
    let is_closed = matches!(window, Window::Closed { .. }) && !world.is(Mutation::WindowAtSendOnly);
    if contact.opted_out {
        Some((Failure::OptedOut, None))
    } else if message.template.is_none() && is_closed {
        Some((Failure::ReengagementRequired, Some(WINDOW_CLOSED)))
    } else {
        None
    }
}

async fn send(world: &World, message: &Message, contact: &std::rc::Rc<Contact>) -> Result<After> {
    let claimed = message.delivery.as_ref().ok_or(Error::Internal)?;
    let body = Post {
        message: message.id(),
        attempt: claimed.attempt,
        to: contact.key.clone(),
        is_template: message.template.is_some(),
    };
    world.trace(message.thread, || format!("post {} attempt {}", message.seq.get(), claimed.attempt));
    let outcome = post(world, body).await;
    world.may_crash(Count::CrashesAfterPost).await;
    match outcome {
        Outcome::Accepted { wamid, wa_id } => {
            // `false` means that a status was faster than our own record: it knows at least as much.
            keep(world, message, &claimed.accepted(Some(wamid)), None).await?;
            let alias = ContactKey::from_wa_digits(&wa_id);
            contacts::learn_alias(world, contact, &alias).await?;
            Ok(After::Onward)
        }
        Outcome::Refused(refusal) => refused(world, message, (contact, claimed), refusal).await,
    }
}

async fn refused(
    world: &World,
    message: &Message,
    (contact, claimed): (&Contact, &Delivery),
    refusal: Refusal,
) -> Result<After> {
    let Some(after) = claimed.refused(refusal, world.now(), world.bits()) else {
        // In doubt: nobody sends before a status names the message or the hold has passed.
        return Ok(After::Stop);
    };
    if refusal.class == ErrorClass::Account {
        let mut transaction = Transaction::default();
        transaction.push(Write::Put(Key::Pause, Value::Pause(world.now().plus(PAUSE))));
        transaction.run(world).await?;
    }
    if after.status == Status::Queued {
        return postpone(world, message, &after).await;
    }
    let opted_out = (after.failure == Some(Failure::OptedOut)).then_some(contact);
    Ok(After::when(keep(world, message, &after, opted_out).await?))
}

/// Puts a message back into the queue.
async fn postpone(world: &World, message: &Message, delivery: &Delivery) -> Result<After> {
    let until = delivery.not_before.unwrap_or_else(|| world.now());
    let kept = claim(world, message, delivery, None).await?;
    Ok(if kept { After::Later(until) } else { After::Stop })
}
