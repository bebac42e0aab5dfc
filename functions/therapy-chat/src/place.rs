//! Where a subject's message belongs: the conversation that is named, the one that goes on, or a new one.

use domain::account::{Current, KnownAccount};
use domain::append::{Append, Change, append, open};
use domain::delivery::Channel;
use domain::error::Result;
use domain::ids::{ThreadNo, ThreadRef};
use domain::patient::{Patient, PatientIds};
use domain::phone::PhoneNumber;
use domain::section::Section;
use domain::text::PersonName;
use domain::therapy::begun;
use domain::thread::{Opening, Thread};
use platform::App;
use platform::identity::Subject;
use platform::store::accounts::AccountChange;
use platform::store::append::Alongside;
use platform::store::retry::{Attempt, once_visible};
use platform::store::{accounts, patients, sections, threads};
use web::therapy::NO_CONVERSATION;

/// Where a message belongs.
pub(crate) enum Place {
    /// A conversation that is there.
    Open(Box<Thread>),
    /// One that begins with the message.
    New(Box<Beginning>),
}

/// A conversation that begins.
pub(crate) struct Beginning {
    thread: Thread,
    patient: Patient,
    /// The account as it was read.
    read: Option<KnownAccount>,
    /// The account with this conversation as the one that goes on.
    account: KnownAccount,
}

impl Place {
    /// The place of a subject's message.
    pub(crate) async fn of(
        app: &App,
        subject: &Subject,
        (section, wanted): (&Section, Option<ThreadNo>),
    ) -> Result<Attempt<Self>> {
        if let Some(no) = wanted {
            return Ok(Attempt::Done(Self::Open(Box::new(named(app, subject, no).await?))));
        }
        let read = accounts::of_subject(app, subject, section.organization_id).await?;
        if let Some(no) = read.as_ref().and_then(|known| known.current(subject.section())) {
            let thread = once_visible(threads::load(app, subject, ThreadRef::No(no)).await)?;
            return Ok(match thread {
                Attempt::Done(thread) => Attempt::Done(Self::Open(Box::new(thread))),
                Attempt::Raced => Attempt::Raced,
            });
        }
        let patient = match &read {
            Some(known) => patients::behind_account(app, known).await?,
            None => new_patient(app, subject, section).await?,
        };
        Ok(Attempt::Done(Self::New(Box::new(begin(app, subject, patient, read)))))
    }

    /// The conversation, as it was read or as it begins.
    pub(crate) fn thread(&self) -> &Thread {
        match self {
            Self::Open(thread) => thread,
            Self::New(beginning) => &beginning.thread,
        }
    }

    /// The conversation with a change.
    pub(crate) fn append(&self, app: &App, change: Change) -> Result<Append> {
        match self {
            Self::Open(thread) => append(thread, change, app.now()),
            Self::New(beginning) => open(beginning.thread.clone(), change, app.now()),
        }
    }

    /// What comes into being with a conversation that begins.
    pub(crate) fn alongside(&self) -> Alongside<'_> {
        match self {
            Self::Open(_) => Alongside::default(),
            Self::New(beginning) => Alongside {
                new_patient: beginning.read.is_none().then_some(&beginning.patient),
                account: Some(AccountChange { read: beginning.read.as_ref(), account: &beginning.account }),
                ..Alongside::default()
            },
        }
    }
}

/// The conversation that a subject names.
pub(crate) async fn named(app: &App, subject: &Subject, no: ThreadNo) -> Result<Thread> {
    let thread = threads::load(app, subject, ThreadRef::No(no)).await;
    thread.map_err(|error| error.or_missing(NO_CONVERSATION))
}

fn begin(app: &App, subject: &Subject, patient: Patient, read: Option<KnownAccount>) -> Beginning {
    let opening = Opening { patient: &patient, contact: None, channel: Channel::InApp };
    let thread = Thread {
        section: Some(subject.section()),
        account: Some(subject.account()),
        care: begun(),
        ..Thread::open(opening, app.random.for_thread(), app.now())
    };
    let current = Current { section: subject.section(), thread: thread.thread };
    let account = match &read {
        Some(known) => known.with_current(current),
        None => {
            let new = KnownAccount::new(subject.account(), patient.organization_id, patient.patient_id);
            KnownAccount { current: vec![current], ..new }
        }
    };
    Beginning { thread, patient, read, account }
}

/// A subject becomes a patient by the name that the directory has.
async fn new_patient(app: &App, subject: &Subject, section: &Section) -> Result<Patient> {
    let member = sections::name_of_subject(app, subject).await?;
    let name = member.map_or_else(PersonName::unknown, |member| member.name);
    let ids = PatientIds::random(section.organization_id, (app.random.bits(), app.random.bits()));
    let ids = PatientIds { user_id: subject.user(), ..ids };
    let patient = Patient::new(ids, PhoneNumber::dummy(app.random.bits()), (name, None), app.now());
    Ok(Patient { of_section: true, ..patient })
}
