//! `POST /providermessages/send-template-message/` as the function `provider-messages` does it: opening or reopening a
//! conversation.

use std::rc::Rc;
use std::time::Duration;

use domain::append::{Append, Change, Draft, append, channel, open};
use domain::contact::{ActiveThread, Contact, ContactKey, ContactPatient};
use domain::error::{Error, Result};
use domain::ids::{MessageId, PatientId};
use domain::patient::Patient;
use domain::template::{Hydrated, Snippet, hydrate};
use domain::thread::{Assignee, Opening, Thread};

use super::send_message::Sent;
use crate::counters::Count;
use crate::desk::Doctor;
use crate::mutation::Mutation;
use crate::store::contacts::{self, ContactChange};
use crate::store::keep::{Alongside, Guard, Kept, keep, numbered};
use crate::store::{Attempt, Attempts};
use crate::world::World;

/// A request to open or reopen a conversation.
#[derive(Debug, Clone)]
pub(crate) struct TemplateOrder {
    pub(crate) doctor: Rc<Doctor>,
    pub(crate) patient: PatientId,
    pub(crate) snippet: String,
    pub(crate) guard: Guard,
}

/// What the handler does.
pub(crate) async fn send_template(world: &World, order: &TemplateOrder) -> Result<Sent> {
    let mut attempts = Attempts::default();
    let sent = loop {
        match attempt(world, order).await? {
            Attempt::Done(sent) => break sent,
            Attempt::Raced => attempts.again(world).await?,
        }
    };
    world.may_crash(Count::HandlerCrashes).await;
    if !sent.again {
        let thread = sent.message.ok_or(Error::Internal)?.thread;
        world.tell(thread, Duration::ZERO).await;
    }
    Ok(sent)
}

async fn attempt(world: &World, order: &TemplateOrder) -> Result<Attempt<Sent>> {
    let patient = world.patient(order.patient).await?;
    let doctor = order.doctor.provider.name.as_str();
    let snippet = Snippet { patient: &patient.full_name(), doctor, text: &order.snippet };
    let hydrated = hydrate(&world.desk.template, snippet)?;
    let read = match Read::of(world, order, &patient).await {
        // The patient or the contact is visible already, and their new thread not yet.
        Err(Error::NotFound) if !world.is(Mutation::ReplayNotFound) => return Ok(Attempt::Raced),
        read => read?,
    };
    let append = numbered(world, decide(world, order, (&patient, hydrated), &read)?);
    world.may_crash(Count::HandlerCrashes).await;
    let message = append.messages.first().ok_or(Error::Internal)?.id();
    match keep(world, &append, &order.guard, read.alongside(order, &patient, &append.thread)).await? {
        Attempt::Raced => Ok(Attempt::Raced),
        Attempt::Done(Kept::Before { pointer: message, .. }) => again(world, message).await,
        Attempt::Done(Kept::Now) => Ok(Attempt::Done(Sent { message: Some(message), again: false })),
    }
}

async fn again(world: &World, id: MessageId) -> Result<Attempt<Sent>> {
    let found = match world.message(id).await {
        Ok(_) => world.thread(id.thread).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match found {
        Err(Error::NotFound) if !world.is(Mutation::ReplayNotFound) => {
            world.count(Count::ReplayedTooEarly);
            Ok(Attempt::Raced)
        }
        found => found.map(|()| Attempt::Done(Sent { message: Some(id), again: true })),
    }
}

/// What the decision is taken on.
struct Read {
    key: Option<ContactKey>,
    contact: Option<Rc<Contact>>,
    /// The sender's open thread with the patient, or the patient's own that nobody has taken yet.
    thread: Option<Rc<Thread>>,
}

impl Read {
    async fn of(world: &World, order: &TemplateOrder, patient: &Patient) -> Result<Self> {
        let provider = order.doctor.provider.provider_id;
        let key = ContactKey::from_phone(&patient.phone_number);
        let contact = match &key {
            Some(key) => contacts::find(world, std::slice::from_ref(key)).await?.contact,
            None => None,
        };
        let own = patient.thread_with(provider);
        let waiting = contact.as_ref().and_then(|contact| contact.active);
        let waiting = waiting.filter(|active| active.patient.patient_id == patient.patient_id);
        let thread = match own.or(waiting.map(|active| active.thread)) {
            Some(no) => Some(world.thread(no).await?),
            None => None,
        };
        let is_open_to =
            |thread: &Rc<Thread>| thread.care.assigned.as_ref().is_none_or(|assignee| assignee.provider_id == provider);
        Ok(Self { key, contact, thread: thread.filter(is_open_to) })
    }

    fn alongside(&self, order: &TemplateOrder, patient: &Rc<Patient>, thread: &Thread) -> Alongside {
        let provider = order.doctor.provider.provider_id;
        let behind = ContactPatient { organization_id: patient.organization_id, patient_id: patient.patient_id };
        let active = ActiveThread { patient: behind, thread: thread.thread };
        let is_active = self.thread.as_ref().is_some_and(|thread| thread.active);
        let contact = self.key.as_ref().filter(|_| !is_active).map(|key| {
            let read = self.contact.as_deref().cloned();
            let contact = read.unwrap_or_else(|| Contact::new(key.clone())).with_active(active);
            ContactChange { read: self.contact.clone(), contact, aliases: Vec::new() }
        });
        let earlier = self.contact.as_ref().and_then(|contact| contact.active).map(|active| active.thread);
        let is_known = patient.thread_with(provider) == Some(thread.thread);
        let after = (!is_known).then(|| patient.with_open_thread(provider, thread.thread));
        Alongside {
            contact,
            patient: after.map(|after| (Rc::clone(patient), after)),
            new_patient: None,
            deactivate: earlier.filter(|earlier| !is_active && *earlier != thread.thread),
        }
    }
}

/// The append that sends the message: to the open thread, or to a new one.
fn decide(world: &World, order: &TemplateOrder, what: (&Patient, Hydrated), read: &Read) -> Result<Append> {
    let (patient, hydrated) = what;
    let assignee = Assignee::from(&order.doctor.provider);
    let draft = Draft { template: Some(hydrated.template), ..Draft::text(assignee.author(), hydrated.text) };
    let channel = channel(read.key.is_some(), patient.demo, true)?;
    if read.contact.as_ref().is_some_and(|contact| contact.opted_out) {
        return Err(Error::Refused { code: "recipient_opted_out", detail: String::new() });
    }
    let before = read.thread.as_ref().map(|thread| thread.care.clone()).unwrap_or_default();
    let care = Some(before.answered_by(&assignee));
    let change = Change { drafts: vec![draft], care, activate: true, ..Change::default() };
    match &read.thread {
        Some(thread) => append(thread, change, world.now()),
        None => {
            let opening = Opening { patient, contact: read.key.as_ref(), channel };
            let random = (u32::try_from(world.bits() >> 32).unwrap_or(u32::MAX), u128::from(world.bits()));
            open(Thread::open(opening, random, world.now()), change, world.now())
        }
    }
}
