//! Contacts: the people at the other end of WhatsApp, by phone number or by business-scoped user id.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::assessment::Command;
use crate::ids::{OrganizationId, PatientId, ThreadNo};
use crate::phone::PhoneNumber;
use crate::time::Timestamp;

/// The identity under which a contact is stored: `wa:<digits>` or `bsuid:<id>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactKey(String);

impl ContactKey {
    /// The key for the digits of a phone number or `wa_id`.
    #[must_use]
    pub fn from_wa_digits(digits: &str) -> Self {
        Self(format!("wa:{digits}"))
    }

    /// The key for a phone number; none for a dummy number, which therefore has no channel at all.
    #[must_use]
    pub fn from_phone(phone: &PhoneNumber) -> Option<Self> {
        (!phone.is_dummy()).then(|| Self::from_wa_digits(phone.digits()))
    }

    /// The key for a business-scoped user id.
    #[must_use]
    pub fn from_bsuid(bsuid: &Bsuid) -> Self {
        Self(format!("bsuid:{}", bsuid.0))
    }

    /// The stored spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How the Graph API is told whom to reach.
    #[must_use]
    pub fn recipient(&self) -> Recipient<'_> {
        match self.0.split_once(':') {
            Some(("bsuid", id)) => Recipient::Bsuid(id),
            Some((_, digits)) => Recipient::Phone(digits),
            None => Recipient::Phone(&self.0),
        }
    }
}

impl fmt::Display for ContactKey {
    /// Prints no digits: this may end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("contact")
    }
}

/// A recipient in a send request: `to` or, since mid-2026, `recipient`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient<'a> {
    /// Digits of an E.164 number.
    Phone(&'a str),
    /// A business-scoped user id.
    Bsuid(&'a str),
}

/// A business-scoped user id, for example `US.13491208655302741918`: two letters, a dot, up to 128 letters or digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bsuid(String);

impl Bsuid {
    /// The id, if the text has its form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (country, id) = text.split_once('.')?;
        let country_fits = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        let id_fits = (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        (country_fits && id_fits).then(|| Self(text.to_owned()))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A contact: who they are to us, and what WhatsApp's rules need to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The identity under which it is stored.
    pub key: ContactKey,
    /// The patients who share this identity: a family phone has several (contract A-23).
    #[serde(default)]
    pub patients: Vec<ContactPatient>,
    /// Where the next message of this contact goes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub active: Option<ActiveThread>,
    /// Their other identities that are stored as aliases.
    #[serde(default)]
    pub aliases: Vec<ContactKey>,
    /// Under which identity they are reached, since they changed their number; the key when left out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moved_to: Option<ContactKey>,
    /// When they last wrote, by WhatsApp's own time stamp; the 24-hour window counts from it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_inbound_at: Option<Timestamp>,
    /// Up to when the pair's allowance is used (see [`crate::pacing`]).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paid_until: Option<Timestamp>,
    /// They asked WhatsApp never to hear from us again (131050).
    #[serde(default)]
    pub opted_out: bool,
    /// When they wrote that they want no automatic messages.
    #[serde(rename = "stopped_at", skip_serializing_if = "Option::is_none", default)]
    pub stopped: Option<Timestamp>,
    /// Counts the changes of this row.
    pub version: u32,
}

/// A patient behind a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPatient {
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The patient.
    pub patient_id: PatientId,
}

/// The thread to which a contact's next message belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActiveThread {
    /// The patient who was messaged most recently.
    pub patient: ContactPatient,
    /// The thread.
    pub thread: ThreadNo,
}

impl Contact {
    /// A contact of whom nothing is known but the identity.
    #[must_use]
    pub fn new(key: ContactKey) -> Self {
        Self {
            key,
            patients: Vec::new(),
            active: None,
            aliases: Vec::new(),
            moved_to: None,
            last_inbound_at: None,
            paid_until: None,
            opted_out: false,
            stopped: None,
            version: 0,
        }
    }

    /// Whom a send request names.
    #[must_use]
    pub fn recipient(&self) -> &ContactKey {
        self.moved_to.as_ref().unwrap_or(&self.key)
    }

    /// This contact after WhatsApp told of a new number.
    #[must_use]
    pub fn with_number(&self, to: ContactKey) -> Self {
        let mut contact = self.clone();
        contact.moved_to = Some(to);
        contact.version += 1;
        contact
    }

    /// Whether several patients share this identity.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.patients.len() > 1
    }

    /// This contact with a patient known behind it.
    #[must_use]
    pub fn with_patient(mut self, patient: ContactPatient) -> Self {
        if !self.patients.contains(&patient) {
            self.patients.push(patient);
        }
        self.version += 1;
        self
    }

    /// This contact with its next message going to `active`.
    #[must_use]
    pub fn with_active(self, active: ActiveThread) -> Self {
        let mut contact = self.with_patient(active.patient);
        contact.active = Some(active);
        contact
    }

    /// This contact after a word that switches automatic messages.
    #[must_use]
    pub fn with_command(mut self, command: Option<Command>, now: Timestamp) -> Self {
        self.stopped = match command {
            Some(Command::Stop) => self.stopped.or(Some(now)),
            Some(Command::Start) => None,
            None => self.stopped,
        };
        self
    }

    /// Whether check-ins must not be sent to them.
    #[must_use]
    pub fn wants_no_check_ins(&self) -> bool {
        self.opted_out || self.stopped.is_some()
    }

    /// This contact after it turned out that `other` is the same person under another identity: where the next message goes, what
    /// was asked of us and what the rules of WhatsApp count are those of both.
    #[must_use]
    pub fn joined_with(mut self, other: &Self) -> Self {
        self.active = self.active.or(other.active);
        self.aliases.push(other.key.clone());
        self.aliases.extend(other.aliases.iter().cloned());
        self.last_inbound_at = self.last_inbound_at.max(other.last_inbound_at);
        self.opted_out |= other.opted_out;
        self.stopped = self.stopped.or(other.stopped);
        self.version += 1;
        self
    }

    /// The patient to whom an inbound message belongs: the one messaged most recently, else the one entered first.
    #[must_use]
    pub fn addressee(&self) -> Option<ContactPatient> {
        self.active.map(|active| active.patient).or_else(|| self.patients.first().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bsuid_has_a_country_and_an_id() {
        assert!(Bsuid::parse("US.13491208655302741918").is_some());
        for text in ["", "US.", "us.1", "USA.1", "US.1 2", "US1", &format!("US.{}", "1".repeat(129))] {
            assert!(Bsuid::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_dummy_number_has_no_channel() {
        assert_eq!(ContactKey::from_phone(&PhoneNumber::dummy(1)), None);
    }

    #[test]
    fn the_key_names_the_recipient_and_prints_nothing() {
        let key = ContactKey::from_wa_digits("2348012345678");
        assert_eq!(key.recipient(), Recipient::Phone("2348012345678"));
        assert_eq!(key.to_string(), "contact");
        let bsuid = Bsuid::parse("US.1").unwrap();
        assert_eq!(ContactKey::from_bsuid(&bsuid).recipient(), Recipient::Bsuid("US.1"));
    }
}
