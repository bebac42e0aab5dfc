//! Into which thread a template message goes, and what changes with it.

use domain::append::{Append, Change, Draft, append, channel, open};
use domain::error::Result;
use domain::ids::{ThreadNo, ThreadRef};
use domain::patient::Patient;
use domain::send::not_opted_out;
use domain::thread::{Assignee, Opening, Thread};
use platform::App;
use platform::conversation::line::Line;
use platform::identity::CareTeam;
use platform::store::append::Alongside;
use platform::store::threads;

use super::Prepared;

/// What the decision is taken on.
pub(super) struct Read {
    line: Line,
    /// The sender's open thread with the patient, or the patient's own that nobody has taken yet.
    pub(super) thread: Option<Thread>,
}

impl Read {
    pub(super) async fn of(app: &App, sender: &CareTeam, patient: &Patient) -> Result<Self> {
        let own = patient.thread_with(sender.provider());
        let (line, own) = tokio::try_join!(Line::of(app, sender.into(), patient), thread(app, sender, own))?;
        let thread = match own {
            Some(own) => Some(own),
            None => {
                let waiting = line.contact.as_ref().and_then(|contact| contact.active);
                let waiting = waiting.filter(|active| active.patient.patient_id == patient.patient_id);
                thread(app, sender, waiting.map(|active| active.thread)).await?
            }
        };
        let is_open_to =
            |thread: &Thread| thread.care.assigned.is_none() || thread.care.is_assigned_to(sender.provider());
        Ok(Self { line, thread: thread.filter(is_open_to) })
    }

    pub(super) fn alongside<'a>(&'a self, prepared: &'a Prepared, append: &Append) -> Alongside<'a> {
        let (patient, provider, thread) = (&prepared.patient, prepared.provider.provider_id, append.thread.thread);
        let is_known = patient.thread_with(provider) == Some(thread);
        Alongside {
            patient: (!is_known).then(|| (patient, patient.with_open_thread(provider, thread))),
            ..self.line.alongside(append)
        }
    }
}

async fn thread(app: &App, sender: &CareTeam, no: Option<ThreadNo>) -> Result<Option<Thread>> {
    match no {
        Some(no) => threads::load(app, sender, ThreadRef::No(no)).await.map(Some),
        None => Ok(None),
    }
}

/// The append that sends the message: to the open thread, or to a new one.
pub(super) fn decide(app: &App, prepared: &Prepared, read: &Read) -> Result<Append> {
    let assignee = Assignee::from(&prepared.provider);
    let hydrated = prepared.hydrated.clone();
    let draft = Draft { template: Some(hydrated.template), ..Draft::text(assignee.author(), hydrated.text) };
    let channel = channel(read.line.key.is_some(), prepared.patient.demo, app.config.is_live())?;
    not_opted_out(read.line.contact.as_ref().is_some_and(|contact| contact.opted_out))?;
    let care = read.thread.as_ref().map(|thread| thread.care.clone()).unwrap_or_default().answered_by(&assignee);
    let change = Change { drafts: vec![draft], care: Some(care), activate: true, ..Change::default() };
    match &read.thread {
        Some(thread) => append(thread, change, app.now()),
        None => {
            let opening = Opening { patient: &prepared.patient, contact: read.line.key.as_ref(), channel };
            open(Thread::open(opening, app.random.for_thread(), app.now()), change, app.now())
        }
    }
}
