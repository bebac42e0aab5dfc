//! `Records`: `pk = SENDER#<phone number id>`, `sk = PAUSE`. Whether anything may be sent: an account error stops the
//! sender for everybody until a person has acted.

use std::time::Duration;

use domain::error::Result;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use super::providers::written;
use super::transaction::Transaction;
use super::{Item, item, key};
use crate::App;
use crate::identity::Machine;

/// After this long one message is tried again.
const PAUSE: Duration = Duration::from_mins(1);

#[derive(Debug, Serialize, Deserialize)]
struct Pause {
    until: Timestamp,
}

fn pause_key(phone_number_id: &str) -> Item {
    key(format!("SENDER#{phone_number_id}"), "PAUSE")
}

/// Whether nothing is sent at present.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn is_paused(app: &App, _: Machine, phone_number_id: &str) -> Result<bool> {
    let pause: Option<Pause> = app.store.get(&app.store.tables.records, pause_key(phone_number_id)).await?;
    Ok(pause.is_some_and(|pause| app.now() < pause.until))
}

/// Stops the sender for a minute.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn pause(app: &App, _: Machine, phone_number_id: &str) -> Result<()> {
    let until = app.now().plus(PAUSE);
    let mut transaction = Transaction::default();
    transaction.put(&app.store.tables.records, item(pause_key(phone_number_id), &Pause { until })?)?;
    written(&transaction.insist(app).await?)
}
