//! The people at the other end: patients whom a doctor entered, strangers who write first, and how they write.

use std::time::Duration;

use domain::contact::{Bsuid, Contact, ContactKey, ContactPatient, Recipient};
use domain::ids::{PatientId, UserId};
use domain::inbound::{Inbound, Sender};
use domain::patient::{Patient, PatientIds};
use domain::phone::PhoneNumber;
use domain::text::{MessageText, PersonName};
use domain::time::Timestamp;
use domain::wamid::Wamid;

use crate::counters::Count;
use crate::session::{SESSIONS, session_at, start_of};
use crate::webhook::Event;
use crate::world::{BEGINNING, World, organization};

/// Somebody with a phone.
#[derive(Debug)]
pub(crate) struct Person {
    /// Their number in digits, as WhatsApp writes it.
    pub(crate) digits: String,
    /// Their business-scoped user id, when WhatsApp gives one.
    bsuid: Option<Bsuid>,
    /// The patient, when a doctor entered them before the world began.
    pub(crate) patient: Option<PatientId>,
}

/// So many patients whom a doctor entered, then so many strangers.
pub(crate) fn people(known: u64, strangers: u64) -> Vec<Person> {
    let person = |number: u64| Person {
        digits: format!("23480{number:08}"),
        // A stranger may be known to WhatsApp by a user id, and then at times by that alone.
        bsuid: if number >= known && number.is_multiple_of(2) { Bsuid::parse(&format!("NG.{number}")) } else { None },
        patient: if number < known { PatientId::new(number + 1) } else { None },
    };
    (0..known + strangers).map(person).collect()
}

/// Whom a recipient is.
pub(crate) fn whom(key: &ContactKey) -> Option<usize> {
    match key.recipient() {
        Recipient::Phone(digits) => digits.strip_prefix("23480")?.parse().ok(),
        Recipient::Bsuid(id) => id.strip_prefix("NG.")?.parse().ok(),
    }
}

/// The rows of a patient whom a doctor entered.
pub(crate) fn entered(person: &Person) -> Option<(Patient, Contact)> {
    let patient_id = person.patient?;
    let phone_number = PhoneNumber::from_wa_digits(&person.digits)?;
    let behind = ContactPatient { organization_id: organization(), patient_id };
    let contact = Contact::new(ContactKey::from_phone(&phone_number)?).with_patient(behind);
    let user_id = UserId::from_random(patient_id.get());
    let ids = PatientIds { patient_id, user_id, organization_id: organization() };
    let name = PersonName::parse("first_name", &format!("Patient {patient_id}")).ok()??;
    Some((Patient::new(ids, phone_number, (name, None), BEGINNING), contact))
}

impl World {
    /// Somebody writes: one message, or several at once, in one webhook or in one each.
    pub(crate) fn writes(&self, person: usize) {
        self.whatsapp().hears(person, self.now());
        let is_first = !self.history().writers.insert(person);
        let several = if self.chance(if is_first { 200 } else { 700 }) { self.between(2, 4) } else { 1 };
        let events: Vec<Event> = (0..several).filter_map(|_| self.message_of(person)).collect();
        // Meta delivers most messages at once, and some much later.
        let wait = if self.chance(30) { self.millis(10_000, 90_000) } else { self.millis(50, 900) };
        if several > 1 && self.chance(250) {
            self.webhook(wait, events);
            return;
        }
        if several > 1 {
            self.count(Count::Albums);
        }
        for event in events {
            let apart = self.millis(0, 6);
            self.webhook(wait + apart, vec![event]);
        }
    }

    fn message_of(&self, person: usize) -> Option<Event> {
        self.count(Count::InboundMessages);
        let mut history = self.history();
        history.written += 1;
        let number = history.written;
        drop(history);
        let inbound = Inbound {
            wamid: Wamid::parse(&format!("in#{number}#"))?,
            sender: self.sender(person)?,
            text: MessageText::received("Good morning"),
            media: None,
            // WhatsApp counts whole seconds.
            sent_at: Timestamp::from_seconds(self.now().seconds()),
        };
        Some(Event::Message { number, person, inbound: Box::new(inbound) })
    }

    fn sender(&self, person: usize) -> Option<Sender> {
        let person = self.people.get(person)?;
        let is_by_id_alone = person.bsuid.is_some() && self.chance(330);
        let wa_id = (!is_by_id_alone).then(|| person.digits.clone());
        Some(Sender { wa_id, bsuid: person.bsuid.clone(), profile_name: Some("Somebody".to_owned()) })
    }

    /// Somebody got a message, and may answer. A third of the people is silent in each session, so that windows close.
    pub(crate) fn may_answer(&self, person: usize) {
        let session = session_at(self.now());
        let is_silent = (person + session).is_multiple_of(3);
        if !is_silent && self.chance(220) {
            let wait = self.millis(1_000, 60_000);
            self.spawn_after(wait, move |world| async move { world.writes(person) });
        }
    }
}

/// Strangers come by all the time, and patients write of their own accord.
pub(crate) async fn write_first(world: World) {
    for session in 0..SESSIONS {
        world.kernel.sleep_until(start_of(session)).await;
        for (number, person) in world.people.iter().enumerate() {
            let comes_now = if person.patient.is_some() { world.chance(400) } else { number % SESSIONS == session };
            if comes_now {
                let wait = world.millis(100, 150_000);
                world.spawn_after(wait, move |world| async move { world.writes(number) });
            }
        }
        world.kernel.sleep(Duration::from_mins(5)).await;
    }
}
