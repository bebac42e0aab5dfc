//! Patients: made by a doctor or by their own first message, found again by phone and name.

use serde::{Deserialize, Serialize};

use crate::contact::ContactKey;
use crate::error::{Error, Result};
use crate::ids::{OrganizationId, PatientId, ProviderId, SubscriptionId, ThreadNo, UserId};
use crate::phone::PhoneNumber;
use crate::text::{MessageText, PersonName, name_key, one_line};
use crate::time::Timestamp;
use crate::zone::Zone;

const CONDITIONS_LIMIT: usize = 50;
const CONDITION_LENGTH: usize = 200;
const NOTES_LENGTH: usize = 4000;

/// A patient of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Unique over all organisations.
    pub patient_id: PatientId,
    /// The user account behind the patient.
    pub user_id: UserId,
    /// The tenant.
    pub organization_id: OrganizationId,
    /// A real number, or a dummy one for a patient without a phone.
    pub phone_number: PhoneNumber,
    /// First name; for a patient who wrote first, the name of the WhatsApp profile.
    pub first_name: PersonName,
    /// Last name; absent only for a patient who wrote first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_name: Option<PersonName>,
    /// Chronic conditions, as entered.
    #[serde(default)]
    pub chronic_conditions: Vec<String>,
    /// Free notes of the doctors, in the order in which they came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub notes: Option<String>,
    /// How WhatsApp knows the patient, when it hides the phone number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact: Option<ContactKey>,
    /// Where the patient lives, when it is known; else where their phone number is from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time_zone: Option<Zone>,
    /// The provider who entered the patient.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub added_by: Option<ProviderId>,
    /// The subscription, when there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subscription: Option<Subscription>,
    /// A patient for demonstrations, who is never reached over a real channel.
    #[serde(default)]
    pub demo: bool,
    /// A subject whom only a section knows: in no list of the care team, and not theirs to write to.
    #[serde(default)]
    pub of_section: bool,
    /// The open thread of each provider with this patient, newest last.
    #[serde(default)]
    pub open_threads: Vec<OpenThread>,
    /// Counts the changes of this row.
    pub version: u32,
    /// When the patient was entered.
    pub created: Timestamp,
}

/// First and, when it is known, last name.
pub type Names = (PersonName, Option<PersonName>);

/// The ids of a new patient.
#[derive(Debug, Clone, Copy)]
pub struct PatientIds {
    /// Unique over all organisations.
    pub patient_id: PatientId,
    /// The user account.
    pub user_id: UserId,
    /// The tenant.
    pub organization_id: OrganizationId,
}

impl PatientIds {
    /// Ids of a patient of an organisation, from 128 random bits.
    #[must_use]
    pub fn random(organization_id: OrganizationId, random: (u64, u64)) -> Self {
        Self { patient_id: PatientId::from_random(random.0), user_id: UserId::from_random(random.1), organization_id }
    }
}

/// The thread in which a provider speaks with a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenThread {
    /// The provider.
    pub provider: ProviderId,
    /// The thread.
    pub thread: ThreadNo,
}

/// A patient's subscription, set by the operator's billing (contract I-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its number.
    pub id: SubscriptionId,
    /// Its state.
    pub status: SubscriptionStatus,
}

/// The states that document 000 names (DP-1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    /// Paid and running.
    Active,
    /// Begun, not yet running.
    Pending,
}

impl Patient {
    /// A patient of whom nothing is known but ids, number and name.
    #[must_use]
    pub fn new(ids: PatientIds, phone_number: PhoneNumber, (first_name, last_name): Names, created: Timestamp) -> Self {
        Self {
            patient_id: ids.patient_id,
            user_id: ids.user_id,
            organization_id: ids.organization_id,
            phone_number,
            first_name,
            last_name,
            chronic_conditions: Vec::new(),
            notes: None,
            contact: None,
            time_zone: None,
            added_by: None,
            subscription: None,
            demo: false,
            of_section: false,
            open_threads: Vec::new(),
            version: 1,
            created,
        }
    }

    /// The name that doctors and templates use.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(&self.first_name, self.last_name.as_ref())
    }

    /// The spelling under which this patient is found again beside the phone number (contract A-23).
    #[must_use]
    pub fn name_key(&self) -> String {
        name_key(&self.full_name())
    }

    /// Under which identity WhatsApp reaches the patient; none for a dummy number of whom nothing else is known.
    #[must_use]
    pub fn contact_key(&self) -> Option<ContactKey> {
        ContactKey::from_phone(&self.phone_number).or_else(|| self.contact.clone())
    }

    /// When it is day where the patient is, as far as anybody knows.
    #[must_use]
    pub fn zone(&self, otherwise: &Zone) -> Zone {
        self.time_zone.clone().or_else(|| Zone::of_phone(&self.phone_number)).unwrap_or_else(|| otherwise.clone())
    }

    /// The open thread of a provider with this patient.
    #[must_use]
    pub fn thread_with(&self, provider: ProviderId) -> Option<ThreadNo> {
        self.open_threads.iter().rev().find(|open| open.provider == provider).map(|open| open.thread)
    }

    /// This patient after `provider` opened or took over `thread`; the provider's earlier thread is no longer open.
    #[must_use]
    pub fn with_open_thread(&self, provider: ProviderId, thread: ThreadNo) -> Self {
        let mut patient = self.clone();
        patient.open_threads.retain(|open| open.provider != provider && open.thread != thread);
        patient.open_threads.push(OpenThread { provider, thread });
        patient.version += 1;
        patient
    }
}

