//! Where a turn belongs: the thread that the patient names, or a new one.

use domain::account::KnownAccount;
use domain::append::{Append, Change, append, open};
use domain::error::{Error, Result};
use domain::ids::{MessageId, ThreadRef};
use domain::message::Message;
use domain::patient::Patient;
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::triage::{ThreadId, begun, unknown_thread};
use platform::App;
use platform::conversation::own::{Beginning, begin};
use platform::identity::{PatientAccount, Reader};
use platform::store::append::Alongside;
use platform::store::messages::{self, Part};
use platform::store::retry::Attempt;
use platform::store::{patients, threads, turns};

/// More messages than a thread of document 003 has: two for each turn, and what others may write.
const MOST: u32 = 500;

/// Where a turn belongs, with what was said there and by whom.
pub(crate) struct Place {
    home: Home,
    /// The messages so far.
    pub(crate) messages: Vec<Message>,
    /// The ids of the observations that the last assessment rests on.
    pub(crate) observed: Vec<String>,
}

enum Home {
    /// A thread that is there, and its patient.
    Open(Box<(Thread, Patient)>),
    /// One that begins with the turn.
    New(Box<Beginning>),
}

impl Place {
    /// The place of a turn. Raced while its newest message cannot be seen: an assessment of the one before would be of another
    /// conversation.
    pub(crate) async fn of(app: &App, caller: &PatientAccount, wanted: Option<ThreadId>) -> Result<Attempt<Self>> {
        let Some(named) = wanted else {
            let mut beginning = begin(app, caller).await?;
            beginning.thread.care = begun();
            let home = Home::New(Box::new(beginning));
            return Ok(Attempt::Done(Self { home, messages: Vec::new(), observed: Vec::new() }));
        };
        let thread = named_thread(app, caller, named).await?;
        let account = KnownAccount::new(caller.account().clone(), thread.organization_id, thread.patient_id);
        let patient = patients::behind_account(app, &account).await?;
        let stretch = messages::read(app, &thread, Part::Newest, MOST).await?;
        if stretch.more_after {
            return Ok(Attempt::Raced);
        }
        let observed = match turns::of_message(app, &thread, thread.last_in).await {
            Ok(turn) => turn.basis,
            Err(Error::NotFound) => Vec::new(),
            Err(error) => return Err(error),
        };
        let home = Home::Open(Box::new((thread, patient)));
        Ok(Attempt::Done(Self { home, messages: stretch.messages, observed }))
    }

    /// The thread, as it was read or as it begins.
    pub(crate) fn thread(&self) -> &Thread {
        match &self.home {
            Home::Open(open) => &open.0,
            Home::New(beginning) => &beginning.thread,
        }
    }

    /// What the record says that triage weighs: the patient's conditions.
    pub(crate) fn record(&self) -> String {
        let patient = match &self.home {
            Home::Open(open) => &open.1,
            Home::New(beginning) => &beginning.patient,
        };
        patient.chronic_conditions.join(", ")
    }

    /// The number that the patient's next message will have.
    pub(crate) fn next(&self) -> MessageId {
        let thread = self.thread();
        MessageId { thread: thread.thread, seq: thread.last_seq.next() }
    }

    /// The thread with a change.
    pub(crate) fn append(&self, change: Change, now: Timestamp) -> Result<Append> {
        match &self.home {
            Home::Open(there) => append(&there.0, change, now),
            Home::New(beginning) => open(beginning.thread.clone(), change, now),
        }
    }

    /// What comes into being with a thread that begins.
    pub(crate) fn alongside(&self) -> Alongside<'_> {
        match &self.home {
            Home::Open(_) => Alongside::default(),
            Home::New(beginning) => beginning.alongside(),
        }
    }
}

/// The thread that a patient names in a turn: their own, and one of document 003.
async fn named_thread(app: &App, caller: &PatientAccount, named: ThreadId) -> Result<Thread> {
    match assessed_thread(app, caller, named).await {
        Err(Error::NotFound) => Err(unknown_thread()),
        loaded => loaded,
    }
}

/// A thread of document 003 that its reader may see.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) async fn assessed_thread(app: &App, reader: impl Into<Reader<'_>>, named: ThreadId) -> Result<Thread> {
    let thread = threads::load(app, reader, ThreadRef::No(named.0)).await?;
    if thread.care.triage.is_some() { Ok(thread) } else { Err(Error::NotFound) }
}
