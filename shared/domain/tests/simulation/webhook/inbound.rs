//! A patient's message, as the function `whatsapp-webhook` keeps it: to their contact's active thread, or to a new one.

use std::rc::Rc;

use domain::append::{Append, append, open};
use domain::assessment::Assessment;
use domain::care::Care;
use domain::contact::{ActiveThread, Contact, ContactKey, ContactPatient};
use domain::delivery::Channel;
use domain::error::{Error, Result};
use domain::inbound::{Inbound, Sender};
use domain::patient::{Patient, PatientIds};
use domain::phone::PhoneNumber;
use domain::text::PersonName;
use domain::thread::{Opening, Thread};

use crate::assistant::tell_all;
use crate::counters::Count;
use crate::store::contacts::{self, ContactChange, Found};
use crate::store::keep::{Alongside, Guard, Kept, keep, numbered};
use crate::store::{Attempt, Attempts};
use crate::world::{World, organization};

/// Keeps a message; a message that is already kept counts as done.
pub(crate) async fn keep_inbound(world: &World, inbound: &Inbound) -> Result<()> {
    let guard = Guard::of_inbound(world, &inbound.wamid);
    let mut attempts = Attempts::default();
    while let Attempt::Raced = attempt(world, inbound, &guard, attempts.is_first()).await? {
        attempts.again(world).await?;
    }
    Ok(())
}

async fn attempt(world: &World, inbound: &Inbound, guard: &Guard, is_first: bool) -> Result<Attempt<()>> {
    let found = contacts::find(world, &inbound.sender.keys()).await?;
    let place = Place::of(world, &inbound.sender, &found).await?;
    let append = numbered(world, place.append(world, inbound, &found)?);
    let contact = contact_after(&found, &append, inbound)?;
    if !contact.aliases.is_empty() && is_first {
        world.count(Count::AliasesLearnt);
    }
    let alongside =
        Alongside { contact: Some(contact), patient: None, new_patient: place.new_patient(), deactivate: None };
    world.may_crash(Count::WebhookCrashes).await;
    Ok(match keep(world, &append, guard, alongside).await? {
        Attempt::Done(Kept::Before { .. }) => {
            world.count(Count::InboundKnown);
            Attempt::Done(())
        }
        Attempt::Done(Kept::Now) => {
            world.may_crash(Count::WebhookCrashes).await;
            tell_all(world, &append).await;
            Attempt::Done(())
        }
        Attempt::Raced => {
            if !matches!(place, Place::Open(_)) {
                world.count(Count::AlbumRaces);
            }
            Attempt::Raced
        }
    })
}

/// Where a message belongs.
enum Place {
    /// The thread that is open with this contact.
    Open(Rc<Thread>),
    /// A new thread of a known patient.
    Known(Rc<Patient>),
    /// A new thread of somebody who never wrote before.
    Stranger(Rc<Patient>),
}

impl Place {
    async fn of(world: &World, sender: &Sender, found: &Found) -> Result<Self> {
        let contact = found.contact.as_ref();
        if let Some(active) = contact.and_then(|contact| contact.active) {
            return Ok(Self::Open(world.thread(active.thread).await?));
        }
        match contact.and_then(|contact| contact.addressee()) {
            Some(ContactPatient { patient_id, .. }) => {
                let patient = world.patient(patient_id).await.map_err(|_| Error::Internal)?;
                Ok(Self::Known(patient))
            }
            None => Ok(Self::Stranger(Rc::new(stranger(world, sender)))),
        }
    }

    fn new_patient(&self) -> Option<Rc<Patient>> {
        match self {
            Self::Stranger(patient) => Some(Rc::clone(patient)),
            Self::Open(_) | Self::Known(_) => None,
        }
    }

    fn append(&self, world: &World, inbound: &Inbound, found: &Found) -> Result<Append> {
        let shared = found.contact.as_ref().is_some_and(|contact| contact.is_shared());
        let change = |care: &Care| inbound.clone().change(care, &Assessment::default(), (shared, world.now()));
        let patient = match self {
            Self::Open(thread) => return append(thread, change(&thread.care), world.now()),
            Self::Known(patient) | Self::Stranger(patient) => patient,
        };
        let key = identity(found, inbound)?;
        let opening = Opening { patient, contact: Some(&key), channel: Channel::Whatsapp };
        let random = (u32::try_from(world.bits() >> 32).unwrap_or(u32::MAX), u128::from(world.bits()));
        open(Thread::open(opening, random, world.now()), change(&Care::default()), world.now())
    }
}

/// The identity under which the contact is, or will be, kept.
fn identity(found: &Found, inbound: &Inbound) -> Result<ContactKey> {
    let known = found.contact.as_ref().map(|contact| contact.key.clone());
    known.or_else(|| inbound.sender.keys().into_iter().next()).ok_or(Error::Internal)
}

fn contact_after(found: &Found, append: &Append, inbound: &Inbound) -> Result<ContactChange> {
    let read = found.contact.clone();
    let key = identity(found, inbound)?;
    let contact = read.as_deref().cloned().unwrap_or_else(|| Contact::new(key.clone()));
    let patient =
        ContactPatient { organization_id: append.thread.organization_id, patient_id: append.thread.patient_id };
    let mut contact = contact.with_active(ActiveThread { patient, thread: append.thread.thread });
    contact.last_inbound_at = contact.last_inbound_at.max(append.thread.last_inbound_at);
    let aliases: Vec<ContactKey> = found.free.iter().filter(|free| **free != key).cloned().collect();
    contact.aliases.extend(aliases.iter().cloned());
    Ok(ContactChange { read, contact, aliases })
}

/// A patient made from what WhatsApp says of the sender.
fn stranger(world: &World, sender: &Sender) -> Patient {
    let phone = sender.wa_id.as_deref().and_then(PhoneNumber::from_wa_digits);
    let profile = sender.profile_name.as_deref().and_then(PersonName::received);
    let ids = PatientIds::random(organization(), (world.bits(), world.bits()));
    let phone = phone.unwrap_or_else(|| PhoneNumber::dummy(world.bits()));
    Patient::new(ids, phone, (profile.unwrap_or_else(PersonName::unknown), None), world.now())
}
