//! `Records`: `pk = ACCOUNT#<account>`, `sk = ORG#<organization>`. The patient behind an account.

use domain::account::{Account, KnownAccount};
use domain::error::Result;
use domain::ids::OrganizationId;

use super::transaction::{Mark, Transaction};
use super::{Item, item, key};
use crate::App;
use crate::identity::{PatientAccount, Subject};

fn account_key(account: &Account, organization: OrganizationId) -> Item {
    key(format!("ACCOUNT#{account}"), format!("ORG#{organization}"))
}

/// A change of an account: as it was read, and as it will be.
#[derive(Debug)]
pub struct AccountChange<'a> {
    /// As it was read; absent when there was none.
    pub read: Option<&'a KnownAccount>,
    /// As it will be.
    pub account: &'a KnownAccount,
}

/// What is known of a subject in the organisation of the section.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_subject(app: &App, subject: &Subject, organization: OrganizationId) -> Result<Option<KnownAccount>> {
    app.store.get(&app.store.tables.records, account_key(&subject.account(), organization)).await
}

/// What is known of a patient who reads and writes in an app.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn of_patient(app: &App, patient: &PatientAccount) -> Result<Option<KnownAccount>> {
    let key = account_key(patient.account(), patient.organization());
    app.store.get(&app.store.tables.records, key).await
}

/// Writes a changed account over the version that was read, or puts a new one.
pub(super) fn write(transaction: &mut Transaction, table: &str, change: &AccountChange<'_>) -> Result<()> {
    let AccountChange { read, account } = change;
    let row = item(account_key(&account.account, account.organization_id), account)?;
    match read {
        None => transaction.put_new(Mark::Row, table, row),
        Some(read) => transaction.put_over(table, row, read.version),
    }
}
