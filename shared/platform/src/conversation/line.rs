//! Who is at the other end of a patient's thread, and making a thread the one that their next message comes to.

use domain::append::{Append, Expected};
use domain::contact::{ActiveThread, Contact, ContactKey, ContactPatient};
use domain::error::Result;
use domain::patient::Patient;
use domain::thread::Thread;

use crate::App;
use crate::identity::Reader;
use crate::store::append::{Alongside, ContactChange};
use crate::store::contacts;

/// A patient as WhatsApp knows them.
#[derive(Debug, Default)]
pub struct Line {
    /// Their identity; absent for a dummy number.
    pub key: Option<ContactKey>,
    /// What is known of it.
    pub contact: Option<Contact>,
}

impl Line {
    /// The line of a patient.
    ///
    /// # Errors
    /// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
    pub async fn of(app: &App, reader: Reader<'_>, patient: &Patient) -> Result<Self> {
        let key = patient.contact_key();
        let contact = match &key {
            Some(key) => contacts::find(app, reader, std::slice::from_ref(key)).await?.contact,
            None => None,
        };
        Ok(Self { key, contact })
    }

    /// The line of a thread.
    ///
    /// # Errors
    /// As [`Line::of`].
    pub async fn of_thread(app: &App, reader: Reader<'_>, thread: &Thread) -> Result<Self> {
        let contact = match &thread.contact {
            Some(key) => Some(contacts::load(app, reader, key).await?),
            None => None,
        };
        Ok(Self { key: contact.as_ref().map(|contact| contact.key.clone()), contact })
    }

    /// What must change so that the contact's next message comes to the thread that an append makes the active one; nothing when
    /// the append does not, or when it comes there already.
    #[must_use]
    pub fn alongside(&self, append: &Append) -> Alongside<'_> {
        let thread = &append.thread;
        let was_active = matches!(&append.expected, Expected::Thread(read) if read.active);
        let Some(key) = self.key.as_ref().filter(|_| thread.active && !was_active) else { return Alongside::default() };
        let patient = ContactPatient { organization_id: thread.organization_id, patient_id: thread.patient_id };
        let active = ActiveThread { patient, thread: thread.thread };
        let contact = self.contact.clone().unwrap_or_else(|| Contact::new(key.clone())).with_active(active);
        let earlier = self.contact.as_ref().and_then(|contact| contact.active).map(|active| active.thread);
        Alongside {
            contact: Some(ContactChange { read: self.contact.as_ref(), contact, aliases: Vec::new(), joined: &[] }),
            // The thread was read as not active and the contact, later, as active in it: another request was in between.
            deactivate: earlier.filter(|earlier| *earlier != thread.thread),
            ..Alongside::default()
        }
    }
}
