//! `Audit`: `pk = PATIENT#<patient>`, `sk = <milliseconds>#<random>`. Who did what to whose record; append only.

use domain::audit::AuditEntry;
use domain::error::Result;

use super::transaction::{Mark, Transaction};
use super::{item, key};
use crate::App;

/// Puts an entry into the transaction of what it tells of.
pub(super) fn put(app: &App, transaction: &mut Transaction, entry: &AuditEntry) -> Result<()> {
    let sort = format!("{:013}#{:016x}", entry.at.millis(), app.random.bits());
    let key = key(format!("PATIENT#{}", entry.patient_id), sort);
    transaction.put_new(Mark::Row, &app.store.tables.audit, item(key, entry)?)
}
