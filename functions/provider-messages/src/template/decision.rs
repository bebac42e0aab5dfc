//! Into which thread a template message goes, and what changes with it.

use domain::append::{Append, Change, Draft, append, channel, open};
use domain::contact::{ActiveThread, Contact, ContactKey, ContactPatient};
use domain::error::{Error, Result};
use domain::ids::{ThreadNo, ThreadRef};
use domain::patient::Patient;
use domain::thread::{Assignee, Opening, Thread};
use platform::App;
use platform::identity::CareTeam;
use platform::store::append::{Alongside, ContactChange};
use platform::store::{contacts, threads};

use super::Prepared;

/// What the decision is taken on.
pub(super) struct Read {
    /// Who the patient is to WhatsApp; absent for a dummy number.
    key: Option<ContactKey>,
    contact: Option<Contact>,
    /// The sender's open thread with the patient, or the patient's own that nobody has taken yet.
    pub(super) thread: Option<Thread>,
}

impl Read {
    pub(super) async fn of(app: &App, sender: &CareTeam, patient: &Patient) -> Result<Self> {
        let key = ContactKey::from_phone(&patient.phone_number);
        let own = patient.thread_with(sender.provider());
        let (contact, own) = tokio::try_join!(contact(app, sender, key.as_ref()), thread(app, sender, own))?;
        let thread = match own {
            Some(own) => Some(own),
            None => {
                let waiting = contact.as_ref().and_then(|contact| contact.active);
                let waiting = waiting.filter(|active| active.patient.patient_id == patient.patient_id);
                thread(app, sender, waiting.map(|active| active.thread)).await?
            }
        };
        let is_open_to =
            |thread: &Thread| thread.assigned.as_ref().is_none_or(|assignee| assignee.provider_id == sender.provider());
        Ok(Self { key, contact, thread: thread.filter(is_open_to) })
    }

    pub(super) fn alongside<'a>(&'a self, prepared: &'a Prepared, thread: &Thread) -> Alongside<'a> {
        let patient = &prepared.patient;
        let behind = ContactPatient { organization_id: patient.organization_id, patient_id: patient.patient_id };
        let active = ActiveThread { patient: behind, thread: thread.thread };
        let is_active = self.thread.as_ref().is_some_and(|thread| thread.active);
        let contact = self.key.as_ref().filter(|_| !is_active).map(|key| ContactChange {
            read: self.contact.as_ref(),
            contact: self.contact.clone().unwrap_or_else(|| Contact::new(key.clone())).with_active(active),
            aliases: Vec::new(),
        });
        let earlier = self.contact.as_ref().and_then(|contact| contact.active).map(|active| active.thread);
        let provider = prepared.provider.provider_id;
        let is_known = patient.thread_with(provider) == Some(thread.thread);
        Alongside {
            contact,
            patient: (!is_known).then(|| (patient, patient.with_open_thread(provider, thread.thread))),
            new_patient: None,
            deactivate: earlier.filter(|earlier| !is_active && *earlier != thread.thread),
        }
    }
}

async fn contact(app: &App, sender: &CareTeam, key: Option<&ContactKey>) -> Result<Option<Contact>> {
    match key {
        Some(key) => Ok(contacts::find(app, sender.into(), std::slice::from_ref(key)).await?.contact),
        None => Ok(None),
    }
}

async fn thread(app: &App, sender: &CareTeam, no: Option<ThreadNo>) -> Result<Option<Thread>> {
    match no {
        Some(no) => threads::load(app, sender, ThreadRef::No(no)).await.map(Some),
        None => Ok(None),
    }
}

/// The append that sends the message: to the open thread, or to a new one.
pub(super) fn decide(app: &App, prepared: &Prepared, read: &Read) -> Result<Append> {
    let assignee = Assignee::from(&prepared.provider);
    let draft = Draft {
        author: assignee.author(),
        text: Some(prepared.hydrated.text.clone()),
        media: None,
        template: Some(prepared.hydrated.template.clone()),
        received: None,
    };
    let channel = channel(read.key.is_some(), prepared.patient.demo, app.config.is_live())?;
    if read.contact.as_ref().is_some_and(|contact| contact.opted_out) {
        return Err(Error::Refused {
            code: "recipient_opted_out",
            detail: "This patient asked WhatsApp not to receive messages from us.".to_owned(),
        });
    }
    let taken = read.thread.as_ref().is_some_and(|thread| thread.assigned.is_some());
    let change = Change { drafts: vec![draft], assign: (!taken).then_some(assignee), activate: true };
    match &read.thread {
        Some(thread) => append(thread, change, app.now()),
        None => {
            let opening = Opening { patient: &prepared.patient, contact: read.key.as_ref(), channel };
            let random = (u32::try_from(app.random.bits() >> 32).unwrap_or(u32::MAX), app.random.wide());
            open(Thread::open(opening, random, app.now()), change, app.now())
        }
    }
}
