//! `Records`: `pk = ORG#<organization>`, `sk = PATIENT#<id>` for the patient; `pk = PATIENT#<id>`, `sk = OWNER` for the
//! organisation of a patient; `pk = PHONE#<organization>#<phone>`, `sk = NAME#<name>` for finding one again.

use domain::error::{Error, Result};
use domain::ids::{OrganizationId, PatientId};
use domain::page::bad_cursor;
use domain::patient::Patient;
use domain::phone::PhoneNumber;
use serde::{Deserialize, Serialize};

use super::append::ContactChange;
use super::guards::{self, Guard, KeptBy};
use super::retry::Attempt;
use super::transaction::{Mark, Transaction};
use super::{Item, Query, contacts, item, key, row, text, versions};
use crate::App;
use crate::identity::{CareTeam, Operator, Reader};

#[derive(Debug, Serialize, Deserialize)]
struct Owner {
    organization_id: OrganizationId,
}

#[derive(Debug, Serialize, Deserialize)]
struct Named {
    patient_id: PatientId,
}

fn patient_key(organization: OrganizationId, id: PatientId) -> Item {
    key(format!("ORG#{organization}"), format!("PATIENT#{:016}", id.get()))
}

fn owner_key(id: PatientId) -> Item {
    key(format!("PATIENT#{id}"), "OWNER")
}

fn name_row_key(organization: OrganizationId, phone: &PhoneNumber, name_key: &str) -> Item {
    key(format!("PHONE#{organization}#{phone}"), format!("NAME#{name_key}"))
}

/// A patient of the caller's organisation.
///
/// # Errors
/// [`Error::NotFound`] when the organisation has no such patient.
pub async fn load(app: &App, caller: &CareTeam, id: PatientId) -> Result<Patient> {
    find(app, caller.organization(), id).await?.ok_or(Error::NotFound)
}

/// The patient to whom a contact's message belongs.
///
/// # Errors
/// [`Error::Internal`] when the row is gone: patients are never deleted.
pub async fn load_behind_contact(
    app: &App,
    reader: Reader<'_>,
    organization: OrganizationId,
    id: PatientId,
) -> Result<Patient> {
    reader.may_see(organization)?;
    find(app, organization, id).await?.ok_or(Error::Internal)
}

/// A patient of an organisation for which the operator acts.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn load_for_operator(app: &App, operator: &Operator, id: PatientId) -> Result<Patient> {
    let owner: Option<Owner> = app.store.get(&app.store.tables.records, owner_key(id)).await?;
    let organization = owner.ok_or(Error::NotFound)?.organization_id;
    operator.acts_for(organization)?;
    find(app, organization, id).await?.ok_or(Error::NotFound)
}

async fn find(app: &App, organization: OrganizationId, id: PatientId) -> Result<Option<Patient>> {
    app.store.get(&app.store.tables.records, patient_key(organization, id)).await
}

/// The patient of the caller's organisation with this phone number and name.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Internal`] when the table does not answer.
pub async fn find_named(app: &App, caller: &CareTeam, phone: &PhoneNumber, name_key: &str) -> Result<Option<Patient>> {
    let organization = caller.organization();
    let named: Option<Named> =
        app.store.get(&app.store.tables.records, name_row_key(organization, phone, name_key)).await?;
    match named {
        Some(named) => find(app, organization, named.patient_id).await,
        None => Ok(None),
    }
}

/// A page of the organisation's patients, and the cursor of the next.
///
/// # Errors
/// [`Error::Invalid`] for a cursor that is none.
pub async fn page(
    app: &App,
    caller: &CareTeam,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Patient>, Option<String>)> {
    let organization = caller.organization();
    let after = cursor.map(|text| text.parse::<PatientId>().map_err(|_| bad_cursor())).transpose()?;
    let page = app.store.query(Query {
        table: &app.store.tables.records,
        index: None,
        partition: ("pk", text(format!("ORG#{organization}"))),
        between: Some(("sk", text("PATIENT#"), text("PATIENT#~"))),
        ascending: true,
        limit,
        after: after.map(|id| patient_key(organization, id)),
    });
    let page = page.await?;
    let patients = page.items.into_iter().map(row).collect::<Result<Vec<Patient>>>()?;
    let next = page.next.and_then(|_| patients.last().map(|last| last.patient_id.to_string()));
    Ok((patients, next))
}

