//! A patient's message: to their contact's active thread, or to a new one, once.

use domain::append::{Append, Change, append, open};
use domain::contact::{ActiveThread, Contact, ContactKey, ContactPatient};
use domain::delivery::Channel;
use domain::error::{Error, Result};
use domain::ids::{PatientId, ThreadRef, UserId};
use domain::inbound::{Inbound, Sender};
use domain::patient::Patient;
use domain::phone::PhoneNumber;
use domain::text::PersonName;
use domain::thread::{Opening, Thread};
use platform::App;
use platform::identity::Machine;
use platform::store::append::{Alongside, ContactChange, keep};
use platform::store::contacts::{self, Found};
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts};
use platform::store::{patients, threads};

/// Keeps a message; a message that is already kept counts as done.
pub(crate) async fn keep_inbound(app: &App, machine: Machine, inbound: Inbound) -> Result<()> {
    let guard = Guard::of_inbound(app, &inbound.wamid);
    let mut attempts = Attempts::default();
    while let Attempt::Raced = attempt(app, machine, &inbound, &guard).await? {
        attempts.again(app).await?;
    }
    Ok(())
}

async fn attempt(app: &App, machine: Machine, inbound: &Inbound, guard: &Guard) -> Result<Attempt<()>> {
    let found = contacts::find(app, machine.into(), &inbound.sender.keys()).await?;
    let place = Place::of(app, machine, &inbound.sender, &found).await?;
    let append = place.append(app, inbound, &found)?;
    let contact = contact_after(&found, &append, inbound)?;
    let alongside =
        Alongside { contact: Some(contact), patient: None, new_patient: place.new_patient(), deactivate: None };
    Ok(match keep(app, &append, guard, alongside).await? {
        Attempt::Done(_) => Attempt::Done(()),
        Attempt::Raced => Attempt::Raced,
    })
}

/// Where a message belongs.
enum Place {
    /// The thread that is open with this contact.
    Open(Thread),
    /// A new thread of a known patient.
    Known(Patient),
    /// A new thread of somebody who never wrote before.
    Stranger(Box<Patient>),
}

impl Place {
    async fn of(app: &App, machine: Machine, sender: &Sender, found: &Found) -> Result<Self> {
        let contact = found.contact.as_ref();
        if let Some(active) = contact.and_then(|contact| contact.active) {
            return Ok(Self::Open(threads::load(app, machine, ThreadRef::No(active.thread)).await?));
        }
        match contact.and_then(Contact::addressee) {
            Some(ContactPatient { organization_id, patient_id }) => {
                let patient = patients::load_behind_contact(app, machine.into(), organization_id, patient_id).await?;
                Ok(Self::Known(patient))
            }
            None => Ok(Self::Stranger(Box::new(stranger(app, sender)))),
        }
    }

    fn new_patient(&self) -> Option<&Patient> {
        match self {
            Self::Stranger(patient) => Some(patient),
            Self::Open(_) | Self::Known(_) => None,
        }
    }

    fn append(&self, app: &App, inbound: &Inbound, found: &Found) -> Result<Append> {
        let shared = found.contact.as_ref().is_some_and(Contact::is_shared);
        let draft = inbound.clone().draft(shared, app.now());
        let change = Change { drafts: vec![draft], assign: None, activate: true };
        let patient = match self {
            Self::Open(thread) => return append(thread, change, app.now()),
            Self::Known(patient) => patient,
            Self::Stranger(patient) => patient.as_ref(),
        };
        let key = identity(found, inbound)?;
        let opening = Opening { patient, contact: Some(&key), channel: Channel::Whatsapp };
        let random = (u32::try_from(app.random.bits() >> 32).unwrap_or(u32::MAX), app.random.wide());
        open(Thread::open(opening, random, app.now()), change, app.now())
    }
}

/// The identity under which the contact is, or will be, kept.
fn identity(found: &Found, inbound: &Inbound) -> Result<ContactKey> {
    let known = found.contact.as_ref().map(|contact| contact.key.clone());
    known.or_else(|| inbound.sender.keys().into_iter().next()).ok_or(Error::Internal)
}

fn contact_after<'a>(found: &'a Found, append: &Append, inbound: &Inbound) -> Result<ContactChange<'a>> {
    let read = found.contact.as_ref();
    let key = identity(found, inbound)?;
    let contact = read.cloned().unwrap_or_else(|| Contact::new(key.clone()));
    let patient =
        ContactPatient { organization_id: append.thread.organization_id, patient_id: append.thread.patient_id };
    let mut contact = contact.with_active(ActiveThread { patient, thread: append.thread.thread });
    contact.last_inbound_at = contact.last_inbound_at.max(append.thread.last_inbound_at);
    let aliases: Vec<ContactKey> = found.free.iter().filter(|free| **free != key).cloned().collect();
    contact.aliases.extend(aliases.iter().cloned());
    Ok(ContactChange { read, contact, aliases })
}

/// A patient made from what WhatsApp says of the sender; a doctor completes it later.
fn stranger(app: &App, sender: &Sender) -> Patient {
    let phone = sender.wa_id.as_deref().and_then(PhoneNumber::from_wa_digits);
    let profile = sender.profile_name.as_deref().and_then(PersonName::received);
    Patient {
        patient_id: PatientId::from_random(app.random.bits()),
        user_id: UserId::from_random(app.random.bits()),
        organization_id: app.config.default_organization,
        phone_number: phone.unwrap_or_else(|| PhoneNumber::dummy(app.random.bits())),
        first_name: profile.unwrap_or_else(PersonName::unknown),
        last_name: None,
        chronic_conditions: Vec::new(),
        notes: None,
        added_by: None,
        subscription: None,
        demo: false,
        open_threads: Vec::new(),
        version: 1,
        created: app.now(),
    }
}
