//! Threads: the conversation between a patient and whoever answers.

use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::caller::ProviderRole;
use crate::care::Care;
use crate::contact::ContactKey;
use crate::delivery::Channel;
use crate::ids::{OrganizationId, PatientId, ProviderId, PublicId, SectionId, Seq, ThreadNo, UserId};
use crate::message::Author;
use crate::patient::Patient;
use crate::phone::PhoneNumber;
use crate::provider::Provider;
use crate::time::Timestamp;

/// The provider who answers a thread, by the name they had when they took it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignee {
    /// The provider.
    pub provider_id: ProviderId,
    /// The display name.
    pub name: String,
    /// Doctor or human staff.
    pub role: ProviderRole,
}

impl Assignee {
    /// The author of what this provider writes.
    #[must_use]
    pub fn author(&self) -> Author {
        match self.role {
            ProviderRole::Doctor => Author::Doctor { provider_id: self.provider_id },
            ProviderRole::HumanStaff => Author::Staff { provider_id: self.provider_id },
        }
    }
}

impl From<&Provider> for Assignee {
    fn from(provider: &Provider) -> Self {
        Self { provider_id: provider.provider_id, name: provider.name.as_str().to_owned(), role: provider.role }
    }
}

/// A thread as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The random number, and the integer id on the wire.
    pub thread: ThreadNo,
    /// The UUID on the wire.
    pub public_id: PublicId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// The patient.
    pub patient_id: PatientId,
    /// The patient's user account.
    pub user_id: UserId,
    /// The patient's name.
    pub patient_name: String,
    /// The patient's phone number.
    pub patient_phone: PhoneNumber,
    /// Whom WhatsApp reaches; absent when nothing does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact: Option<ContactKey>,
    /// The section in which it is held; its therapists see it, and nobody else of the organisation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<SectionId>,
    /// The account of the patient who reads and writes it in an app.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<Account>,
    /// What the patient called it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Who entered the patient.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entered_by: Option<ProviderId>,
    /// What carries its messages out.
    pub channel: Channel,
    /// Who answers it, and what is due.
    #[serde(default)]
    pub care: Care,
    /// Counts the changes of `care`; a write that was decided on it compares it.
    #[serde(default)]
    pub revision: u32,
    /// Whether the contact's next message comes here.
    #[serde(default)]
    pub active: bool,
    /// The patient asked WhatsApp never to hear from us again, which a message of this thread was told.
    #[serde(default)]
    pub opted_out: bool,
    /// The number of the last message.
    pub last_seq: Seq,
    /// The number of the patient's last message.
    #[serde(default)]
    pub last_in: Seq,
    /// How many messages the patient has written.
    #[serde(default)]
    pub inbound: u32,
    /// The number of the last answer to the patient.
    #[serde(default)]
    pub last_out: Seq,
    /// Up to here every outbound message is decided.
    #[serde(default)]
    pub delivered_through: Seq,
    /// When the patient last wrote in this thread, by WhatsApp's time stamp.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_inbound_at: Option<Timestamp>,
    /// When the last message was written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_message_at: Option<Timestamp>,
    /// Counts every change that a reader can see; the ETag.
    #[serde(default)]
    pub version: u64,
    /// When the version last grew.
    pub changed: Timestamp,
    /// When it was opened.
    pub created: Timestamp,
    /// When the last message came; moves by at least a second with every message.
    pub updated: Timestamp,
}

/// What a new thread is about.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// The patient.
    pub patient: &'a Patient,
    /// Whom WhatsApp reaches, when anything does.
    pub contact: Option<&'a ContactKey>,
    /// What carries its messages out.
    pub channel: Channel,
}

impl Thread {
    /// What a check-in asked the patient, when nobody has written to them since: what a bare number answers.
    #[must_use]
    pub fn asked(&self) -> Option<&str> {
        let check_in = &self.care.task.as_ref()?.check_in;
        check_in.asked.filter(|asked| self.last_out < *asked)?;
        check_in.summary.as_deref()
    }

    /// As [`Thread::asked`], for a message that is there already: what was asked before it.
    #[must_use]
    pub fn asked_before(&self, seq: Seq) -> Option<&str> {
        let asked = self.care.task.as_ref()?.check_in.asked?;
        self.asked().filter(|_| asked < seq)
    }

    /// Whether it is held in an app alone: nothing carries its messages out, and whoever reads it finds them there.
    #[must_use]
    pub fn is_in_app(&self) -> bool {
        self.channel == Channel::InApp
    }

    /// An empty thread, from 160 random bits.
    #[must_use]
    pub fn open(opening: Opening<'_>, random: (u32, u128), now: Timestamp) -> Self {
        let thread = ThreadNo::from_random(random.0);
        Self {
            thread,
            public_id: PublicId::new(thread, random.1),
            organization_id: opening.patient.organization_id,
            patient_id: opening.patient.patient_id,
            user_id: opening.patient.user_id,
            patient_name: opening.patient.full_name(),
            patient_phone: opening.patient.phone_number.clone(),
            contact: opening.contact.cloned(),
            section: None,
            account: None,
            title: None,
            entered_by: opening.patient.added_by,
            channel: opening.channel,
            care: Care::default(),
            revision: 0,
            active: false,
            opted_out: false,
            last_seq: Seq::START,
            last_in: Seq::START,
            inbound: 0,
            last_out: Seq::START,
            delivered_through: Seq::START,
            last_inbound_at: None,
            last_message_at: None,
            version: 0,
            changed: now,
            created: now,
            updated: now,
        }
    }

    /// Whether the patient waits for an answer. Such a thread is never hidden by a list's window (contract A-13).
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.last_in > self.last_out
    }

    /// Whether somebody must look at it: the patient waits, or an alert is open.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        self.awaits_answer() || self.care.alerts.open > 0
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A thread with seven messages, the last of them the patient's.
    pub(crate) fn thread() -> Thread {
        let no = ThreadNo::from_random(5);
        Thread {
            thread: no,
            public_id: PublicId::new(no, 6),
            organization_id: OrganizationId::from_random(21),
            patient_id: PatientId::from_random(123),
            user_id: UserId::from_random(456),
            patient_name: "John Doe".into(),
            patient_phone: PhoneNumber::dummy(1),
            contact: None,
            section: None,
            account: None,
            title: None,
            entered_by: None,
            channel: Channel::Whatsapp,
            care: Care::default(),
            revision: 0,
            active: false,
            opted_out: false,
            last_seq: Seq::START.next(),
            last_in: Seq::START.next(),
            inbound: 1,
            last_out: Seq::START,
            delivered_through: Seq::START,
            last_inbound_at: None,
            last_message_at: None,
            version: 7,
            changed: Timestamp::from_seconds(0),
            created: Timestamp::from_seconds(0),
            updated: Timestamp::from_seconds(100),
        }
    }
}
