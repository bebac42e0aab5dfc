//! `Audit`: `pk = PATIENT#<patient>`, `sk = <milliseconds>#<random>`. Who did what to whose record; append only.

use std::collections::BTreeMap;

use domain::audit::{AuditDraft, AuditEntry};
use domain::error::{Error, Result};
use domain::ids::{OrganizationId, PatientId};
use domain::page::bad_cursor;
use domain::thread::Thread;
use serde::Deserialize;

use super::providers::written;
use super::transaction::{Mark, Transaction};
use super::{Item, Query, accounts, item, key, row, sections, text};
use crate::App;
use crate::identity::{Administrator, Memberships, PatientAccount};

/// Entries that are read at once when not all of them are shown.
const PAGE: u32 = 200;
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

/// Writes down that somebody looked at something about a thread.
///
/// # Errors
/// [`Error::Busy`] or [`Error::Unconfirmed`] when it cannot be written: nothing is shown then.
pub(super) async fn note(app: &App, thread: &Thread, draft: AuditDraft) -> Result<()> {
    let mut transaction = Transaction::default();
    put(app, &mut transaction, &AuditEntry::of(thread, draft, app.now()))?;
    written(&transaction.insist(app).await?)
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

/// As [`of_own`], for a subject: in every organisation that one of their sections belongs to.
///
/// # Errors
/// As [`of_own`].
pub async fn of_memberships(app: &App, memberships: &Memberships, wanted: Wanted<'_>) -> Result<(Vec<Listed>, bool)> {
    let mut organizations = BTreeMap::new();
    for subject in sections::of_memberships(app, memberships).await? {
        organizations.insert(subject.organization(), subject);
    }
    let (mut entries, mut more) = (Vec::new(), false);
    for (organization, subject) in organizations {
        if let Some(known) = accounts::of_subject(app, &subject, organization).await? {
            let (found, rest) = told(app, (known.organization_id, known.patient_id), wanted).await?;
            entries.extend(found);
            more |= rest;
        }
    }
    // The cursors of all records are moments: the newest of each record are the newest of all.
    entries.sort_unstable_by(|one, other| other.cursor.cmp(&one.cursor));
    let most = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    more |= entries.len() > most;
    entries.truncate(most);
    Ok((entries, more))
}

/// A page of what is told to the patient, from as many pages of the table as it takes.
async fn told(app: &App, record: (OrganizationId, PatientId), wanted: Wanted<'_>) -> Result<(Vec<Listed>, bool)> {
    let most = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let mut before = wanted.before.map(ToOwned::to_owned);
    let mut told: Vec<Listed> = Vec::new();
    loop {
        let (entries, more) = page(app, record, Wanted { before: before.as_deref(), limit: PAGE }).await?;
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
