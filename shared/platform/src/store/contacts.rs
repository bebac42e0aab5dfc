//! `Records`: `pk = CONTACT#<identity>`, `sk = CONTACT`. A contact by one of its identities; an alias row names the
//! identity under which the contact is kept.

use domain::contact::{Contact, ContactKey};
use domain::error::{Error, Result};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::append::ContactChange;
use super::transaction::{Mark, Transaction, Written};
use super::update::{Condition, Update};
use super::{Item, attribute, item, key, number};
use crate::App;
use crate::identity::{Machine, Reader};

/// What an identity leads to.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Row {
    Alias(Alias),
    Contact(Box<Contact>),
}

#[derive(Debug, Serialize, Deserialize)]
struct Alias {
    alias_of: ContactKey,
}

/// What is known of a sender.
#[derive(Debug, Default)]
pub struct Found {
    /// The contact behind the first identity that is known.
    pub contact: Option<Contact>,
    /// Contacts behind its other identities: the same person, as it turns out.
    pub others: Vec<Contact>,
    /// Identities that lead nowhere yet.
    pub free: Vec<ContactKey>,
}

impl Found {
    /// The contact with all that is known of its other identities.
    #[must_use]
    pub fn joined(&self) -> Option<Contact> {
        self.contact.as_ref().map(|contact| self.others.iter().fold(contact.clone(), Contact::joined_with))
    }

    /// The change that keeps a contact made from this one, with every identity leading to it from now on.
    #[must_use]
    pub fn change(&self, mut contact: Contact) -> ContactChange<'_> {
        let aliases: Vec<ContactKey> = self.free.iter().filter(|free| **free != contact.key).cloned().collect();
        contact.aliases.extend(aliases.iter().cloned());
        ContactChange { read: self.contact.as_ref(), contact, aliases, joined: &self.others }
    }
}

fn contact_key(identity: &ContactKey) -> Item {
    key(format!("CONTACT#{}", identity.as_str()), "CONTACT")
}

/// Looks for a contact under each of its identities, the best first.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn find(app: &App, _: Reader<'_>, identities: &[ContactKey]) -> Result<Found> {
    let mut found = Found::default();
    for identity in identities {
        match resolve(app, identity).await? {
            Some(contact) if found.contact.is_none() => found.contact = Some(contact),
            Some(contact) if found.contact.as_ref().is_some_and(|first| first.key == contact.key) => {}
            Some(contact) => found.others.push(contact),
            None => found.free.push(identity.clone()),
        }
    }
    Ok(found)
}

/// The contact that a thread's messages go to.
///
/// # Errors
/// [`Error::Internal`] when the row is gone: contacts are never deleted.
pub async fn load(app: &App, _: Reader<'_>, identity: &ContactKey) -> Result<Contact> {
    resolve(app, identity).await?.ok_or(Error::Internal)
}

async fn resolve(app: &App, identity: &ContactKey) -> Result<Option<Contact>> {
    let table = &app.store.tables.records;
    match app.store.get(table, contact_key(identity)).await? {
        None => Ok(None),
        Some(Row::Contact(contact)) => Ok(Some(*contact)),
        Some(Row::Alias(alias)) => match app.store.get(table, contact_key(&alias.alias_of)).await? {
            Some(Row::Contact(contact)) => Ok(Some(*contact)),
            Some(Row::Alias(_)) | None => Err(Error::Internal),
        },
    }
}

/// Keeps a change of a contact over the version that was read. `paid_until` belongs to the delivery worker and is not
/// touched.
pub(super) fn write(transaction: &mut Transaction, table: &str, change: &ContactChange<'_>) -> Result<()> {
    let contact = &change.contact;
    match change.read {
        None => transaction.put_new(Mark::Row, table, item(contact_key(&contact.key), contact)?)?,
        Some(read) => {
            let update = Update::of(table, contact_key(&contact.key))
                .when(Condition::Equals("version", number(&read.version)))
                .set("version", number(&contact.version))
                .set("patients", attribute(&contact.patients)?)
                .set("aliases", attribute(&contact.aliases)?)
                .set_or_remove("moved_to", contact.moved_to.as_ref().map(attribute).transpose()?)
                .set_or_remove("stopped_at", contact.stopped.as_ref().map(attribute).transpose()?)
                .set_or_remove("active", contact.active.as_ref().map(attribute).transpose()?)
                .set_or_remove("last_inbound_at", contact.last_inbound_at.map(|at| number(&at.millis())));
            transaction.update(update)?;
        }
    }
    for alias in &change.aliases {
        let row = item(contact_key(alias), &Alias { alias_of: contact.key.clone() })?;
        transaction.put_new(Mark::Row, table, row)?;
    }
    for joined in change.joined {
        let row = |identity| item(contact_key(identity), &Alias { alias_of: contact.key.clone() });
        transaction.put_over(table, row(&joined.key)?, joined.version)?;
        for alias in &joined.aliases {
            transaction.put(table, row(alias)?)?;
        }
    }
    Ok(())
}

/// Uses the pair's allowance for one message, if nobody else did since it was read.
pub(super) fn pay(transaction: &mut Transaction, table: &str, contact: &Contact, until: Timestamp) -> Result<()> {
    let condition = match contact.paid_until {
        Some(read) => Condition::Equals("paid_until", number(&read.millis())),
        None => Condition::Absent("paid_until"),
    };
    let update =
        Update::of(table, contact_key(&contact.key)).when(condition).set("paid_until", number(&until.millis()));
    transaction.update_as(Mark::Allowance, update)
}

/// The contact asked never to hear from us again: remembered for every later message.
pub(super) fn opt_out(transaction: &mut Transaction, table: &str, contact: &Contact) -> Result<()> {
    let update = Update::of(table, contact_key(&contact.key))
        .when(Condition::Present("pk"))
        .set("opted_out", attribute(&true)?)
        .add("version", 1);
    transaction.update(update)
}

/// Remembers another identity of a contact, unless it is known as somebody's. Losing this race or the answer costs
/// nothing: the next message brings the identity again.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn learn_alias(app: &App, _: Machine, contact: &Contact, alias: &ContactKey) -> Result<()> {
    if *alias == contact.key || contact.aliases.contains(alias) {
        return Ok(());
    }
    keep_alias(app, contact, contact.clone(), alias).await.map(|_| ())
}

/// Reaches a contact under a new number from now on. `false` when the contact is no longer as it was read.
///
/// # Errors
/// [`Error::Unconfirmed`] when no answer came.
pub async fn change_number(app: &App, _: Machine, contact: &Contact, to: &ContactKey) -> Result<bool> {
    if contact.recipient() == to {
        return Ok(true);
    }
    keep_alias(app, contact, contact.with_number(to.clone()), to).await
}

/// Keeps a contact with one more identity, which leads to it unless it leads to somebody already.
async fn keep_alias(app: &App, read: &Contact, mut contact: Contact, alias: &ContactKey) -> Result<bool> {
    let is_free = resolve(app, alias).await?.is_none();
    if !is_free && contact == *read {
        return Ok(true);
    }
    contact.version = read.version.saturating_add(1);
    contact.aliases.extend(is_free.then(|| alias.clone()));
    let aliases = is_free.then(|| alias.clone()).into_iter().collect();
    let mut transaction = Transaction::default();
    write(
        &mut transaction,
        &app.store.tables.records,
        &ContactChange { read: Some(read), contact, aliases, joined: &[] },
    )?;
    match transaction.insist(app).await? {
        Written::Done => Ok(true),
        Written::Refused(_) | Written::Contended => Ok(false),
        Written::Unknown => Err(Error::Unconfirmed),
    }
}
