//! `Audit`: `pk = PATIENT#<patient>`, `sk = <milliseconds>#<random>`. Who did what to whose record; append only.

use domain::audit::AuditEntry;
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, PatientId};
use domain::page::bad_cursor;
use serde::Deserialize;

use super::transaction::{Mark, Transaction};
use super::{Item, Query, item, key, row, text};
use crate::App;
use crate::identity::{Administrator, PatientAccount};
use crate::store::accounts;

/// Digits of a moment and of the random part of a sort key.
const KEY_LENGTH: usize = 13 + 1 + 16;

fn entry_key(patient: PatientId, sort: &str) -> Item {
    key(format!("PATIENT#{patient}"), sort)
}

/// Puts an entry into the transaction of what it tells of.
pub(super) fn put(app: &App, transaction: &mut Transaction, entry: &AuditEntry) -> Result<()> {
    let sort = format!("{:013}#{:016x}", entry.at.millis(), app.random.bits());
    transaction.put_new(Mark::Row, &app.store.tables.audit, item(entry_key(entry.patient_id, &sort), entry)?)
}

/// An entry with the cursor behind it.
#[derive(Debug, Deserialize)]
pub struct Listed {
    /// The cursor.
    #[serde(rename = "sk")]
    pub cursor: String,
    /// The entry.
    #[serde(flatten)]
    pub entry: AuditEntry,
}

/// Which part of the entries is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Only what was written before this cursor.
    pub before: Option<&'a str>,
    /// At most so many.
    pub limit: u32,
}

/// What was written down about the caller's own record and is told to them, newest first, and whether there is more.
///
/// # Errors
/// [`Error::Invalid`] for a cursor that is none.
pub async fn of_own(app: &App, patient: &PatientAccount, wanted: Wanted<'_>) -> Result<(Vec<Listed>, bool)> {
    match accounts::of_patient(app, patient).await? {
        Some(known) => told(app, (known.organization_id, known.patient_id), wanted).await,
        None => Ok((Vec::new(), false)),
    }
}

/// A page of what is told to the patient, from as many pages of the table as it takes.
async fn told(app: &App, record: (OrganizationId, PatientId), wanted: Wanted<'_>) -> Result<(Vec<Listed>, bool)> {
    let most = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let mut before = wanted.before.map(ToOwned::to_owned);
    let mut told: Vec<Listed> = Vec::new();
    loop {
        let (entries, more) = page(app, record, Wanted { before: before.as_deref(), ..wanted }).await?;
        before = entries.last().map(|listed| listed.cursor.clone());
        told.extend(entries.into_iter().filter(|listed| listed.entry.action.is_told_to_patient()));
        if told.len() > most || !more {
            let is_cut = told.len() > most;
            told.truncate(most);
            return Ok((told, is_cut));
        }
    }
}

/// What was written down about a patient of an organisation that the administrator may see, newest first.
///
/// # Errors
/// [`Error::NotFound`] for a patient of another organisation.
pub async fn of_patient(
    app: &App,
    administrator: &Administrator,
    (organization, patient): (OrganizationId, PatientId),
    wanted: Wanted<'_>,
) -> Result<(Vec<Listed>, bool)> {
    administrator.may_see(organization)?;
    page(app, (organization, patient), wanted).await
}

async fn page(
    app: &App,
    (organization, patient): (OrganizationId, PatientId),
    wanted: Wanted<'_>,
) -> Result<(Vec<Listed>, bool)> {
    let is_key =
        |raw: &&str| raw.len() == KEY_LENGTH && raw.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'#');
    let before = wanted.before.map(|raw| Some(raw).filter(is_key).ok_or_else(bad_cursor)).transpose()?;
    let page = app.store.query(Query {
        table: &app.store.tables.audit,
        index: None,
        partition: ("pk", text(format!("PATIENT#{patient}"))),
        between: None,
        ascending: false,
        limit: wanted.limit,
        after: before.map(|sort| entry_key(patient, sort)),
    });
    let page = page.await?;
    let entries = page.items.into_iter().map(row).collect::<Result<Vec<Listed>>>()?;
    match entries.iter().all(|listed| listed.entry.organization_id == organization) {
        true => Ok((entries, page.next.is_some())),
        false => Err(Error::NotFound),
    }
}
