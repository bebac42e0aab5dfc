//! A patient's message: to their contact's active thread, or to a new one, once.

use std::time::Duration;

use domain::append::{Append, append, open};
use domain::assessment::Assessment;
use domain::assistant::DEBOUNCE;
use domain::care::Care;
use domain::contact::{ActiveThread, Contact, ContactKey, ContactPatient};
use domain::delivery::Channel;
use domain::error::{Error, Result};
use domain::ids::ThreadRef;
use domain::inbound::{Inbound, Sender};
use domain::message::Message;
use domain::patient::{Patient, PatientIds};
use domain::phone::PhoneNumber;
use domain::text::PersonName;
use domain::thread::{Opening, Thread};
use platform::App;
use platform::conversation::asked::asked;
use platform::identity::Machine;
use platform::points::Point;
use platform::queue::{TransferHint, Worker};
use platform::store::append::{Alongside, Kept, keep};
use platform::store::contacts;
use platform::store::guards::Guard;
use platform::store::retry::{Attempt, Attempts, once_visible};
use platform::store::{patients, threads};

/// Keeps a message, and tells whoever has something to do about it; a message that is already kept counts as done.
pub(crate) async fn keep_inbound(app: &App, machine: Machine, inbound: Inbound) -> Result<()> {
    let guard = Guard::of_inbound(app, &inbound.wamid);
    let mut attempts = Attempts::default();
    let kept = loop {
        match attempt(app, machine, &inbound, &guard).await? {
            Attempt::Done(kept) => break kept,
            Attempt::Raced => attempts.again(app).await?,
        }
    };
    if let Some(append) = kept {
        app.points.reach(Point::InboundKept).await;
        tell(app, &append).await;
    }
    Ok(())
}

/// What was kept now; nothing for a message that was kept before.
async fn attempt(app: &App, machine: Machine, inbound: &Inbound, guard: &Guard) -> Result<Attempt<Option<Append>>> {
    let found = contacts::find(app, machine.into(), &inbound.sender.keys()).await?;
    let known = found.joined();
    let Attempt::Done(place) = once_visible(Place::of(app, machine, &inbound.sender, known.as_ref()).await)? else {
        return Ok(Attempt::Raced);
    };
    let assessment = place.assess(app, inbound).await?;
    let append = place.append(app, (inbound, &assessment), known.as_ref())?;
    let contact = contact_after(known, &append, (inbound, &assessment))?;
    let mut earlier = found.others.iter().filter_map(|other| other.active).map(|active| active.thread);
    let alongside = Alongside {
        contact: Some(found.change(contact)),
        new_patient: place.new_patient(),
        deactivate: earlier.find(|earlier| *earlier != append.thread.thread),
        ..Alongside::default()
    };
    Ok(match keep(app, &append, guard, alongside).await? {
        Attempt::Done(Kept::Now) => Attempt::Done(Some(append)),
        Attempt::Done(Kept::Before { .. }) => Attempt::Done(None),
        Attempt::Raced => Attempt::Raced,
    })
}

/// The delivery worker has what the product said at once, the assistant owes a reply once the patient is quiet, and a file is to
/// be fetched from WhatsApp.
async fn tell(app: &App, append: &Append) {
    let thread = append.thread.thread;
    if append.messages.iter().any(Message::is_undecided) {
        app.hints.tell(app, Worker::Delivery, (thread, Duration::ZERO)).await;
    }
    if append.thread.care.assistant.due.is_some() {
        app.hints.tell(app, Worker::Assistant, (thread, DEBOUNCE)).await;
    }
    for message in append.messages.iter().filter(|message| message.awaits_media()) {
        app.hints.tell_transfer(app, TransferHint::Fetch { message: message.id() }, Duration::ZERO).await;
    }
}

/// Where a message belongs.
enum Place {
    /// The thread that is open with this contact.
    Open(Box<Thread>),
    /// A new thread of a known patient.
    Known(Box<Patient>),
    /// A new thread of somebody who never wrote before.
    Stranger(Box<Patient>),
}

impl Place {
    async fn of(app: &App, machine: Machine, sender: &Sender, contact: Option<&Contact>) -> Result<Self> {
        if let Some(active) = contact.and_then(|contact| contact.active) {
            let thread = threads::load(app, machine, ThreadRef::No(active.thread)).await?;
            return Ok(Self::Open(Box::new(thread)));
        }
        match contact.and_then(Contact::addressee) {
            Some(ContactPatient { organization_id, patient_id }) => {
                let patient = patients::load_behind_contact(app, machine.into(), organization_id, patient_id).await?;
                Ok(Self::Known(Box::new(patient)))
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

    /// What the engines make of the message, before any model; a short answer belongs to what was asked.
    async fn assess(&self, app: &App, inbound: &Inbound) -> Result<Assessment> {
        let text = inbound.text.as_ref().map_or("", |text| text.as_str());
        let asked = match self {
            Self::Open(thread) => asked(app, thread, text).await?,
            Self::Known(_) | Self::Stranger(_) => None,
        };
        Ok(clinical::assess::message(text, asked.as_deref()))
    }

    fn append(&self, app: &App, (inbound, said): (&Inbound, &Assessment), known: Option<&Contact>) -> Result<Append> {
        let shared = known.is_some_and(Contact::is_shared);
        let change = |care: &Care| inbound.clone().change(care, said, (shared, app.now()));
        let patient = match self {
            Self::Open(thread) => return append(thread, change(&thread.care), app.now()),
            Self::Known(patient) | Self::Stranger(patient) => patient.as_ref(),
        };
        let key = identity(known, inbound)?;
        let opening = Opening { patient, contact: Some(&key), channel: Channel::Whatsapp };
        open(Thread::open(opening, app.random.for_thread(), app.now()), change(&Care::default()), app.now())
    }
}

/// The identity under which the contact is, or will be, kept.
fn identity(known: Option<&Contact>, inbound: &Inbound) -> Result<ContactKey> {
    let known = known.map(|contact| contact.key.clone());
    known.or_else(|| inbound.sender.keys().into_iter().next()).ok_or(Error::Internal)
}

fn contact_after(known: Option<Contact>, append: &Append, (inbound, said): (&Inbound, &Assessment)) -> Result<Contact> {
    let key = identity(known.as_ref(), inbound)?;
    let contact = known.unwrap_or_else(|| Contact::new(key));
    let patient =
        ContactPatient { organization_id: append.thread.organization_id, patient_id: append.thread.patient_id };
    let active = ActiveThread { patient, thread: append.thread.thread };
    let mut contact = contact.with_active(active).with_command(said.command, append.thread.changed);
    contact.last_inbound_at = contact.last_inbound_at.max(append.thread.last_inbound_at);
    Ok(contact)
}

/// A patient made from what WhatsApp says of the sender; a doctor completes it later.
fn stranger(app: &App, sender: &Sender) -> Patient {
    let phone = sender.wa_id.as_deref().and_then(PhoneNumber::from_wa_digits);
    let profile = sender.profile_name.as_deref().and_then(PersonName::received);
    let ids = PatientIds::random(app.config.default_organization, (app.random.bits(), app.random.bits()));
    let phone = phone.unwrap_or_else(|| PhoneNumber::dummy(app.random.bits()));
    let contact = sender.keys().into_iter().next().filter(|_| phone.is_dummy());
    Patient { contact, ..Patient::new(ids, phone, (profile.unwrap_or_else(PersonName::unknown), None), app.now()) }
}
