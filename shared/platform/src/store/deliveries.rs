//! `Messages`: `thread`, `seq` for the delivery of a message; `Guards`: `pk = SENT#<wamid>` for the message behind an id
//! of WhatsApp. Every change compares and bumps the delivery's version.

use std::time::Duration;

use domain::contact::Contact;
use domain::delivery::Delivery;
use domain::error::{Error, Result};
use domain::ids::MessageId;
use domain::message::Message;
use domain::time::Timestamp;
use domain::wamid::Wamid;
use serde::{Deserialize, Serialize};

use super::messages::message_key;
use super::threads::thread_key;
use super::transaction::{Mark, Transaction, Written};
use super::update::{Condition, Update};
use super::{Item, attribute, contacts, due, item, number, text, versions};
use crate::App;
use crate::identity::Machine;

/// Statuses of a message come for days at most; Meta delivers webhooks again for 7.
const WAMID_LASTS: Duration = Duration::from_hours(30 * 24);

#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    message: u64,
    expires: i64,
}

fn sent_key(wamid: &Wamid) -> Item {
    Item::from([("pk".to_owned(), text(format!("SENT#{}", wamid.as_str())))])
}

/// The message that WhatsApp calls by this id.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn find_sent(app: &App, _: Machine, wamid: &Wamid) -> Result<Option<MessageId>> {
    let sent: Option<Sent> = app.store.get(&app.store.tables.guards, sent_key(wamid)).await?;
    Ok(sent.and_then(|sent| MessageId::new(sent.message)))
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The message is this worker's.
    Taken,
    /// The message is no longer as it was read: somebody else is at it.
    Gone,
    /// Only the allowance of its contact was used by another message.
    AllowanceUsed,
}

/// Claims a message and pays for it from the pair's allowance.
///
/// # Errors
/// [`Error::Unconfirmed`] when no answer came: then nobody sends before the hold has passed.
pub async fn claim(
    app: &App,
    message: &Message,
    claimed: &Delivery,
    contact: Option<(&Contact, Timestamp)>,
) -> Result<Claim> {
    let mut transaction = Transaction::default();
    transaction.update(change(&app.store.tables.messages, message, claimed)?)?;
    if let Some((contact, paid_until)) = contact {
        contacts::pay(&mut transaction, &app.store.tables.records, contact, paid_until)?;
    }
    match transaction.insist(app).await? {
        Written::Done => Ok(Claim::Taken),
        Written::Refused(refused) if refused.iter().all(|(mark, _)| *mark == Mark::Allowance) => {
            Ok(Claim::AllowanceUsed)
        }
        Written::Refused(_) => Ok(Claim::Gone),
        Written::Contended => Err(Error::Busy),
        Written::Unknown => Err(Error::Unconfirmed),
    }
}

/// What changes together with a delivery.
#[derive(Debug, Default)]
pub struct With<'a> {
    /// A contact who asked never to hear from us again.
    pub opted_out: Option<&'a Contact>,
}

/// Keeps a new state of a delivery where readers see it. `false` when the delivery is no longer as it was read.
///
/// # Errors
/// [`Error::Unconfirmed`] when no answer came.
pub async fn keep(app: &App, message: &Message, delivery: &Delivery, with: With<'_>) -> Result<bool> {
    let tables = &app.store.tables;
    let mut transaction = Transaction::default();
    transaction.update(change(&tables.messages, message, delivery)?)?;
    let mut seen = Update::of(&tables.threads, thread_key(message.thread))
        .when(Condition::Present("pk"))
        .set("changed", number(&app.now().millis()))
        .add("version", 1);
    if message.is_undecided() && delivery.is_decided() {
        // A message is claimed only when all before it are decided, so everything up to here is decided now.
        seen = seen.set("delivered_through", number(&message.seq.get()));
    }
    if with.opted_out.is_some() {
        seen = seen.set("opted_out", attribute(&true)?);
    }
    transaction.update(seen)?;
    versions::bump_threads(app, &mut transaction, message.organization_id, message.thread)?;
    if let Some(wamid) = delivery.wamid.as_ref().filter(|_| message.delivery.as_ref().is_none_or(|d| d.wamid.is_none()))
    {
        let expires = app.now().plus(WAMID_LASTS).seconds();
        let row = Sent { message: message.id().get(), expires };
        transaction.put(&tables.guards, item(sent_key(wamid), &row)?)?;
    }
    if let Some(contact) = with.opted_out {
        contacts::opt_out(&mut transaction, &tables.records, contact)?;
    }
    // What WhatsApp said must not be lost to somebody who happens to write into the same thread.
    transaction.happens(app).await
}

fn change(table: &str, message: &Message, delivery: &Delivery) -> Result<Update> {
    let read = message.delivery.as_ref().ok_or(Error::Internal)?;
    let update = Update::of(table, message_key(message.id()))
        .when(Condition::Equals("delivery.version", number(&read.version)))
        .set("delivery", attribute(delivery)?)
        .set_or_remove("due", delivery.due.map(|due| number(&due.millis())))
        .set_or_remove("due_shard", delivery.due.map(|_| text(due::shard(message.thread))));
    Ok(update)
}
