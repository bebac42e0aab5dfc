//! `store::contacts`: a contact by one of its identities; an alias names the identity under which it is kept.

use std::rc::Rc;

use domain::contact::{Contact, ContactKey};
use domain::error::{Error, Result};

use super::transaction::Transaction;
use crate::mutation::Mutation;
use crate::table::value::{Key, Value};
use crate::table::write::Write;
use crate::world::World;

/// What is known of a sender.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The contact behind the first identity that is known.
    pub(crate) contact: Option<Rc<Contact>>,
    /// Identities that lead nowhere yet.
    pub(crate) free: Vec<ContactKey>,
}

/// A change of a contact.
#[derive(Debug, Clone)]
pub(crate) struct ContactChange {
    /// As it was read; absent when there was none.
    pub(crate) read: Option<Rc<Contact>>,
    /// As it will be.
    pub(crate) contact: Contact,
    /// Identities that become aliases of it.
    pub(crate) aliases: Vec<ContactKey>,
}

/// Looks for a contact under each of its identities, the best first.
pub(crate) async fn find(world: &World, identities: &[ContactKey]) -> Result<Found> {
    let mut found = Found::default();
    for identity in identities {
        match resolve(world, identity).await? {
            Some(contact) if found.contact.is_none() => found.contact = Some(contact),
            Some(_) => {}
            None => found.free.push(identity.clone()),
        }
    }
    Ok(found)
}

/// The contact that a thread's messages go to.
pub(crate) async fn load(world: &World, identity: &ContactKey) -> Result<Rc<Contact>> {
    resolve(world, identity).await?.ok_or(Error::Internal)
}

async fn resolve(world: &World, identity: &ContactKey) -> Result<Option<Rc<Contact>>> {
    match world.get(&Key::Contact(identity.clone())).await? {
        Some(Value::Contact(contact)) => Ok(Some(contact)),
        Some(Value::Alias(key)) => match world.get(&Key::Contact(key)).await? {
            Some(Value::Contact(contact)) => Ok(Some(contact)),
            _ => Err(Error::Internal),
        },
        _ => Ok(None),
    }
}

/// Puts a change of a contact into a transaction, over the version that was read.
pub(crate) fn write(world: &World, transaction: &mut Transaction, change: &ContactChange) {
    let is_blind = world.is(Mutation::BlindContact);
    let contact = Rc::new(change.contact.clone());
    let key = Key::Contact(contact.key.clone());
    match &change.read {
        None => transaction.push_unless(is_blind, Write::New(key, Value::Contact(contact))),
        Some(read) => transaction.push_unless(is_blind, Write::Contact { read: read.version, contact }),
    }
    for alias in &change.aliases {
        let row = Value::Alias(change.contact.key.clone());
        transaction.push_unless(is_blind, Write::New(Key::Contact(alias.clone()), row));
    }
}

/// Remembers another identity of a contact, unless it is known as somebody's.
pub(crate) async fn learn_alias(world: &World, contact: &Rc<Contact>, alias: &ContactKey) -> Result<()> {
    if *alias == contact.key || contact.aliases.contains(alias) || resolve(world, alias).await?.is_some() {
        return Ok(());
    }
    let mut known = contact.as_ref().clone();
    known.aliases.push(alias.clone());
    known.version += 1;
    let change = ContactChange { read: Some(Rc::clone(contact)), contact: known, aliases: vec![alias.clone()] };
    let mut transaction = Transaction::default();
    write(world, &mut transaction, &change);
    transaction.run(world).await.map(|_| ())
}
