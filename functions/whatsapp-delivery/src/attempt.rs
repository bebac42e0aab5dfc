//! One attempt at one message: may it go, claim, send, write the outcome.

use domain::contact::{Contact, ContactKey};
use domain::delivery::{Channel, Delivery, Failure, Refusal, Status};
use domain::error::{Error, Result};
use domain::message::Message;
use domain::pacing::{Pace, pace};
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::window::Window;
use platform::App;
use platform::conversation::refused::heed;
use platform::identity::Machine;
use platform::metrics::Count;
use platform::points::Point;
use platform::store::deliveries::{self, Claim, With};
use platform::store::{contacts, sender};
use platform::whatsapp::graph::Outcome;
use platform::whatsapp::wire::{Sending, send_body};

use crate::Worker;
use crate::media::{self, AtWhatsapp};

/// The error code under which WhatsApp refuses free text outside the window.
const WINDOW_CLOSED: u32 = 131_047;

/// How the thread goes on after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// To the next message, or to this one anew: whatever is first when the thread is read again.
    Onward,
    /// Somebody else is at this thread, or the sweeper will come back to it.
    Stop,
    /// This worker made it wait until then.
    Later(Timestamp),
}

impl After {
    /// Onward when our write happened; else somebody else is at this message.
    pub(crate) fn when(happened: bool) -> Result<Self> {
        Ok(if happened { Self::Onward } else { Self::Stop })
    }
}

/// Sends one message that is due.
pub(crate) async fn attempt(worker: &Worker, machine: Machine, thread: &Thread, message: &Message) -> Result<After> {
    let app = &worker.app;
    let delivery = message.delivery.as_ref().ok_or(Error::Internal)?;
    let Some(key) = thread.contact.as_ref().filter(|_| delivery.channel == Channel::Whatsapp) else {
        return After::when(deliveries::keep(app, message, &delivery.accepted(None), With::default()).await?);
    };
    let contact = contacts::load(app, machine.into(), key).await?;
    if let Some((failure, code)) = refused_by_us(app, message, &contact) {
        return After::when(deliveries::keep(app, message, &delivery.failed(failure, code), With::default()).await?);
    }
    if sender::is_paused(app, machine, worker.graph.phone_number_id()).await? {
        return Ok(After::Stop);
    }
    let media_id = match media::at_whatsapp(worker, machine, (message, &contact)).await? {
        AtWhatsapp::Not => None,
        AtWhatsapp::Id(id) => Some(id),
        AtWhatsapp::JustNow => return Ok(After::Onward),
        AtWhatsapp::Refused(refusal) => {
            let tried = delivery.claimed(app.now());
            return refused(worker, machine, (message, &tried), (&contact, refusal)).await;
        }
    };
    let paid_until = match pace(app.now(), contact.paid_until) {
        Pace::Go { paid_until } => paid_until,
        Pace::Wait { until } => return postpone(app, message, &delivery.postponed(until)).await,
    };
    app.points.reach(Point::DeliveryClaims).await;
    let claimed = delivery.claimed(app.now());
    match deliveries::claim(app, message, &claimed, Some((&contact, paid_until))).await? {
        Claim::Taken => {}
        Claim::Gone => return Ok(After::Stop),
        // Another thread of the same phone: this one's turn comes with the next reading.
        Claim::AllowanceUsed => return Ok(After::Onward),
    }
    if delivery.status == Status::Sending {
        app.count(Count::InDoubtResend);
    }
    let message = Message { delivery: Some(claimed.clone()), ..message.clone() };
    let sending = Sending {
        template: message.template_in(Window::at(app.now(), contact.last_inbound_at)),
        media_id: media_id.as_deref(),
        contact: contact.recipient(),
        attempt: claimed.attempt,
    };
    send(worker, machine, (&message, sending), (&contact, &claimed)).await
}

/// Whether this message must not go, decided anew at the moment of sending (contract A-17).
fn refused_by_us(app: &App, message: &Message, contact: &Contact) -> Option<(Failure, Option<u32>)> {
    let window = Window::at(app.now(), contact.last_inbound_at);
    if contact.opted_out {
        Some((Failure::OptedOut, None))
    } else if message.unasked && contact.stopped.is_some() {
        Some((Failure::Stopped, None))
    } else if message.template_in(window).is_none() && matches!(window, Window::Closed { .. }) {
        Some((Failure::ReengagementRequired, Some(WINDOW_CLOSED)))
    } else {
        None
    }
}

async fn send(
    worker: &Worker,
    machine: Machine,
    (message, sending): (&Message, Sending<'_>),
    (contact, claimed): (&Contact, &Delivery),
) -> Result<After> {
    let app = &worker.app;
    let Some(body) = send_body(message, sending) else {
        let failed = claimed.failed(Failure::ContentRefused, None);
        return After::when(deliveries::keep(app, message, &failed, With::default()).await?);
    };
    app.points.reach(Point::DeliveryClaimed).await;
    let outcome = worker.graph.send(&body).await;
    app.points.reach(Point::DeliverySent).await;
    match outcome {
        Outcome::Accepted { wamid, wa_id } => {
            // `false` means that a status was faster than our own record: it knows at least as much.
            deliveries::keep(app, message, &claimed.accepted(Some(wamid)), With::default()).await?;
            if let Some(alias) = wa_id.map(|digits| ContactKey::from_wa_digits(&digits)) {
                contacts::learn_alias(app, machine, contact, &alias).await?;
            }
            Ok(After::Onward)
        }
        Outcome::Refused(refusal) => {
            let refusal = media::without_old_copy(worker, machine, (message, refusal)).await?;
            refused(worker, machine, (message, claimed), (contact, refusal)).await
        }
    }
}

/// After WhatsApp refused the message, or its file before it: `tried` is the attempt that this was.
async fn refused(
    worker: &Worker,
    machine: Machine,
    (message, tried): (&Message, &Delivery),
    (contact, refusal): (&Contact, Refusal),
) -> Result<After> {
    let app = &worker.app;
    let Some(after) = tried.refused(refusal, app.now(), app.random.bits()) else {
        // In doubt: nobody sends before a status names the message or the hold has passed, when the sweeper comes.
        return Ok(After::Stop);
    };
    let sender_id = worker.graph.phone_number_id();
    if after.status == Status::Queued {
        heed(app, machine, sender_id, (message, refusal)).await?;
        return postpone(app, message, &after).await;
    }
    let opted_out = (after.failure == Some(Failure::OptedOut)).then_some(contact);
    let kept = deliveries::keep(app, message, &after, With { opted_out }).await?;
    heed(app, machine, sender_id, (message, refusal)).await?;
    After::when(kept)
}

/// Puts a message back into the queue. Readers saw it as queued all the time, so nothing that they see changes.
async fn postpone(app: &App, message: &Message, delivery: &Delivery) -> Result<After> {
    let until = delivery.not_before.unwrap_or_else(|| app.now());
    let kept = deliveries::claim(app, message, delivery, None).await?;
    Ok(if kept == Claim::Taken { After::Later(until) } else { After::Stop })
}
