//! A conversation that a patient begins in an app: who they are, and what comes into being with it.

use domain::account::KnownAccount;
use domain::delivery::Channel;
use domain::error::Result;
use domain::patient::{Patient, PatientIds};
use domain::phone::PhoneNumber;
use domain::text::PersonName;
use domain::thread::{Opening, Thread};

use crate::App;
use crate::identity::PatientAccount;
use crate::store::accounts::{self, AccountChange};
use crate::store::append::Alongside;
use crate::store::patients;

/// A conversation that begins.
#[derive(Debug)]
pub struct Beginning {
    /// The conversation, without a message.
    pub thread: Thread,
    /// The patient.
    pub patient: Patient,
    is_new: bool,
    read: Option<KnownAccount>,
    account: KnownAccount,
}

/// A new conversation of a patient's.
///
/// # Errors
/// [`domain::Error::Busy`] or [`domain::Error::Internal`] when the table does not answer.
pub async fn begin(app: &App, account: &PatientAccount) -> Result<Beginning> {
    let read = accounts::of_patient(app, account).await?;
    let (patient, is_new) = person(app, account, read.as_ref()).await?;
    let opening = Opening { patient: &patient, contact: None, channel: Channel::InApp };
    let thread = Thread {
        account: Some(account.account().clone()),
        ..Thread::open(opening, app.random.for_thread(), app.now())
    };
    let account = KnownAccount::new(account.account().clone(), patient.organization_id, patient.patient_id);
    Ok(Beginning { thread, patient, is_new, read, account })
}

impl Beginning {
    /// What comes into being with the conversation: the patient and the account, when they are new.
    #[must_use]
    pub fn alongside(&self) -> Alongside<'_> {
        Alongside {
            new_patient: self.is_new.then_some(&self.patient),
            account: self.read.is_none().then_some(AccountChange { read: None, account: &self.account }),
            ..Alongside::default()
        }
    }
}

/// The patient behind an account: known, entered by a doctor under that number, or new.
async fn person(app: &App, account: &PatientAccount, known: Option<&KnownAccount>) -> Result<(Patient, bool)> {
    if let Some(known) = known {
        return Ok((patients::behind_account(app, known).await?, false));
    }
    if let Some(patient) = patients::named_by_account(app, account).await? {
        return Ok((patient, false));
    }
    let ids = PatientIds::random(account.organization(), (app.random.bits(), app.random.bits()));
    let phone = PhoneNumber::dummy(app.random.bits());
    Ok((Patient::new(ids, phone, (PersonName::unknown(), None), app.now()), true))
}