fn full_name(first: &PersonName, last: Option<&PersonName>) -> String {
    last.map_or_else(|| first.as_str().to_owned(), |last| format!("{} {}", first.as_str(), last.as_str()))
}

/// What a doctor enters about a patient (PM-1.1), checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientEntry {
    /// Absent when the patient has no phone.
    pub phone_number: Option<PhoneNumber>,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// Chronic conditions without blanks and doubles.
    pub chronic_conditions: Vec<String>,
    /// Notes.
    pub notes: Option<String>,
    /// Where the patient lives.
    pub time_zone: Option<Zone>,
}

impl PatientEntry {
    /// Both names.
    ///
    /// # Errors
    /// The documented text when one is missing or blank.
    pub fn names(first: Option<&str>, last: Option<&str>) -> Result<(PersonName, PersonName)> {
        let first = PersonName::parse("first_name", first.unwrap_or_default())?;
        let last = PersonName::parse("last_name", last.unwrap_or_default())?;
        first.zip(last).ok_or(Error::Documented("first_name and last_name are required."))
    }

    /// The spelling under which the patient is found again.
    #[must_use]
    pub fn name_key(&self) -> String {
        name_key(&full_name(&self.first_name, Some(&self.last_name)))
    }
}

/// Chronic conditions on one line each, without blanks and doubles.
///
/// # Errors
/// [`Error::Invalid`] for more than 50, or for one of more than 200 characters.
pub fn conditions(raw: &[String]) -> Result<Vec<String>> {
    let mut conditions: Vec<String> = Vec::new();
    for entry in raw {
        let line = one_line(entry);
        if line.chars().count() > CONDITION_LENGTH {
            return Err(Error::invalid(
                "chronic_conditions",
                format!("chronic_conditions must have at most {CONDITION_LENGTH} characters each."),
            ));
        }
        if !line.is_empty() && !conditions.iter().any(|known| name_key(known) == name_key(&line)) {
            conditions.push(line);
        }
    }
    if conditions.len() > CONDITIONS_LIMIT {
        return Err(Error::invalid(
            "chronic_conditions",
            format!("chronic_conditions must have at most {CONDITIONS_LIMIT} entries."),
        ));
    }
    Ok(conditions)
}

/// Notes, trimmed.
///
/// # Errors
/// [`Error::Invalid`] for more than 4,000 characters or for control characters.
pub fn notes(raw: &str) -> Result<Option<String>> {
    Ok(MessageText::parse("notes", raw, NOTES_LENGTH)?.map(|notes| notes.as_str().to_owned()))
}

/// A time zone by its IANA name.
///
/// # Errors
/// [`Error::Invalid`] for a name that the time zone database does not have.
pub fn time_zone(raw: &str) -> Result<Zone> {
    let text = "time_zone must be a name of the IANA time zone database, for example Africa/Lagos.";
    Zone::parse(raw).ok_or_else(|| Error::invalid("time_zone", text))
}

/// What an entry adds to a patient who is known: conditions not yet known, its notes below the earlier ones, and for
/// somebody who only ever wrote the names as a doctor spells them and who entered them. `None` when it says nothing new.
#[must_use]
pub fn with_entry(patient: &Patient, entry: &PatientEntry, provider: ProviderId) -> Option<Patient> {
    let mut merged = patient.clone();
    merged.added_by = merged.added_by.or(Some(provider));
    if merged.last_name.is_none() {
        merged.first_name = entry.first_name.clone();
        merged.last_name = Some(entry.last_name.clone());
    }
    if entry.time_zone.is_some() {
        merged.time_zone.clone_from(&entry.time_zone);
    }
    for condition in &entry.chronic_conditions {
        if !merged.chronic_conditions.iter().any(|known| name_key(known) == name_key(condition)) {
            merged.chronic_conditions.push(condition.clone());
        }
    }
    if let Some(new) = &entry.notes {
        merged.notes = match merged.notes.take() {
            Some(old) if old.contains(new.as_str()) => Some(old),
            Some(old) => Some(format!("{old}\n{new}")),
            None => Some(new.clone()),
        };
    }
    if merged == *patient {
        return None;
    }
    merged.version += 1;
    Some(merged)
}

#[cfg(test)]
mod tests;