/// How a patient came to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// By this request.
    Now,
    /// By an earlier request with the same guard.
    Before {
        /// The patient.
        patient: PatientId,
        /// Whether that request brought the patient into being.
        created: bool,
    },
}

/// Keeps a new patient, or a change of one that was read, once.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`], [`Error::Unconfirmed`] as in [`super::append::keep`].
pub async fn keep(app: &App, write: PatientWrite<'_>, guard: &Guard) -> Result<Attempt<Entered>> {
    let mut transaction = Transaction::default();
    let table = &app.store.tables.records;
    let (patient, fresh) = match write {
        PatientWrite::New { patient, contact } => {
            put(app, &mut transaction, patient)?;
            if let Some(change) = contact {
                contacts::write(&mut transaction, table, change)?;
            }
            (patient, true)
        }
        PatientWrite::Change { read, patient } => {
            self::write(app, &mut transaction, read, patient)?;
            (patient, false)
        }
        PatientWrite::Nothing { .. } if !guard.is_from_client() => return Ok(Attempt::Done(Entered::Now)),
        PatientWrite::Nothing { patient } => (patient, false),
    };
    let pointer = guard.pointer(patient.patient_id.get(), fresh);
    match guards::keep(app, transaction, (guard, pointer)).await? {
        Attempt::Done(by) => entered(&by).map(Attempt::Done),
        Attempt::Raced => Ok(Attempt::Raced),
    }
}

/// What is kept about a patient.
#[derive(Debug)]
pub enum PatientWrite<'a> {
    /// A new patient, with the contact behind the phone.
    New {
        /// The patient.
        patient: &'a Patient,
        /// The contact.
        contact: Option<&'a ContactChange<'a>>,
    },
    /// A change.
    Change {
        /// As it was read.
        read: &'a Patient,
        /// As it will be.
        patient: &'a Patient,
    },
    /// Nothing, because everything is so already; only the client's key is used up.
    Nothing {
        /// As it is.
        patient: &'a Patient,
    },
}

/// What an earlier request with the same guard kept, if there was one.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`] when the guard belongs to another body.
pub async fn entered_before(app: &App, guard: &Guard) -> Result<Option<Entered>> {
    guards::kept_before(app, guard).await?.map(|by| entered(&by)).transpose()
}

fn entered(by: &KeptBy) -> Result<Entered> {
    match by {
        KeptBy::Us => Ok(Entered::Now),
        KeptBy::Earlier(pointer) => {
            let patient = PatientId::new(pointer.id).ok_or(Error::Internal)?;
            Ok(Entered::Before { patient, created: pointer.fresh })
        }
    }
}

/// Puts a new patient with the rows that find them again.
pub(super) fn put(app: &App, transaction: &mut Transaction, patient: &Patient) -> Result<()> {
    let table = &app.store.tables.records;
    let (organization, id) = (patient.organization_id, patient.patient_id);
    let name_row = match patient.phone_number.is_dummy() {
        // A dummy number is drawn at random: nobody else may have it, whatever their name.
        true => key(format!("PHONE#{}", patient.phone_number), "DUMMY"),
        false => name_row_key(organization, &patient.phone_number, &patient.name_key()),
    };
    transaction.put_new(Mark::Name, table, item(name_row, &Named { patient_id: id })?)?;
    transaction.put_new(Mark::Row, table, item(patient_key(organization, id), patient)?)?;
    transaction.put_new(Mark::Row, table, item(owner_key(id), &Owner { organization_id: organization })?)?;
    versions::bump_patients(app, transaction, organization)
}

/// Puts a changed patient over the version that was read.
pub(super) fn write(app: &App, transaction: &mut Transaction, read: &Patient, patient: &Patient) -> Result<()> {
    let row = item(patient_key(patient.organization_id, patient.patient_id), patient)?;
    transaction.put_over(&app.store.tables.records, row, read.version)?;
    versions::bump_patients(app, transaction, patient.organization_id)
}
